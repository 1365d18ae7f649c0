import { createHash } from 'node:crypto';

import { isbot } from 'isbot';
import type { Context } from 'koa';
import { z } from 'zod';

import { onsiteEventSchema, onsiteQuerySchema } from '../../shared/onsite';
import { accessService } from '../access';
import { action, controller, hitRateLimit, refuse, success } from '../kernel';
import { onsiteScript } from './browser/onsite';
import { onsiteService } from './index';
import { recordEvent } from './service';

const ASKED = { name: 'onsite.messages', limit: 240, windowSeconds: 60 };
const TOLD = { name: 'onsite.events', limit: 60, windowSeconds: 60 };
const ETAG = `"${createHash('sha256').update(onsiteScript).digest('base64url').slice(0, 22)}"`;

/** Browsers say which page calls; another site's page must not count here. */
const isOtherSite = (ctx: Context): boolean =>
  !['', 'same-origin'].includes(ctx.get('sec-fetch-site'));

export const onsiteController = controller({
  messages: action(z.object({ query: onsiteQuerySchema }), async ({ strapi, ctx, input }) => {
    ctx.set('Cache-Control', 'private, no-store');
    const limited = await hitRateLimit(strapi, ASKED, ctx.ip);
    if (!limited.ok) return limited;
    // The rules are about what led to the page, not about this call of the page.
    ctx.req.headers.referer = input.query.from;
    const viewer = await accessService(strapi).viewerOf(ctx);
    const data = await onsiteService(strapi).messagesFor(viewer, input.query);
    if (data.length > 0) return success({ data });
    ctx.status = 204;
    return success(undefined);
  }),

  event: action(z.object({ body: onsiteEventSchema }), async ({ strapi, ctx, input }) => {
    if (isOtherSite(ctx)) return refuse('onsite.other-site', 403);
    const limited = await hitRateLimit(strapi, TOLD, ctx.ip);
    if (!limited.ok) return limited;
    ctx.status = 204;
    if (isbot(ctx.get('user-agent'))) return success(undefined);
    const viewer = await accessService(strapi).viewerOf(ctx);
    return recordEvent(strapi, viewer, input.body);
  }),

  script: action(z.object({}), async ({ ctx }) => {
    ctx.set('Cache-Control', 'public, max-age=3600');
    ctx.set('ETag', ETAG);
    ctx.set('X-Content-Type-Options', 'nosniff');
    ctx.status = 200;
    ctx.type = 'text/javascript; charset=utf-8';
    if (ctx.fresh) ctx.status = 304;
    else ctx.body = onsiteScript;
    return success(undefined);
  }),

  list: action(z.object({}), async ({ strapi }) => {
    const data = await onsiteService(strapi).report();
    return success({ data, page: { total: data.length, totalIsEstimate: false } });
  }),
});
