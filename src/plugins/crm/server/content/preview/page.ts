/** The page behind a preview's address: the site's own answer, made for somebody else. */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import { accessService } from '../../access';
import { membersService } from '../../members';
import { contentStore } from '../store';
import { at } from './service';
import { readTicket } from './ticket';

/** No script runs (nothing is tracked, no pop-up shows) and no form is sent. */
const SANDBOX = 'sandbox allow-same-origin';

export async function showPreview(strapi: Core.Strapi, ctx: Context): Promise<void> {
  const ticket = readTicket(strapi, String(ctx.params.token));
  const valid = ticket && (await contentStore(strapi).isActiveAdmin(ticket.admin));
  if (!valid) {
    await membersService(strapi).renderPage(ctx, 'content/preview-notice', { over: true }, 410);
    return closed(ctx);
  }
  accessService(strapi).simulate(ctx, ticket.path, ticket);
  ctx.params = {};
  await at(strapi, ticket.asOf, () => dispatch(strapi, ctx));
  if (isRedirect(ctx)) {
    const target = ctx.response.get('Location');
    ctx.remove('Location');
    await membersService(strapi).renderPage(ctx, 'content/preview-notice', { target });
  }
  closed(ctx);
}

/** Through Strapi's own router, as if the person's browser had asked. */
async function dispatch(strapi: Core.Strapi, ctx: Context): Promise<void> {
  const handle = strapi.server.router.routes() as unknown as (
    ctx: Context,
    next: () => Promise<void>,
  ) => Promise<void>;
  await handle(ctx, () => Promise.resolve());
}

const isRedirect = (ctx: Context): boolean => ctx.status >= 300 && ctx.status < 400;

/** For these eyes, now: nothing keeps it, finds it, or learns its address. */
function closed(ctx: Context): void {
  ctx.set('Cache-Control', 'private, no-store');
  ctx.set('X-Robots-Tag', 'noindex, nofollow, noarchive');
  ctx.set('Referrer-Policy', 'no-referrer');
  for (const header of ['Set-Cookie', 'ETag', 'Last-Modified']) ctx.remove(header);
  const policy = ctx.response.get('Content-Security-Policy');
  ctx.set('Content-Security-Policy', policy ? `${policy};${SANDBOX}` : SANDBOX);
}
