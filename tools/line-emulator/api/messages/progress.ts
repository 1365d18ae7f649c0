import { notFound, ok, refuse, type Answer } from '../../http/answer';
import type { RouteContext } from '../../http/route';

const WAITING = 1000;
const SENDING = 3000;
const FORGOTTEN = 14 * 24 * 60 * 60 * 1000;

/** GET /v2/bot/message/progress/narrowcast: moves on with the emulator's clock. */
export function narrowcastProgress(context: RouteContext): Answer {
  const requestId = context.query.get('requestId');
  if (!requestId) return refuse(400, 'The property, requestId, is required');
  const narrowcast = context.platform.state.narrowcasts.get(requestId);
  if (!narrowcast || narrowcast.channelId !== context.channel.id) return notFound();
  const age = context.platform.clock.now() - narrowcast.acceptedAt;
  if (age > FORGOTTEN) return notFound();
  const acceptedTime = new Date(narrowcast.acceptedAt).toISOString();
  if (age < WAITING) return ok({ phase: 'waiting', acceptedTime });
  const counts = { targetCount: narrowcast.targetCount, failureCount: 0 };
  if (age < SENDING) return ok({ phase: 'sending', acceptedTime, successCount: 0, ...counts });
  const completedTime = new Date(narrowcast.acceptedAt + SENDING).toISOString();
  if (narrowcast.failure) {
    return ok({
      phase: 'failed',
      ...narrowcast.failure,
      acceptedTime,
      completedTime,
    });
  }
  return ok({
    phase: 'succeeded',
    successCount: narrowcast.targetCount,
    ...counts,
    acceptedTime,
    completedTime,
  });
}
