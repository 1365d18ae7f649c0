/** Serves the browser's script from the same origin, so that the site's CSP needs no exception. */
import { createHash } from 'node:crypto';

import type { Context } from 'koa';

import { browserScript } from './browser/crm';

const ETAG = `"${createHash('sha256').update(browserScript).digest('base64url').slice(0, 22)}"`;

export function serveScript(ctx: Context): void {
  ctx.set('Cache-Control', 'public, max-age=3600');
  ctx.set('ETag', ETAG);
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.status = 200;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  ctx.type = 'text/javascript; charset=utf-8';
  ctx.body = browserScript;
}
