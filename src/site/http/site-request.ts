import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import { access, type Locale, type Viewer } from '../crm';
import { siteTexts, type SiteTexts } from '../texts';

/** What every page of the site knows about its request. */
export interface SiteRequest {
  readonly strapi: Core.Strapi;
  readonly ctx: Context;
  readonly locale: Locale;
  /** `/en` for English, nothing for Japanese. */
  readonly prefix: string;
  readonly viewer: Viewer;
  readonly texts: SiteTexts;
  readonly slug: string;
  readonly wantsJson: boolean;
}

const JSON_SUFFIX = /\.json$/;

export async function siteRequest(
  strapi: Core.Strapi,
  ctx: Context,
  locale: Locale,
): Promise<SiteRequest> {
  const slug = String(ctx.params?.slug ?? '');
  return {
    strapi,
    ctx,
    locale,
    prefix: locale === 'en' ? '/en' : '',
    viewer: await access(strapi).viewerOf(ctx),
    texts: siteTexts[locale],
    slug: slug.replace(JSON_SUFFIX, ''),
    wantsJson: JSON_SUFFIX.test(ctx.path) || ctx.accepts('html', 'json') === 'json',
  };
}
