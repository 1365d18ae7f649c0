/** Webhooks as LINE posts them, and as somebody else would. */
import { createHmac } from 'node:crypto';

import { SECRET } from './world';

export const sign = (body: string, secret = SECRET) =>
  createHmac('sha256', secret).update(body).digest('base64');

export interface WebhookPost {
  readonly body: string | Buffer;
  /** Null: no such header. */
  readonly signature: string | null;
  readonly account: string;
}

export const postWebhook = (origin: string, { body, signature, account }: WebhookPost) =>
  fetch(`${origin}/api/crm/line/webhook/${account}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(signature === null ? {} : { 'x-line-signature': signature }),
    },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });

/** A friend from before we listened: no follow event ever came. */
export const friendship = (userId: string) => ({
  userId,
  status: 'friend' as const,
  everFriend: true,
  lastMessageAt: 0,
  chat: [],
  received: 0,
});

function flipped(bytes: Buffer, place: number, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  const at = place % copy.length;
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
}

/** Each one bit beside the truth: by turns in the body and in the signature. */
export function forgeries(body: string, count: number): { text: Buffer; signature: string }[] {
  const text = Buffer.from(body);
  const signature = sign(body);
  const mac = Buffer.from(signature, 'base64');
  return Array.from({ length: count }, (_, number) => {
    if (number % 2 === 1) {
      const bent = flipped(mac, Math.floor(number / 8), number % 8);
      return { text, signature: bent.toString('base64') };
    }
    const bit = number * 7 + 1;
    return { text: flipped(text, Math.floor(bit / 8), bit % 8), signature };
  });
}
