import { webhookSignature } from '../identifiers';
import type { Channel } from '../state/model';
import type { SendOptions, WebhookAttempt, WebhookEvent } from './model';

const ANSWER_KEPT = 2000;

/** The exact bytes, and the header that vouches for them. */
export interface Signed {
  body: string;
  signature: string;
}

/** Writes the body once and signs it, rightly or (on purpose) wrongly. */
export function prepare(channel: Channel, events: WebhookEvent[], how: SendOptions): Signed {
  const body = JSON.stringify({ destination: how.destination ?? channel.botUserId, events });
  const kind = how.signature ?? 'valid';
  if (kind === 'missing') return { body, signature: '' };
  const secret = kind === 'wrong' ? `${channel.secret}-of-another-channel` : channel.secret;
  const signature = webhookSignature(body, how.secret ?? secret);
  // One byte changes after signing: the signature is genuine, the content is not.
  return kind === 'tampered' ? { body: `${body} `, signature } : { body, signature };
}

type PostResult = Pick<WebhookAttempt, 'status' | 'answer' | 'error'>;

/** Brings a body to the webhook URL within the time LINE grants. */
export async function post(url: string, signed: Signed, timeout: number): Promise<PostResult> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'LineBotWebhook/2.0',
        ...(signed.signature ? { 'x-line-signature': signed.signature } : {}),
      },
      body: signed.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    });
    const answer = (await response.text()).slice(0, ANSWER_KEPT);
    const delivered = response.status >= 200 && response.status < 300;
    return {
      status: response.status,
      answer,
      ...(delivered ? {} : { error: 'error_status_code' }),
    };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return { status: 0, answer: '', error: timedOut ? 'request_timeout' : 'could_not_connect' };
  }
}
