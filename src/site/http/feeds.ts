/**
 * `/feed.xml` (Atom) and `/sitemap.xml`: what strangers may know of. The same for everybody, so of a
 * gated article only what its teaser shows, and nothing of one that is not even listed.
 */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import { content, type Entry, type Locale } from '../crm';
import { siteTexts } from '../texts';
import { articleCards, isListed } from '../view/article-card';

const ARTICLE = 'api::article.article';
const PAGE = 'api::page.page';
const PRODUCT = 'api::product.product';
const IN_FEED = 30;

/** Control characters may not stand in XML, not even escaped. */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\P{Cc}]/gu, '')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const originOf = (strapi: Core.Strapi): string =>
  new URL(String(strapi.config.get('plugin::crm.publicUrl'))).origin;

function send(ctx: Context, type: string, xml: string): void {
  ctx.set('Cache-Control', 'public, max-age=0, s-maxage=60');
  ctx.type = type;
  ctx.body = `<?xml version="1.0" encoding="utf-8"?>\n${xml}`;
}

/** The newest articles of one language. */
export async function feed(strapi: Core.Strapi, ctx: Context, locale: Locale): Promise<void> {
  const origin = originOf(strapi);
  const prefix = locale === 'en' ? '/en' : '';
  const texts = siteTexts[locale];
  const entries = await content(strapi).listEntries(ARTICLE, locale, 'publishedOn:desc');
  const cards = articleCards(entries).slice(0, IN_FEED);
  const day = (date: string) => `${date || '1970-01-01'}T00:00:00Z`;
  const items = cards.map((card) => {
    const url = escaped(`${origin}${prefix}/articles/${card.slug}`);
    return `<entry><id>${url}</id><title>${escaped(card.title)}</title><link href="${url}"/><updated>${escaped(day(card.publishedOn))}</updated><summary>${escaped(card.lead)}</summary></entry>`;
  });
  const self = escaped(`${origin}${prefix}/feed.xml`);
  send(
    ctx,
    'application/atom+xml',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}"><id>${self}</id><title>${escaped(texts.siteName)}</title><link rel="self" href="${self}"/><author><name>${escaped(texts.siteName)}</name></author><updated>${escaped(day(cards[0]?.publishedOn ?? ''))}</updated>${items.join('')}</feed>`,
  );
}

/** Every address that a stranger may open, in both languages. */
export async function sitemap(strapi: Core.Strapi, ctx: Context): Promise<void> {
  const origin = originOf(strapi);
  const paths = [
    ...(await pathsOf(strapi, 'ja')),
    ...(await pathsOf(strapi, 'en')).map((path) => `/en${path === '/' ? '' : path}`),
  ];
  const urls = paths.map((path) => `<url><loc>${escaped(origin + path)}</loc></url>`);
  send(
    ctx,
    'application/xml',
    `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>`,
  );
}

async function pathsOf(strapi: Core.Strapi, locale: Locale): Promise<string[]> {
  const listed = async (uid: string): Promise<Entry[]> =>
    (await content(strapi).listEntries(uid, locale)).filter(isListed);
  const pages = (await listed(PAGE)).filter((page) => page.slug !== 'home');
  const under = (folder: string, entries: readonly Entry[]) =>
    entries.map((entry) => `/${folder}/${encodeURIComponent(String(entry.slug))}`);
  return [
    '/',
    '/articles',
    '/products',
    ...under('pages', pages),
    ...under('articles', await listed(ARTICLE)),
    ...under('products', await listed(PRODUCT)),
  ];
}
