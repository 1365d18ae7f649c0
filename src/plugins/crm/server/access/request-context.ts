/** What a request tells about its visitor, without anybody being known. */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import { clock, crmConfig, localeOf } from '../kernel';
import { trackingService } from '../tracking';
import { deviceOf } from './domain/device';
import type { Viewer, ViewerContext } from './domain/viewer';
import { visitFacts } from './domain/visit';

/** As analytics programs count: half an hour without a page ends a visit. */
const VISIT_MS = 30 * 60_000;

/** On the web every fact is known: no campaign parameter means none, not "unknown". */
export async function requestContext(
  strapi: Core.Strapi,
  ctx: Context,
): Promise<Pick<Viewer, 'context' | 'visitorId'>> {
  const { publicUrl, timeZone } = crmConfig(strapi);
  const visitorId = trackingService(strapi).visitorOf(ctx);
  const since = clock(strapi).now().getTime() - VISIT_MS;
  const seen = visitorId ? await trackingService(strapi).pagesOf(visitorId, since) : [];
  const country = countryOf(strapi, ctx);
  // Most pages ask for none of these, and taking headers apart costs more than deciding.
  const device = once(() => deviceOf(ctx.get('user-agent')));
  const language = once(() => languageOf(strapi, ctx));
  const visit = once(() => {
    const ownOrigins = [new URL(publicUrl).origin, ctx.origin];
    return visitFacts({ query: ctx.query, referer: ctx.get('referer'), ownOrigins, seen });
  });
  const context: ViewerContext = {
    timeZone,
    ...(country ? { country } : {}),
    get device() {
      return device();
    },
    get language() {
      return language();
    },
    get referrer() {
      return visit().referrer;
    },
    get utm() {
      return visit().utm;
    },
    get viewed() {
      return visit().viewed;
    },
  };
  return { context, ...(visitorId ? { visitorId } : {}) };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function countryOf(strapi: Core.Strapi, ctx: Context): string | undefined {
  const { countryHeader } = crmConfig(strapi).context;
  const value = countryHeader ? ctx.get(countryHeader).trim().toUpperCase() : '';
  return /^[A-Z]{2}$/.test(value) ? value : undefined;
}

/** What the reader chose on the site; else the first language of the browser, ours or not. */
function languageOf(strapi: Core.Strapi, ctx: Context): string {
  const chosen = localeOf(ctx, crmConfig(strapi).defaultLocale);
  const isChosen =
    ctx.query.lang === chosen || ctx.cookies.get('crm_lang', { signed: false }) === chosen;
  const [first = ''] = isChosen ? [] : ctx.acceptsLanguages();
  const [primary = ''] = first.toLowerCase().split('-');
  return /^[a-z]{2,3}$/.test(primary) ? primary : chosen;
}
