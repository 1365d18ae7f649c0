import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits, URL-safe: for tokens that are stored hashed and handed out once. */
export const randomToken = (): string => randomBytes(32).toString('base64url');

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export function constantTimeEqual(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * A value nobody else can make: `<payload>.<HMAC-SHA256>`. `purpose` is part of the key, so a token
 * for one use is refused for another.
 */
export function sign(secret: string, purpose: string, payload: string): string {
  const body = Buffer.from(payload).toString('base64url');
  return `${body}.${macOf(secret, purpose, body)}`;
}

/** The payload of a token made by `sign`, or null when it is forged, cut or for another purpose. */
export function verifySigned(secret: string, purpose: string, token: string): string | null {
  const [body, mac, ...rest] = token.split('.');
  if (!body || !mac || rest.length > 0) return null;
  if (!constantTimeEqual(mac, macOf(secret, purpose, body))) return null;
  return Buffer.from(body, 'base64url').toString();
}

function macOf(secret: string, purpose: string, body: string): string {
  return createHmac('sha256', `${purpose}\u0000${secret}`).update(body).digest('base64url');
}
