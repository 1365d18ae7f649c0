/** The way to LINE: what this browser began is kept in a signed cookie until it comes back. */
import { createHash } from 'node:crypto';

import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { z } from 'zod';

import { clock, constantTimeEqual, crmConfig, randomToken, sign, verifySigned } from '../../kernel';
import type { LoginChannel } from '../client/login-client';

const WITHIN_MS = 10 * 60_000;
const PATH = '/m/line/login';

/** One cookie each: what was begun, and who LINE said is there while she decides what to do. */
const COOKIES = { begun: 'crm_line_login', pending: 'crm_line_pending' } as const;
type Kept = keyof typeof COOKIES;

const begunSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
  /** The member whose account LINE is to be linked to; null: to log in. */
  linkTo: z.number().nullable(),
  /** documentId of the friend route she came by: then she is only asked who she is. */
  route: z.string().nullable().default(null),
  expiresAt: z.number(),
});
export type Begun = z.output<typeof begunSchema>;

const pendingSchema = z.object({
  userId: z.string(),
  name: z.string(),
  next: z.string(),
  expiresAt: z.number(),
});
export type Pending = z.output<typeof pendingSchema>;

const schemas = { begun: begunSchema, pending: pendingSchema } as const;

function keep(strapi: Core.Strapi, ctx: Context, what: Kept, value: object | null): void {
  const { secure } = crmConfig(strapi).cookies;
  const { secret } = crmConfig(strapi);
  const signed = value && sign(secret, `line.login.${what}`, JSON.stringify(value));
  ctx.cookies.secure = secure || ctx.secure;
  // Lax: LINE sends the browser back by a link, and with Strict the cookie would stay at home.
  const options = { httpOnly: true, sameSite: 'lax', secure, signed: false, path: PATH } as const;
  ctx.cookies.set(COOKIES[what], signed, { ...options, maxAge: WITHIN_MS, overwrite: true });
}

function kept<K extends Kept>(
  strapi: Core.Strapi,
  ctx: Context,
  what: K,
): z.output<(typeof schemas)[K]> | null {
  const cookie = ctx.cookies.get(COOKIES[what], { signed: false }) ?? '';
  const payload = verifySigned(crmConfig(strapi).secret, `line.login.${what}`, cookie);
  if (payload === null) return null;
  const parsed = schemas[what].safeParse(JSON.parse(payload));
  if (!parsed.success || parsed.data.expiresAt <= clock(strapi).now().getTime()) return null;
  return parsed.data as z.output<(typeof schemas)[K]>;
}

const redirectUri = (strapi: Core.Strapi): string =>
  new URL(`${PATH}/callback`, crmConfig(strapi).publicUrl).toString();

/** LINE's page for this browser; only this browser can come back from it. */
export function beginLogin(
  strapi: Core.Strapi,
  ctx: Context,
  channel: LoginChannel,
  wish: { next: string; linkTo: number | null; route?: string; locale: string },
): string {
  const begun: Begun = {
    state: randomToken(),
    nonce: randomToken(),
    verifier: randomToken(),
    next: wish.next,
    linkTo: wish.linkTo,
    route: wish.route ?? null,
    expiresAt: clock(strapi).now().getTime() + WITHIN_MS,
  };
  keep(strapi, ctx, 'begun', begun);
  const url = new URL('/oauth2/v2.1/authorize', crmConfig(strapi).line.accessOrigin);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: channel.channelId,
    redirect_uri: redirectUri(strapi),
    state: begun.state,
    scope: 'openid profile',
    nonce: begun.nonce,
    code_challenge: createHash('sha256').update(begun.verifier).digest('base64url'),
    code_challenge_method: 'S256',
    // On a page of its own where adding the account is what she came for.
    bot_prompt: wish.route === undefined ? 'normal' : 'aggressive',
    ui_locales: wish.locale,
  }).toString();
  return url.toString();
}

/** What this browser began, if `state` is its own; it can be taken once. */
export function takeBegun(
  strapi: Core.Strapi,
  ctx: Context,
  state: string,
): (Begun & { redirectUri: string; beganAt: number }) | null {
  const begun = kept(strapi, ctx, 'begun');
  keep(strapi, ctx, 'begun', null);
  if (!begun || !constantTimeEqual(begun.state, state)) return null;
  const beganAt = begun.expiresAt - WITHIN_MS;
  return { ...begun, redirectUri: redirectUri(strapi), beganAt };
}

/** A LINE user whom nobody knows yet, while she chooses between a new account and her own. */
export function keepPending(
  strapi: Core.Strapi,
  ctx: Context,
  person: Omit<Pending, 'expiresAt'>,
): void {
  const expiresAt = clock(strapi).now().getTime() + WITHIN_MS;
  keep(strapi, ctx, 'pending', { ...person, expiresAt });
}

export const pendingOf = (strapi: Core.Strapi, ctx: Context): Pending | null =>
  kept(strapi, ctx, 'pending');

export const forgetPending = (strapi: Core.Strapi, ctx: Context): void =>
  keep(strapi, ctx, 'pending', null);
