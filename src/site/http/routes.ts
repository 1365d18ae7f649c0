import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import type { Locale } from '../crm';
import type { RenderTemplate } from '../templates';
import { sendAnswer, type SiteAnswer } from './answer';
import { art } from './art';
import { installFastLane, type SitePath } from './fast-lane';
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
  const lanes: Lane[] = [];
  for (const [prefix, locale] of PREFIXES) {
    for (const [path, page] of PAGES) {
      const answer = async (ctx: Context) => {
        const request = await siteRequest(strapi, ctx, locale);
        await sendAnswer(request, render, await page(request));
      };
      for (const address of addressesOf(prefix, path)) {
        router.get(address, answer);
        lanes.push({
          address: address.replace(/:slug$/, ''),
          isFolder: path.includes(':'),
          answer,
        });
      }
    }
  }
  for (const [prefix, locale] of PREFIXES) {
    router.get(`${prefix}/feed.xml`, (ctx: Context) => feed(strapi, ctx, locale));
  }
  router.get('/sitemap.xml', (ctx: Context) => sitemap(strapi, ctx));
  installFastLane(strapi, (path) => pathIn(lanes, path));
  router.get('/art/:file', art);
  router.get('/assets/fonts/fonts.css', fontSheet);
  router.get('/assets/fonts/:family/:file', fontFile);
}

interface Lane {
  readonly address: string;
  /** What follows the address is a slug. */
  readonly isFolder: boolean;
  readonly answer: (ctx: Context) => Promise<void>;
}

function pathIn(lanes: readonly Lane[], path: string): SitePath | undefined {
  for (const { address, isFolder, answer } of lanes) {
    if (!isFolder && path === address) return { slug: '', answer };
    const slug = isFolder && path.startsWith(address) ? path.slice(address.length) : '';
    // Anything less plain than a slug is for the router to read.
    if (/^[a-z0-9][a-z0-9.-]*$/.test(slug)) return { slug, answer };
  }
  return undefined;
}

/** A slug takes its `.json` along; a path without one gets a second address. */
function addressesOf(prefix: string, path: string): readonly string[] {
  const whole = path === '/' ? prefix || '/' : `${prefix}${path}`;
  if (path.includes(':')) return [whole];
  return [whole, path === '/' ? `${prefix}/index.json` : `${whole}.json`];
}
