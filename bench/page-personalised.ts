/** A personalised page as a logged-in member against Strapi's own REST answer for the same entry. */
import http from 'node:http';

import { startApp } from '../tests/support/app';
import { memberOfTier } from '../tests/support/site';
import type { Bench } from './bench';

const REQUESTS = 300;
const AT_ONCE = 8;

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

type Get = (path: string) => Promise<string>;

function clientOf(origin: string, cookie: string): { get: Get; close: () => void } {
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const get: Get = (path) =>
    new Promise((resolve, reject) => {
      const headers = { cookie, accept: 'application/json' };
      http
        .get(origin + path, { agent, headers }, (answer) => {
          let body = '';
          answer.setEncoding('utf8');
          answer.on('data', (part: string) => (body += part));
          answer.on('end', () => {
            if (answer.statusCode === 200) resolve(body);
            else reject(new Error(`${path} answered ${answer.statusCode}: ${body.slice(0, 200)}`));
          });
        })
        .on('error', reject);
    });
  return { get, close: () => agent.destroy() };
}

async function many(get: Get, path: string): Promise<void> {
  let left = REQUESTS;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await get(path);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

const REST = `/api/articles?${new URLSearchParams({
  'filters[slug][$eq]': 'cutting-engineer',
  locale: 'ja',
  'populate[blocks][populate]': '*',
}).toString()}`;

export const pagePersonalised: Bench = {
  name: 'page-personalised',
  description: 'Requests for a gated, personalised page as a member ÷ stock REST with populate.',
  unit: 'requests/s',
  reach: 3,
  async prepare(log) {
    log('starting the shop');
    const app = await startApp({ env: { SEED_DEMO: 'true', LOG_LEVEL: 'error' } });
    const { cookie } = await memberOfTier(app, 'platinum');
    const client = clientOf(app.origin, cookie);
    const side = (path: string, blocksOf: (body: unknown) => readonly Block[]) => async () => {
      const answer = visible(blocksOf(JSON.parse(await client.get(path))));
      const started = performance.now();
      await many(client.get, path);
      return { amount: REQUESTS, answer, seconds: (performance.now() - started) / 1000 };
    };
    const page = '/articles/cutting-engineer';
    const restTwin = (body: unknown) =>
      (body as { data: { blocks: Block[] }[] }).data[0]?.blocks ?? [];
    return {
      ours: side(`${page}.json`, (body) => (body as { data: { blocks: Block[] } }).data.blocks),
      twin: side(REST, restTwin),
      close: async () => {
        client.close();
        await app.stop();
      },
    };
  },
};
