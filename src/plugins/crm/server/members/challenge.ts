/** Which browser asked for a code: a random value in its cookie, kept by nobody else. */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import { crmConfig, randomToken } from '../kernel';

const COOKIE = 'crm_login_challenge';
const WITHIN_MS = 15 * 60_000;

export function startChallenge(strapi: Core.Strapi, ctx: Context): string {
  const { secure } = crmConfig(strapi).cookies;
  const challenge = randomToken();
  ctx.cookies.secure = secure || ctx.secure;
  const options = { httpOnly: true, sameSite: 'lax', secure, signed: false } as const;
  ctx.cookies.set(COOKIE, challenge, {
    ...options,
    path: '/m/login',
    maxAge: WITHIN_MS,
    overwrite: true,
  });
  return challenge;
}

export const challengeOf = (ctx: Context): string =>
  (ctx.cookies.get(COOKIE, { signed: false }) ?? '').slice(0, 100);
