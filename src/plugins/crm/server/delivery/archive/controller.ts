/** Pages of the archive of newsletters. */
import { z } from 'zod';

import { accessService } from '../../access';
import { action, controller, hitRateLimit, success, type RateLimit } from '../../kernel';
import { membersService } from '../../members';

import { refusedPage } from '../refused-page';

import { archivePage, newsletterFor } from './archive';

/** Nonsense in an address asks for nothing in particular. */
const number = z.coerce.number().int().positive().max(2_147_483_647).optional().catch(undefined);

const listSchema = z.object({ query: z.object({ topic: number, before: number }) });
const oneSchema = z.object({ params: z.object({ id: z.string().max(64) }) });

/** A mail's own style is inline; nothing in it runs, is sent or is framed elsewhere. */
const POLICY =
  "default-src 'none'; img-src * data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** By address: a reader is far below it, and a program that takes everything away is slowed down. */
const pages: RateLimit = { name: 'delivery.archive', limit: 120, windowSeconds: 60 };

const list = action(listSchema, async ({ strapi, ctx, input, locale }) => {
  const limited = await hitRateLimit(strapi, pages, ctx.ip);
  if (!limited.ok) return refusedPage(strapi, ctx, limited.refusal, locale);
  const viewer = await accessService(strapi).viewerOf(ctx);
  const { topic, before } = input.query;
  const page = await archivePage(strapi, viewer, { locale, topic, before });
  ctx.set('Cache-Control', 'private, no-store');
  await membersService(strapi).renderPage(ctx, 'delivery/newsletters', { ...page, topic, locale });
  return success(undefined);
});

const show = action(oneSchema, async ({ strapi, ctx, input, locale }) => {
  const limited = await hitRateLimit(strapi, pages, ctx.ip);
  if (!limited.ok) return refusedPage(strapi, ctx, limited.refusal, locale);
  const viewer = await accessService(strapi).viewerOf(ctx);
  const newsletter = await newsletterFor(strapi, input.params.id, viewer);
  ctx.set('Cache-Control', 'private, no-store');
  if (newsletter === null) {
    ctx.set('X-Robots-Tag', 'noindex');
    await membersService(strapi).renderPage(ctx, 'delivery/newsletter-gone', { locale }, 404);
  } else if ('withheld' in newsletter) {
    ctx.set('X-Robots-Tag', 'noindex');
    const data = { locale: newsletter.locale, next: encodeURIComponent(ctx.path) };
    await membersService(strapi).renderPage(ctx, 'delivery/newsletter-withheld', data, 403);
  } else {
    if (newsletter.noindex) ctx.set('X-Robots-Tag', 'noindex');
    ctx.set('Content-Security-Policy', POLICY);
    ctx.type = 'html';
    ctx.body = newsletter.html;
  }
  return success(undefined);
});

export const archivePages = controller({ list, show });
