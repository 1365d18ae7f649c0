/** Whether a LINE ID token says who logged in: signed by LINE for us, for this log-in, and in time. */
import { createHmac, timingSafeEqual } from 'node:crypto';

import { z } from 'zod';

const ISSUER = 'https://access.line.me';
/** Two clocks are never the same. */
const SKEW_SECONDS = 60;

export const idTokenClaimsSchema = z.object({
  iss: z.string(),
  sub: z.string().regex(/^U[0-9a-f]{32}$/),
  aud: z.string(),
  exp: z.number(),
  iat: z.number(),
  nonce: z.string().optional(),
  name: z.string().optional(),
  picture: z.string().optional(),
});
export type IdTokenClaims = z.output<typeof idTokenClaimsSchema>;

export type IdTokenProblem =
  'malformed' | 'algorithm' | 'signature' | 'issuer' | 'audience' | 'expired' | 'future' | 'nonce';

export type IdTokenCheck =
  | { readonly ok: true; readonly claims: IdTokenClaims }
  | { readonly ok: false; readonly problem: IdTokenProblem };

export interface IdTokenExpectation {
  readonly channelId: string;
  /** What this browser's log-in began with; undefined only where LINE's app began it. */
  readonly nonce: string | undefined;
  /** Epoch ms. */
  readonly now: number;
}

const wrong = (problem: IdTokenProblem): IdTokenCheck => ({ ok: false, problem });

function json(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

const equal = (left: string, right: string): boolean => {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** The claims, whoever signed them. */
export function checkClaims(claims: unknown, expected: IdTokenExpectation): IdTokenCheck {
  const parsed = idTokenClaimsSchema.safeParse(claims);
  if (!parsed.success) return wrong('malformed');
  const { iss, aud, exp, iat, nonce } = parsed.data;
  const now = expected.now / 1000;
  if (iss !== ISSUER) return wrong('issuer');
  if (aud !== expected.channelId) return wrong('audience');
  if (exp <= now) return wrong('expired');
  if (iat > now + SKEW_SECONDS) return wrong('future');
  if (expected.nonce !== undefined && !equal(nonce ?? '', expected.nonce)) return wrong('nonce');
  return { ok: true, claims: parsed.data };
}

/** As web log-ins get it: HS256 by the channel secret. No other algorithm, `none` least of all. */
export function verifyIdToken(
  token: string,
  secret: string,
  expected: IdTokenExpectation,
): IdTokenCheck {
  const [header = '', payload = '', signature = '', ...rest] = token.split('.');
  if (!header || !payload || rest.length > 0) return wrong('malformed');
  const head = z.object({ alg: z.string() }).safeParse(json(header));
  if (!head.success) return wrong('malformed');
  if (head.data.alg !== 'HS256') return wrong('algorithm');
  const mac = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url');
  if (!equal(signature, mac)) return wrong('signature');
  return checkClaims(json(payload), expected);
}
