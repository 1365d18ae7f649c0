import type { z } from 'zod';
import { invalidBody, ok, refuse, type Answer } from '../../http/answer';
import type { RouteContext } from '../../http/route';
import { errorDetails } from '../../messages/details';
import type { ChatEntry, Friendship } from '../../state/model';
import { friendshipOf } from '../../state/state';
import { couponFaults, withCoupons } from '../coupons/messages';
import { deliver, isReachable, type Delivery } from './deliver';
import { monthlyLimit, spendQuota } from './quota';
import { acceptRetryKey, checkRetryKey, refuseRetryKey } from './retry-key';
import {
  broadcastRequest,
  multicastRequest,
  pushRequest,
  replyRequest,
  validateRequest,
} from './schema';

/** The body by its rules, or LINE's refusal of it. */
export type Parsed<Value> = { value: Value } | { refusal: Answer };

const MINUTE = 60_000;
const REDELIVERY_WINDOW = 20 * MINUTE;

export function parse<Schema extends z.ZodType>(
  schema: Schema,
  context: RouteContext,
): Parsed<z.output<Schema>> {
  const body = context.body ?? {};
  const result = schema.safeParse(body);
  if (!result.success) return { refusal: invalidBody(errorDetails(result.error, body)) };
  const faults = couponFaults(context.channel, messagesOf(context));
  return faults.length > 0 ? { refusal: invalidBody(faults) } : { value: result.data };
}

/** The messages with every property the sender gave, also those no rule knows. */
function messagesOf({ body }: RouteContext): ChatEntry['message'][] {
  // Every body comes here after its own rules, of which these are a part.
  return (body as { messages: ChatEntry['message'][] }).messages;
}

export function deliveryOf(
  context: RouteContext,
  via: Delivery['via'],
  units?: string[],
): Delivery {
  const unit = units?.[0];
  return {
    via,
    messages: withCoupons(context.channel, messagesOf(context)),
    requestId: context.requestId,
    ...(unit ? { unit } : {}),
  };
}

/** POST /v2/bot/message/push */
export function push(context: RouteContext): Answer {
  const repeated = checkRetryKey(context);
  if (repeated) return repeated;
  const parsed = parse(pushRequest, context);
  if ('refusal' in parsed) return parsed.refusal;
  const { platform, channel } = context;
  if (!platform.state.users.has(parsed.value.to)) return refuse(400, 'Failed to send messages');
  const friendship = channel.friendships.get(parsed.value.to);
  const reached = friendship && isReachable(platform, friendship) ? [friendship] : [];
  if (!spendQuota(platform, channel, reached.length)) return monthlyLimit();
  const delivery = deliveryOf(context, 'push', parsed.value.customAggregationUnits);
  const sentMessages = deliver(platform, channel, reached, delivery);
  acceptRetryKey(context, sentMessages);
  return ok({ sentMessages });
}

/** POST /v2/bot/message/multicast */
export function multicast(context: RouteContext): Answer {
  const repeated = checkRetryKey(context);
  if (repeated) return repeated;
  const parsed = parse(multicastRequest, context);
  if ('refusal' in parsed) return parsed.refusal;
  const { platform, channel } = context;
  const unknown = parsed.value.to.findIndex((userId) => !platform.state.users.has(userId));
  if (unknown >= 0 && platform.settings.multicastUnknownUser === 'refuse') {
    return refuse(
      400,
      `The property, to[${unknown}], in the request body is invalid (line: -, column: -)`,
    );
  }
  const reached: Friendship[] = [];
  for (const userId of new Set(parsed.value.to)) {
    const friendship = channel.friendships.get(userId);
    if (friendship && isReachable(platform, friendship)) reached.push(friendship);
  }
  if (!spendQuota(platform, channel, reached.length)) return monthlyLimit();
  const delivery = deliveryOf(context, 'multicast', parsed.value.customAggregationUnits);
  deliver(platform, channel, reached, delivery);
  acceptRetryKey(context);
  return ok();
}

export function allFriends(context: Pick<RouteContext, 'channel' | 'platform'>): Friendship[] {
  return [...context.channel.friendships.values()].filter(
    (friendship) => friendship.status === 'friend' && isReachable(context.platform, friendship),
  );
}

/** POST /v2/bot/message/broadcast */
export function broadcast(context: RouteContext): Answer {
  const repeated = checkRetryKey(context);
  if (repeated) return repeated;
  const parsed = parse(broadcastRequest, context);
  if ('refusal' in parsed) return parsed.refusal;
  const { platform, channel } = context;
  const reached = allFriends(context);
  if (!spendQuota(platform, channel, reached.length)) return monthlyLimit();
  deliver(platform, channel, reached, deliveryOf(context, 'broadcast'));
  acceptRetryKey(context);
  return ok();
}

/** POST /v2/bot/message/reply: free, once, and only soon after the event. */
export function reply(context: RouteContext): Answer {
  const refused = refuseRetryKey(context);
  if (refused) return refused;
  const parsed = parse(replyRequest, context);
  if ('refusal' in parsed) return parsed.refusal;
  const { platform, channel } = context;
  const token = platform.state.replyTokens.get(parsed.value.replyToken);
  const now = platform.clock.now();
  const usable =
    token !== undefined &&
    token.channelId === channel.id &&
    !token.used &&
    now - token.issuedAt < REDELIVERY_WINDOW &&
    now - (token.redeliveredAt ?? token.issuedAt) <= MINUTE;
  if (!usable) return refuse(400, 'Invalid reply token');
  token.used = true;
  const friendship = friendshipOf(channel, token.userId);
  const reached = friendship.status === 'blocked' ? [] : [friendship];
  const sentMessages = deliver(platform, channel, reached, deliveryOf(context, 'reply'));
  return ok({ sentMessages });
}

/** POST /v2/bot/message/validate/…: looks at the messages and nothing else. */
export function validate(context: RouteContext): Answer {
  const parsed = parse(validateRequest, context);
  return 'refusal' in parsed ? parsed.refusal : ok();
}
