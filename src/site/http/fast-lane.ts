/**
 * The pages of the site, answered before Strapi's middlewares: sessions, body parsing, static files
 * and five hundred routes cost four times what a page costs. What they add to an answer, the
 * security headers, is copied from the first answer that went through them. Whatever is not a plain
 * page (another method, a token, another origin, an error) goes their way.
 */
import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';

import { content } from '../crm';
import { createSharedAnswers } from './shared-answers';

export interface SitePath {
  readonly slug: string;
  /** Writes the answer. */
  readonly answer: (ctx: Context) => Promise<void>;
}

export type FindPath = (path: string) => SitePath | undefined;

/** Of the page itself, or of one answer only. */
const OWN_HEADERS =
  /^(content-type|content-length|cache-control|vary|location|set-cookie|date|etag|last-modified)$/;

type Headers = readonly (readonly [string, string])[];

export function installFastLane(strapi: Core.Strapi, find: FindPath): void {
  let learned: Headers | undefined;
  const shared = createSharedAnswers();
  content(strapi).onChange(shared.clear);
  // An experiment that is decided changes pages without a word of content being written.
  const clear = () => shared.clear();
  strapi.db.lifecycles.subscribe({ afterCreate: clear, afterUpdate: clear, afterDelete: clear });

  strapi.server.use(async (ctx: Context, next: Next) => {
    const page = isPlain(ctx) ? find(ctx.path) : undefined;
    if (!page) return next();
    if (!learned) {
      await next();
      if (ctx.status === 200) learned = headersOf(ctx);
      return;
    }
    const started = Date.now();
    if (!shared.answer(ctx)) {
      try {
        ctx.params = { slug: page.slug };
        await page.answer(ctx);
      } catch {
        // Strapi's middlewares know what to do with an error, and will meet it again.
        return next();
      }
      for (const [name, value] of learned) ctx.res.setHeader(name, value);
      shared.keep(ctx);
    }
    // Winston makes up the line before it finds that nobody wants it.
    if (strapi.log.isLevelEnabled('http')) {
      strapi.log.http(`${ctx.method} ${ctx.url} (${Date.now() - started} ms) ${ctx.status}`);
    }
  });
}

const isPlain = ({ method, headers }: Context): boolean =>
  method === 'GET' && headers.authorization === undefined && headers.origin === undefined;

const headersOf = (ctx: Context): Headers =>
  Object.entries(ctx.response.headers).flatMap(([name, value]) =>
    typeof value === 'string' && !OWN_HEADERS.test(name) ? [[name, value] as const] : [],
  );
