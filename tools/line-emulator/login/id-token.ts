import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

export const ISSUER = 'https://access.line.me';

export const idTokenClaims = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.string(),
  exp: z.number(),
  iat: z.number(),
  nonce: z.string().optional(),
  amr: z.array(z.string()),
  name: z.string().optional(),
  picture: z.string().optional(),
  email: z.string().optional(),
});

export type IdTokenClaims = z.output<typeof idTokenClaims>;

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const sign = (input: string, secret: string) => createHmac('sha256', secret).update(input).digest();

/** An ID token as LINE Login gives it to web sites: HS256 with the channel secret. */
export function signIdToken(claims: IdTokenClaims, secret: string): string {
  const input = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`;
  return `${input}.${sign(input, secret).toString('base64url')}`;
}

/** The claims of a token that was signed with this secret; null for any other. */
export function readIdToken(token: string, secret: string): IdTokenClaims | null {
  const [header, payload, signature, ...rest] = token.split('.');
  if (!header || !payload || !signature || rest.length > 0) return null;
  const expected = sign(`${header}.${payload}`, secret);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  try {
    const head: unknown = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
    if (!z.object({ alg: z.literal('HS256') }).safeParse(head).success) return null;
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return idTokenClaims.safeParse(claims).data ?? null;
  } catch {
    return null;
  }
}
