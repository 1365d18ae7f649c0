import { createHmac, randomBytes, randomInt } from 'node:crypto';

/** Shape of every LINE user id. */
export const USER_ID = /^U[0-9a-f]{32}$/;

export const newUserId = (): string => `U${randomBytes(16).toString('hex')}`;
export const newToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');
export const newReplyToken = (): string => randomBytes(16).toString('hex');

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID, as LINE uses for `webhookEventId`. */
export function newUlid(time: number): string {
  let head = '';
  for (let rest = time, place = 0; place < 10; place += 1, rest = Math.floor(rest / 32)) {
    head = CROCKFORD.charAt(rest % 32) + head;
  }
  let tail = '';
  for (let place = 0; place < 16; place += 1) tail += CROCKFORD.charAt(randomInt(32));
  return head + tail;
}

let lastMessageId = 0n;

/** Message ids are long decimal numbers that only grow. */
export function newMessageId(time: number): string {
  const candidate = BigInt(time) * 100_000n;
  lastMessageId = candidate > lastMessageId ? candidate : lastMessageId + 1n;
  return lastMessageId.toString();
}

/** The value of `x-line-signature`: HMAC-SHA256 of the exact bytes, base64. */
export function webhookSignature(body: string | Buffer, channelSecret: string): string {
  return createHmac('sha256', channelSecret).update(body).digest('base64');
}
