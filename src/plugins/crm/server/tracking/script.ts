/** Serves the browser's script from the same origin, so that the site's CSP needs no exception. */
import { createHash } from 'node:crypto';

import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import { browserScript } from './browser/crm';
import { browserParts } from './index';

interface Served {
  readonly text: string;
  readonly etag: string;
}

const made = new WeakMap<object, Served>();

/** Put together once: the script itself and what later features add to it. */
function scriptOf(strapi: Core.Strapi): Served {
  const existing = made.get(strapi);
  if (existing) return existing;
  const parts = browserParts.members(strapi).map(({ script }) => script);
  const text = [browserScript, ...parts].join('\n');
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22);
  const served = { text, etag: `"${hash}"` };
  made.set(strapi, served);
  return served;
}

export function serveScript(strapi: Core.Strapi, ctx: Context): void {
  const { text, etag } = scriptOf(strapi);
  ctx.set('Cache-Control', 'public, max-age=3600');
  ctx.set('ETag', etag);
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.status = 200;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  ctx.type = 'text/javascript; charset=utf-8';
  ctx.body = text;
}
