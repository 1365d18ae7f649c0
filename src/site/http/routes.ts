import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import type { Locale } from '../crm';
import type { RenderTemplate } from '../templates';
import { sendAnswer, type SiteAnswer } from './answer';
import { art } from './art';
import { feed, sitemap } from './feeds';
import { fontFile, fontSheet } from './fonts';
import * as pages from './pages';
import { siteRequest, type SiteRequest } from './site-request';

type Page = (request: SiteRequest) => Promise<SiteAnswer>;

/** Path and page; every page also answers JSON at `<path>.json`. */
const PAGES: readonly (readonly [string, Page])[] = [
  ['/', pages.top],
  ['/articles', pages.articleList],
  ['/articles/:slug', pages.article],
  ['/pages/:slug', pages.page],
  ['/products', pages.productList],
  ['/products/:slug', pages.product],
];

const PREFIXES: readonly (readonly [string, Locale])[] = [
  ['', 'ja'],
  ['/en', 'en'],
];

/** On Strapi's own router, so that errors, logging and security headers are Strapi's. */
export function mountSite(strapi: Core.Strapi, render: RenderTemplate): void {
  const { router } = strapi.server;
  for (const [prefix, locale] of PREFIXES) {
    for (const [path, page] of PAGES) {
      for (const address of addressesOf(prefix, path)) {
        router.get(address, async (ctx: Context) => {
          const request = await siteRequest(strapi, ctx, locale);
          await sendAnswer(request, render, await page(request));
        });
      }
    }
  }
  for (const [prefix, locale] of PREFIXES) {
    router.get(`${prefix}/feed.xml`, (ctx: Context) => feed(strapi, ctx, locale));
  }
  router.get('/sitemap.xml', (ctx: Context) => sitemap(strapi, ctx));
  router.get('/art/:file', art);
  router.get('/assets/fonts/fonts.css', fontSheet);
  router.get('/assets/fonts/:family/:file', fontFile);
}

/** A slug takes its `.json` along; a path without one gets a second address. */
function addressesOf(prefix: string, path: string): readonly string[] {
  const whole = path === '/' ? prefix || '/' : `${prefix}${path}`;
  if (path.includes(':')) return [whole];
  return [whole, path === '/' ? `${prefix}/index.json` : `${whole}.json`];
}
