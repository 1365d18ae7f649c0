import { z } from 'zod';
import { newUlid, USER_ID } from '../identifiers';
import { ok, refuse, type Answer } from '../http/answer';
import type { Route, RouteContext } from '../http/route';
import type { Platform } from '../platform';
import type { Channel } from '../state/model';
import { buildEvent, renewReplyTokens, sendEvents } from '../webhooks/events';
import type { WebhookAttempt, WebhookEvent } from '../webhooks/model';
import { adminRoute, channelFrom, withBody } from './define';

const eventBody = z
  .record(z.string(), z.unknown())
  .and(z.object({ type: z.string().min(1), userId: z.string().regex(USER_ID).optional() }));

const sendBody = z.object({
  /** Each gets the fields that LINE puts on all events; what is given here wins. */
  events: z.array(eventBody).max(1000).default([]),
  signature: z.enum(['valid', 'wrong', 'missing', 'tampered']).default('valid'),
  destination: z.string().optional(),
  secret: z.string().optional(),
  /** The same bytes several times, as happens on LINE. */
  times: z.number().int().min(1).max(20).default(1),
});

function completeEvent(
  platform: Platform,
  channel: Channel,
  given: z.output<typeof eventBody>,
): WebhookEvent {
  const { userId = '', ...fields } = given;
  const event = buildEvent(platform, channel, userId, fields, { omitUserId: userId === '' });
  return {
    ...event,
    webhookEventId:
      typeof given.webhookEventId === 'string'
        ? given.webhookEventId
        : newUlid(platform.clock.now()),
  };
}

const send = withBody(sendBody, async (body, context) => {
  const channel = channelFrom(context);
  if (!channel) return refuse(404, 'No such channel');
  const events = body.events.map((event) => completeEvent(context.platform, channel, event));
  const attempts: WebhookAttempt[] = [];
  for (let time = 0; time < body.times; time += 1) {
    attempts.push(
      await sendEvents(context.platform, channel, events, {
        signature: body.signature,
        ...(body.destination ? { destination: body.destination } : {}),
        ...(body.secret ? { secret: body.secret } : {}),
      }),
    );
  }
  return ok({ attempts });
});

const repeatBody = z.object({ redelivery: z.boolean().default(false) });

const repeat = withBody(repeatBody, async ({ redelivery }, context) => {
  const { platform, params } = context;
  const known = platform.webhooks.attempts().find((each) => each.id === params.attemptId);
  const channel = known ? platform.state.channels.get(known.channelId) : undefined;
  if (!known || !channel) return refuse(404, 'No such webhook');
  const events = redelivery
    ? known.events.map((event) => ({ ...event, deliveryContext: { isRedelivery: true } }))
    : known.events;
  if (redelivery) renewReplyTokens(platform, events);
  return ok({ webhook: await sendEvents(platform, channel, events) });
});

const releaseBody = z.object({ order: z.enum(['forward', 'reverse']).default('forward') });

const release = withBody(releaseBody, async ({ order }, { platform }) =>
  ok({ attempts: await platform.webhooks.release(order) }),
);

function hold({ platform }: RouteContext): Answer {
  platform.webhooks.hold();
  return ok();
}

function list({ platform, query }: RouteContext): Answer {
  const limit = Math.max(1, Number(query.get('limit') ?? 100) || 100);
  return ok({ webhooks: platform.webhooks.attempts(limit) });
}

/** Webhooks as they were sent, and webhooks as they should never arrive but do. */
export const webhookRoutes: Route[] = [
  adminRoute('GET', 'webhooks', list),
  adminRoute('POST', 'webhooks/send', send),
  adminRoute('POST', 'webhooks/hold', hold),
  adminRoute('POST', 'webhooks/release', release),
  adminRoute('POST', 'webhooks/{attemptId}/repeat', repeat),
];
