import type { z } from 'zod';
import { invalidBody, refuse, type Answer } from '../http/answer';
import type { Route, RouteContext } from '../http/route';
import { errorDetails } from '../messages/details';
import type { Channel, LineUser } from '../state/model';
import type { Person } from '../webhooks/user-actions';

type Handler = (context: RouteContext) => Answer | Promise<Answer>;

/** A route of the admin API; it takes no part in logging, faults and limits. */
export function adminRoute(method: Route['method'], path: string, handle: Handler): Route {
  return {
    method,
    template: `/__emu/${path}`,
    auth: 'none',
    internal: true,
    ...(method === 'GET' ? {} : { body: 'json' as const }),
    handle,
  };
}

/** Checks the body before the handler sees it. */
export function withBody<Schema extends z.ZodType>(
  schema: Schema,
  handle: (body: z.output<Schema>, context: RouteContext) => Answer | Promise<Answer>,
): Handler {
  return (context) => {
    const input = context.body ?? {};
    const parsed = schema.safeParse(input);
    if (!parsed.success) return invalidBody(errorDetails(parsed.error, input));
    return handle(parsed.data, context);
  };
}

/** The account meant by `?channel=`, or the default one. */
export function channelFrom(context: RouteContext): Channel | null {
  const id = context.query.get('channel');
  if (id === null) return context.platform.defaultChannel();
  return context.platform.state.channels.get(id) ?? null;
}

/** Runs for the user and account named in the address, or answers 404. */
export function forPerson(
  handle: (person: Person & { user: LineUser }, context: RouteContext) => Answer | Promise<Answer>,
): Handler {
  return (context) => {
    const userId = context.params.userId ?? '';
    const user = context.platform.state.users.get(userId);
    if (!user) return refuse(404, `No such user: ${userId}`);
    const channel = channelFrom(context);
    if (!channel) return refuse(404, 'No such channel');
    return handle({ platform: context.platform, channel, userId, user }, context);
  };
}
