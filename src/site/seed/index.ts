/**
 * Fills the site with the demo shop, once: an entry whose slug exists is left as an editor may have
 * changed it. A site that is complete costs three counts.
 */
import type { Core } from '@strapi/strapi';

import { seedArticles } from './articles';
import { seedPages } from './pages';
import { seedProducts } from './products';
import type { Bilingual, SeedArticleText, SeedBlock, SeedProduct } from './types';

const LOCALES = ['ja', 'en'] as const;
type Locale = (typeof LOCALES)[number];

interface Document {
  readonly documentId: string;
}

interface Documents {
  findFirst(params: object): Promise<Document | null>;
  create(params: object): Promise<Document>;
  update(params: object): Promise<Document | null>;
  publish(params: object): Promise<unknown>;
}

/** Document ids of the products by slug, for relations. */
type ProductIds = ReadonlyMap<string, string>;

export async function seedSite(strapi: Core.Strapi): Promise<void> {
  const missing = await Promise.all([
    countMissing(strapi, 'api::product.product', seedProducts),
    countMissing(strapi, 'api::article.article', seedArticles),
    countMissing(strapi, 'api::page.page', seedPages),
  ]);
  if (missing.every((count) => count === 0)) return;
  strapi.log.info('site: writing the demo shop');
  const products = await seedAllProducts(strapi);
  for (const article of seedArticles) {
    const { slug, artwork, publishedOn, access } = article;
    await ensure(strapi, 'api::article.article', slug, (locale) => ({
      ...articleData(article[locale], products),
      artwork,
      publishedOn,
      access,
    }));
  }
  for (const page of seedPages) {
    await ensure(strapi, 'api::page.page', page.slug, (locale) => ({
      ...page[locale],
      blocks: blocksData(page[locale].blocks, products),
      access: page.access,
    }));
  }
}

async function countMissing(
  strapi: Core.Strapi,
  uid: string,
  wanted: readonly { readonly slug: string }[],
): Promise<number> {
  const slugs = wanted.map(({ slug }) => slug);
  const found: { slug: string }[] = await strapi.db
    .query(uid as never)
    .findMany({ select: ['slug'], where: { slug: { $in: slugs }, locale: 'ja' } });
  return slugs.length - new Set(found.map(({ slug }) => slug)).size;
}

async function seedAllProducts(strapi: Core.Strapi): Promise<ProductIds> {
  const ids = new Map<string, string>();
  for (const product of seedProducts) {
    const document = await ensure(strapi, 'api::product.product', product.slug, (locale) =>
      productData(product, locale),
    );
    ids.set(product.slug, document);
  }
  return ids;
}

/** Creates the entry in both languages and publishes it. Returns its document id. */
async function ensure(
  strapi: Core.Strapi,
  uid: string,
  slug: string,
  dataOf: (locale: Locale) => object,
): Promise<string> {
  const documents = strapi.documents(uid as never) as unknown as Documents;
  const existing = await documents.findFirst({ filters: { slug }, locale: 'ja' });
  if (existing) return existing.documentId;
  const { documentId } = await documents.create({
    data: { ...dataOf('ja'), slug },
    locale: 'ja',
  });
  await documents.update({ documentId, data: { ...dataOf('en'), slug }, locale: 'en' });
  if (uid !== 'api::product.product') {
    for (const locale of LOCALES) await documents.publish({ documentId, locale });
  }
  return documentId;
}

function productData(product: SeedProduct, locale: Locale): object {
  const text = (value: Bilingual) => value[locale];
  return {
    title: text(product.title),
    artist: text(product.artist),
    genre: text(product.genre),
    description: text(product.description),
    code: product.code,
    format: product.format,
    price: product.price,
    label: product.label,
    releaseYear: product.releaseYear,
    artwork: product.artwork,
    stock: product.stock,
    tracks: product.tracks.map(([ja, en, length]) => ({
      title: locale === 'ja' ? ja : en,
      length,
    })),
  };
}

const articleData = (text: SeedArticleText, products: ProductIds): object => ({
  ...text,
  blocks: blocksData(text.blocks, products),
});

/** Slugs of products become document ids; an audience becomes the field's value. */
const blocksData = (blocks: readonly SeedBlock[], products: ProductIds): readonly object[] =>
  blocks.map((block) =>
    Array.isArray(block.products)
      ? { ...block, products: (block.products as string[]).map((slug) => products.get(slug)) }
      : block,
  );
