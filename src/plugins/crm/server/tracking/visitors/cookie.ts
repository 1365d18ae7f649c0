/** The browser's id: made by `crm.js` after a yes and gone after a no, so the cookie is the consent. */
import { randomUUID } from 'node:crypto';

import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import { crmConfig } from '../../kernel';

const VISITOR_COOKIE = 'crm_visitor';
const VISITOR_ID = /^[\w-]{16,64}$/;
const YEAR_MS = 365 * 86_400_000;

/** Global Privacy Control or Do Not Track: the visitor has told every site not to follow them. */
export const refusesTracking = (ctx: Context): boolean =>
  ctx.get('sec-gpc') === '1' || ctx.get('dnt') === '1';

/** Undefined without consent, and for a browser that refuses. */
export function visitorOf(ctx: Context): string | undefined {
  if (refusesTracking(ctx)) return undefined;
  const id = ctx.cookies.get(VISITOR_COOKIE, { signed: false });
  return id !== undefined && VISITOR_ID.test(id) ? id : undefined;
}

/** The browser's yes stays, but from now on it is another visitor; for one that agreed only. */
export function renewVisitor(strapi: Core.Strapi, ctx: Context): void {
  if (visitorOf(ctx) === undefined) return;
  const { secure } = crmConfig(strapi).cookies;
  ctx.cookies.secure = secure || ctx.secure;
  ctx.cookies.set(VISITOR_COOKIE, randomUUID(), {
    // crm.js reads it.
    httpOnly: false,
    sameSite: 'lax',
    secure,
    signed: false,
    path: '/',
    maxAge: YEAR_MS,
    overwrite: true,
  });
}
