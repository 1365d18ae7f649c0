/** The pages of the site: what each shows. How it looks is in the templates. */
import { content, type Entry, type SitePage } from '../crm';
import { articleCards, type ArticleCard } from '../view/article-card';
import { articleData, productData, shopData } from '../view/structured-data';
import { productView, type ProductView } from '../view/product-view';
import type { SiteAnswer } from './answer';
import { gatedAnswer, notFound } from './gated';
import type { SiteRequest } from './site-request';

const PAGE = 'api::page.page';
const ARTICLE = 'api::article.article';
const PRODUCT = 'api::product.product';
const ON_TOP = 4;
const RELATED = 4;

const text = (entry: Entry, name: string): string | undefined => {
  const value = entry[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const load = ({ strapi, locale, viewer }: SiteRequest, uid: string, slug: string) =>
  content(strapi).page(uid, { slug }, locale, viewer);

async function articles({ strapi, locale }: SiteRequest): Promise<readonly ArticleCard[]> {
  return articleCards(await content(strapi).listEntries(ARTICLE, locale, 'publishedOn:desc'));
}

async function products({ strapi, locale, prefix }: SiteRequest): Promise<readonly ProductView[]> {
  const entries = await content(strapi).listEntries(PRODUCT, locale, 'code:desc');
  return entries.map((entry) => productView(entry, prefix));
}

const dataOf = (page: SitePage) => ({
  data: page.document,
  meta: {
    allowed: page.decision.allow,
    ...(page.decision.allow ? {} : { decision: page.decision }),
  },
});

const written = new WeakMap<object, Buffer>();

/** The bytes that everybody gets who gets this edition are written once. */
function jsonOf(page: SitePage): object {
  if (!page.edition) return dataOf(page);
  const known = written.get(page.edition);
  if (known) return known;
  const bytes = Buffer.from(JSON.stringify(dataOf(page)));
  written.set(page.edition, bytes);
  return bytes;
}

export async function top(request: SiteRequest): Promise<SiteAnswer> {
  const page = await load(request, PAGE, 'home');
  if (!page) return notFound(request);
  const stories = (await articles(request)).slice(0, ON_TOP);
  return {
    template: 'top',
    description: text(page.document, 'description'),
    scope: () => ({ blocks: page.blocksHtml(), articles: stories }),
    json: () => ({ ...dataOf(page), articles: stories }),
    structuredData: () => shopData(request),
    personal: page.personal,
  };
}

export async function page(request: SiteRequest): Promise<SiteAnswer> {
  const found = await load(request, PAGE, request.slug);
  if (!found) return notFound(request);
  return (
    gatedAnswer(request, found) ?? {
      template: 'page',
      title: text(found.document, 'title'),
      description: text(found.document, 'description'),
      scope: () => ({
        blocks: found.blocksHtml(),
        heading: headingOf(found),
        teaser: found.decision.allow ? undefined : teaserOf(request, found),
      }),
      json: () => jsonOf(found),
      personal: found.personal,
    }
  );
}

/** A page that begins with a hero has its heading there. */
function headingOf({ document }: SitePage): string | undefined {
  const [first] = Array.isArray(document.blocks) ? (document.blocks as Entry[]) : [];
  return first?.__component === 'blocks.hero' ? undefined : text(document, 'title');
}

export async function articleList(request: SiteRequest): Promise<SiteAnswer> {
  const cards = await articles(request);
  return {
    template: 'articles',
    title: request.texts.articles,
    description: request.texts.articlesLead,
    scope: () => ({ articles: cards }),
    json: () => ({ data: cards }),
    personal: false,
  };
}

export async function article(request: SiteRequest): Promise<SiteAnswer> {
  const found = await load(request, ARTICLE, request.slug);
  if (!found) return notFound(request);
  const refused = gatedAnswer(request, found);
  if (refused) return refused;
  return {
    template: 'article',
    title: text(found.document, 'title'),
    description: text(found.document, 'lead'),
    artwork: text(found.document, 'artwork'),
    scope: async () => {
      const cards = await articles(request);
      return {
        article: found.document,
        gate: cards.find((card) => card.slug === request.slug)?.gate,
        blocks: found.blocksHtml(),
        teaser: found.decision.allow ? undefined : teaserOf(request, found),
        articles: cards.filter((card) => card.slug !== request.slug).slice(0, 3),
      };
    },
    json: () => jsonOf(found),
    structuredData: () => articleData(request, found),
    personal: found.personal,
  };
}

/** The words of the divider that ends the teaser, or the site's own. */
function teaserOf({ texts }: SiteRequest, { document }: SitePage) {
  const blocks = Array.isArray(document.blocks) ? (document.blocks as Entry[]) : [];
  const divider = blocks.find((block) => block.__component === 'blocks.teaser-divider');
  return {
    heading: (divider && text(divider, 'heading')) ?? texts.teaserHeading,
    text: (divider && text(divider, 'text')) ?? texts.teaserText,
  };
}

export async function productList(request: SiteRequest): Promise<SiteAnswer> {
  const all = await products(request);
  return {
    template: 'products',
    title: request.texts.records,
    description: request.texts.recordsLead,
    scope: () => ({ products: all }),
    json: () => ({ data: all }),
    personal: false,
  };
}

export async function product(request: SiteRequest): Promise<SiteAnswer> {
  const found = await load(request, PRODUCT, request.slug);
  if (!found) return notFound(request);
  const view = productView(found.document, request.prefix);
  const others = (await products(request)).filter((other) => other.slug !== view.slug);
  const near = [...others].sort(
    (a, b) => Number(b.genre === view.genre) - Number(a.genre === view.genre),
  );
  return {
    template: 'product',
    title: `${view.title} / ${view.artist}`,
    description: view.description,
    artwork: view.artwork,
    scope: () => ({ product: view, related: near.slice(0, RELATED) }),
    json: () => ({ data: found.document }),
    structuredData: () => productData(request, view),
    personal: found.personal,
  };
}
