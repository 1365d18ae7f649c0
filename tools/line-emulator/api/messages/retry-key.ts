import { refuse, type Answer } from '../../http/answer';
import type { RouteContext } from '../../http/route';
import type { SentMessage } from '../../state/model';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const headerOf = (context: RouteContext): string | undefined => {
  const value = context.headers['x-line-retry-key'];
  return Array.isArray(value) ? value[0] : value;
};

const recordKey = (context: RouteContext, key: string) =>
  `${context.channel.id} ${key.toLowerCase()}`;

/** 400 for a malformed key, 409 for one that was accepted within 24 hours. */
export function checkRetryKey(context: RouteContext): Answer | undefined {
  const key = headerOf(context);
  if (key === undefined) return undefined;
  if (!UUID.test(key)) return refuse(400, 'The retry key is invalid');
  const accepted = context.platform.state.retries.get(recordKey(context, key));
  if (!accepted) return undefined;
  return {
    status: 409,
    json: {
      message: 'The retry key is already accepted',
      ...(accepted.sentMessages ? { sentMessages: accepted.sentMessages } : {}),
    },
    headers: { 'x-line-accepted-request-id': accepted.requestId },
  };
}

/** Remembers that this key was used up; called only when the request was accepted. */
export function acceptRetryKey(context: RouteContext, sentMessages?: SentMessage[]): void {
  const key = headerOf(context);
  if (key === undefined) return;
  context.platform.state.retries.set(recordKey(context, key), {
    at: context.platform.clock.now(),
    requestId: context.requestId,
    ...(sentMessages ? { sentMessages } : {}),
  });
}

/** Endpoints that know no retry key refuse one. */
export function refuseRetryKey(context: RouteContext): Answer | undefined {
  return headerOf(context) === undefined
    ? undefined
    : refuse(400, 'The X-Line-Retry-Key header is not supported for this API');
}
