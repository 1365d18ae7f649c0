import { refuse, type Answer } from '../../http/answer';
import type { RouteContext } from '../../http/route';
import type { Friendship } from '../../state/model';
import { isReady } from '../audiences/audience';
import { audiencesOf, fits, isAmong } from '../audiences/filter';
import { deliver } from './deliver';
import { currentQuota, monthlyLimit, spendQuota } from './quota';
import { acceptRetryKey, checkRetryKey } from './retry-key';
import { narrowcastRequest } from './schema';
import { allFriends, deliveryOf, parse } from './send';
import type { z } from 'zod';

type Request = z.output<typeof narrowcastRequest>;

/** Fewer recipients than this and a narrowcast fails after it was accepted. */
const RECIPIENTS = 50;
/** Fewer friends than this and what LINE knows of them may not be asked for. */
const FRIENDS = 100;

/** What LINE says at once. */
function refusalOf({ channel, platform }: RouteContext, request: Request): Answer | undefined {
  if (request.filter?.demographic && allFriends({ channel, platform }).length < FRIENDS) {
    return refuse(403, 'Your account does not have enough friends');
  }
  for (const id of request.recipient ? audiencesOf(request.recipient) : []) {
    const audience = channel.audiences.get(id);
    if (!audience) return refuse(400, 'The property, recipient, in the request body is invalid');
    if (!isReady(audience, platform.clock)) return refuse(400, 'The audience is not ready');
  }
  if (request.limit?.forbidPartialDelivery && !request.limit.upToRemainingQuota) {
    return refuse(400, 'The property, limit, in the request body is invalid');
  }
  return undefined;
}

function targetsOf({ channel, platform }: RouteContext, request: Request): Friendship[] {
  const { recipient, filter } = request;
  return allFriends({ channel, platform })
    .filter(({ userId }) => !recipient || isAmong(channel, recipient, userId))
    .filter(({ userId }) => {
      const known = platform.state.users.get(userId)?.demographics ?? {};
      return !filter?.demographic || fits(filter.demographic, known);
    })
    .slice(0, request.limit?.max);
}

/** POST /v2/bot/message/narrowcast: accepted at once, done later (see `narrowcastProgress`). */
export function narrowcast(context: RouteContext): Answer {
  const repeated = checkRetryKey(context);
  if (repeated) return repeated;
  const parsed = parse(narrowcastRequest, context);
  if ('refusal' in parsed) return parsed.refusal;
  const refusal = refusalOf(context, parsed.value);
  if (refusal) return refusal;
  const { platform, channel } = context;
  const { limit } = parsed.value;
  const quota = currentQuota(platform, channel);
  const left = quota.type === 'limited' ? quota.value - quota.used : Number.POSITIVE_INFINITY;
  const all = targetsOf(context, parsed.value);
  const targets = limit?.upToRemainingQuota ? all.slice(0, Math.max(0, left)) : all;
  const partial = limit?.forbidPartialDelivery === true && targets.length < all.length;
  let failure: { errorCode: number; failedDescription: string } | undefined;
  if (partial) failure = { errorCode: 5, failedDescription: 'partial delivery is forbidden' };
  else if (targets.length < RECIPIENTS) {
    failure = { errorCode: 2, failedDescription: 'not enough recipients' };
  } else {
    if (!spendQuota(platform, channel, targets.length)) return monthlyLimit();
    deliver(platform, channel, targets, deliveryOf(context, 'narrowcast'));
  }
  platform.state.narrowcasts.set(context.requestId, {
    channelId: channel.id,
    acceptedAt: platform.clock.now(),
    targetCount: targets.length,
    failure,
  });
  acceptRetryKey(context);
  return { status: 202, json: {} };
}
