/**
 * A gated, personalised page as a logged-in member, against Strapi's own REST answer for the same
 * entry, and against the least a page can cost: a bare Koa handler with one read of SQLite.
 */
import { startApp, type TestApp } from '../tests/support/app';
import { memberOfTier } from '../tests/support/site';
import type { Bench } from './bench';
import { startBareKoa } from './data/bare-koa';
import { startLoadGenerator } from './data/http-load';

const REQUESTS = 1_500;
/** Strapi's own answer is so much slower that fewer say as much. */
const SLOW_REQUESTS = 150;
const AT_ONCE = 8;
const PAGE = '/articles/cutting-engineer';
const REST = `/api/articles?${new URLSearchParams({
  'filters[slug][$eq]': 'cutting-engineer',
  locale: 'ja',
  'populate[blocks][populate]': '*',
}).toString()}`;

interface Block {
  readonly __component: string;
  readonly heading?: string | null;
  readonly text?: unknown;
  readonly products?: readonly { readonly title: string }[];
}

/** What a reader sees of the blocks, whatever the shape of the answer around them. */
const visible = (blocks: readonly Block[]) =>
  blocks.map(({ __component, heading, text, products }) => ({
    component: __component,
    heading: heading ?? null,
    text: text ?? null,
    products: (products ?? []).map((product) => product.title),
  }));

interface PageBody {
  readonly data: { readonly blocks: readonly Block[] };
}
interface RestBody {
  readonly data: readonly { readonly blocks: readonly Block[] }[];
}

/** An API token: the gate lets it through at once, so that the twin is Strapi as it comes. */
async function apiToken({ strapi }: TestApp): Promise<string> {
  const created: { accessKey: string } = await strapi
    .service('admin::api-token')
    .create({ name: 'bench', description: '', type: 'read-only', lifespan: null });
  return created.accessKey;
}

export const pagePersonalised: Bench = {
  name: 'page-personalised',
  description: 'Requests for a gated, personalised page as a member ÷ stock REST with populate.',
  unit: 'requests/s',
  reach: 3,
  reachOthers: { 'bare Koa': 0.3 },
  async prepare(log) {
    log('starting the shop');
    const app = await startApp({ env: { SEED_DEMO: 'true', LOG_LEVEL: 'error' } });
    // One side's connections idle while the other is measured.
    app.strapi.server.httpServer.keepAliveTimeout = 0;
    const { cookie } = await memberOfTier(app, 'platinum');
    const accept = 'application/json';
    const authorization = `Bearer ${await apiToken(app)}`;
    const textOf = async (url: string, headers: Record<string, string>) =>
      (await fetch(url, { headers: { accept, ...headers } })).text();
    const body = await textOf(app.origin + PAGE, { cookie });
    const bare = await startBareKoa([{ path: PAGE, type: 'json', body }]);
    const load = startLoadGenerator();
    const side = (
      url: string,
      headers: Record<string, string>,
      requests: number,
      blocksOf: (text: string) => readonly Block[],
    ) => {
      return async () => {
        const answer = visible(blocksOf(await textOf(url, headers)));
        const asked = { url, headers: { accept, ...headers }, requests, atOnce: AT_ONCE };
        return { amount: requests, answer, seconds: (await load.run(asked)).seconds };
      };
    };
    const blocksOfPage = (text: string) => (JSON.parse(text) as PageBody).data.blocks;
    return {
      ours: side(app.origin + PAGE, { cookie }, REQUESTS, blocksOfPage),
      twin: side(
        app.origin + REST,
        { authorization },
        SLOW_REQUESTS,
        (text) => (JSON.parse(text) as RestBody).data[0]?.blocks ?? [],
      ),
      others: { 'bare Koa': side(bare.origin + PAGE, {}, REQUESTS, blocksOfPage) },
      close: async () => {
        load.stop();
        bare.stop();
        await app.stop();
      },
    };
  },
};
