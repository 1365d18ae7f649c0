/** Who is logged in: a random token in an http-only cookie, its hash in the database. */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { z } from 'zod';

import { clock, crmConfig, database, randomToken, refuse, success, type Result } from '../kernel';
import { trackingService } from '../tracking';
import { customerOfAccount } from './accounts';
import type { Member } from './index';
import { insertMemberEvents } from './store/events';
import {
  endTokens,
  insertSession,
  liveSessionsOf,
  revokeSessions,
  revokeSessionToken,
  tokensEndedAt,
  touchSession,
  type SessionRow,
} from './store/sessions';
import { findStanding, type Standing } from './store/standing';
import { findAccount } from './store/users';

const COOKIE = 'crm_session';
const LIFETIME_MS = 30 * 86_400_000;
/** `last_seen_at` is for the person's eyes; writing it at every request would cost a write each. */
const TOUCH_MS = 5 * 60_000;

const membersOfRequests = new WeakMap<object, Promise<Member | null>>();

/** One indexed query a request. */
export function memberOf(strapi: Core.Strapi, ctx: Context): Promise<Member | null> {
  const existing = membersOfRequests.get(ctx);
  if (existing) return existing;
  const found = findMember(strapi, ctx);
  membersOfRequests.set(ctx, found);
  return found;
}

async function findMember(strapi: Core.Strapi, ctx: Context): Promise<Member | null> {
  const bearer = bearerUserId(ctx);
  if (bearer !== null) {
    const account = await findAccount(strapi, bearer);
    if (!account || account.blocked || !account.confirmed || account.email === '') return null;
    if (issuedAt(ctx) * 1000 <= (await tokensEndedAt(database(strapi), account.id))) return null;
    return { userId: account.id, customerId: await customerOfAccount(strapi, account) };
  }
  const standing = await findSession(strapi, ctx);
  if (!standing) return null;
  const { customerId, userId, sessionId, tier, registeredAt, plans, segments } = standing;
  const memberSince = registeredAt === undefined ? {} : { memberSince: new Date(registeredAt) };
  return { customerId, userId, sessionId, facts: { tier, plans, segments, ...memberSince } };
}

async function findSession(strapi: Core.Strapi, ctx: Context): Promise<Standing | null> {
  const token = ctx.cookies.get(COOKIE, { signed: false });
  if (!token || token.length > 100) return null;
  const now = clock(strapi).now().getTime();
  const found = await findStanding(database(strapi), token, now);
  if (!found) return null;
  const { sessionId, lastSeenAt } = found;
  if (now - lastSeenAt > TOUCH_MS) await touchSession(database(strapi), sessionId, now);
  return found;
}

const issuedSchema = z.object({ iat: z.number() });

/** Of a token that Strapi has verified; 0 when it does not say, and is then older than any end. */
function issuedAt(ctx: Context): number {
  const [, payload = ''] = ctx.get('authorization').split('.');
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return issuedSchema.safeParse(claims).data?.iat ?? 0;
  } catch {
    return 0;
  }
}

/** Every session and every bearer token of a user. Answers how many sessions ended. */
export async function forceOut(strapi: Core.Strapi, userId: number): Promise<number> {
  const now = clock(strapi).now().getTime();
  await endTokens(database(strapi), userId, now);
  return revokeSessions(database(strapi), userId, now);
}

/** Strapi has already verified the token of a content-API request. */
function bearerUserId(ctx: Context): number | null {
  const state = ctx.state as { auth?: { strategy?: { name?: string } }; user?: { id?: unknown } };
  if (state.auth?.strategy?.name !== 'users-permissions') return null;
  return typeof state.user?.id === 'number' ? state.user.id : null;
}

export async function requireMember(strapi: Core.Strapi, ctx: Context): Promise<Result<Member>> {
  const member = await memberOf(strapi, ctx);
  return member ? success(member) : refuse('members.login-required', 401);
}

export async function startSession(
  strapi: Core.Strapi,
  ctx: Context,
  account: Pick<Member, 'customerId' | 'userId'>,
): Promise<void> {
  const db = database(strapi);
  const now = clock(strapi).now().getTime();
  // A token that somebody planted in this browser before must not become hers.
  const brought = ctx.cookies.get(COOKIE, { signed: false });
  if (brought) await revokeSessionToken(db, brought, now);
  const token = randomToken();
  await insertSession(db, token, {
    customerId: account.customerId,
    userId: account.userId,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: now + LIFETIME_MS,
    userAgent: ctx.get('user-agent').slice(0, 300) || null,
  });
  setCookie(strapi, ctx, token, LIFETIME_MS);
  membersOfRequests.set(ctx, Promise.resolve(account));
  await insertMemberEvents(db, [
    { customerId: account.customerId, type: 'logged-in', at: now, detail: {} },
  ]);
  await trackingService(strapi).loggedIn(ctx, account.customerId);
}

export async function endSession(strapi: Core.Strapi, ctx: Context): Promise<void> {
  const token = ctx.cookies.get(COOKIE, { signed: false });
  const now = clock(strapi).now().getTime();
  if (token) await revokeSessionToken(database(strapi), token, now);
  setCookie(strapi, ctx, null, 0);
  trackingService(strapi).loggedOut(ctx);
  membersOfRequests.set(ctx, Promise.resolve(null));
}

function setCookie(strapi: Core.Strapi, ctx: Context, value: string | null, maxAge: number): void {
  const { secure } = crmConfig(strapi).cookies;
  // Behind a TLS proxy that Strapi was not told of, koa would refuse a secure cookie with a 500.
  ctx.cookies.secure = secure || ctx.secure;
  const options = { httpOnly: true, sameSite: 'lax', secure, signed: false, path: '/' } as const;
  ctx.cookies.set(COOKIE, value, { ...options, maxAge, overwrite: true });
}

export const sessionsOf = (strapi: Core.Strapi, member: Member): Promise<SessionRow[]> =>
  liveSessionsOf(database(strapi), member.userId, clock(strapi).now().getTime());

/** Ends one of her own sessions (another person's id ends nothing), or all others than this one. */
export async function endOtherSessions(
  strapi: Core.Strapi,
  member: Member,
  only?: number,
): Promise<number> {
  const which = only === undefined ? { except: member.sessionId } : { only };
  const now = clock(strapi).now().getTime();
  if (only === undefined) await endTokens(database(strapi), member.userId, now);
  return revokeSessions(database(strapi), member.userId, now, which);
}
