import { z } from 'zod';
import { USER_ID } from '../identifiers';
import { invalidBody, notFound, ok, type Answer } from '../http/answer';
import type { Route, RouteContext } from '../http/route';
import { errorDetails } from '../messages/details';

const loadingRequest = z.object({
  chatId: z.string().regex(USER_ID, 'invalid property'),
  loadingSeconds: z
    .number()
    .int()
    .min(5, 'must be 5 to 60 in multiples of 5')
    .max(60, 'must be 5 to 60 in multiples of 5')
    .multipleOf(5, 'must be 5 to 60 in multiples of 5')
    .optional(),
});

function loading(context: RouteContext): Answer {
  const parsed = loadingRequest.safeParse(context.body ?? {});
  if (!parsed.success) return invalidBody(errorDetails(parsed.error, context.body ?? {}));
  context.platform.notifications.publish({
    kind: 'loading',
    channelId: context.channel.id,
    userId: parsed.data.chatId,
    seconds: parsed.data.loadingSeconds ?? 20,
  });
  return { status: 202, json: {} };
}

const readRequest = z.object({ markAsReadToken: z.string().min(1, 'May not be empty') });

function markAsRead(context: RouteContext): Answer {
  const parsed = readRequest.safeParse(context.body ?? {});
  return parsed.success ? ok() : invalidBody(errorDetails(parsed.error, context.body ?? {}));
}

function content(context: RouteContext): Answer {
  const stored = context.platform.state.contents.get(context.params.messageId ?? '');
  if (!stored) return notFound();
  return { status: 200, bytes: stored.bytes, headers: { 'content-type': stored.contentType } };
}

const get = (template: string, handle: Route['handle']): Route => ({
  method: 'GET',
  template,
  auth: 'channel',
  handle,
});

/** What belongs to a running conversation: files people sent, reading, the typing dots. */
export const chatRoutes: Route[] = [
  {
    method: 'POST',
    template: '/v2/bot/chat/loading/start',
    auth: 'channel',
    body: 'json',
    rateLimit: { requests: 100, perMilliseconds: 1000 },
    handle: loading,
  },
  {
    method: 'POST',
    template: '/v2/bot/chat/markAsRead',
    auth: 'channel',
    body: 'json',
    handle: markAsRead,
  },
  get('/v2/bot/message/{messageId}/content', content),
  get('/v2/bot/message/{messageId}/content/preview', content),
  get('/v2/bot/message/{messageId}/content/transcoding', () => ok({ status: 'succeeded' })),
];
