/** A personalised page as a logged-in member against Strapi's own REST answer for the same entry. */
import http from 'node:http';

import { startApp, type TestApp } from '../tests/support/app';
import { memberOfTier } from '../tests/support/site';
import type { Bench } from './bench';

const REQUESTS = 300;
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

type Get = (path: string) => Promise<string>;

function clientOf(origin: string, headers: http.OutgoingHttpHeaders) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const get: Get = (path) =>
    new Promise((resolve, reject) => {
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

async function secondsFor(get: Get, path: string): Promise<number> {
  let left = REQUESTS;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await get(path);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return (performance.now() - started) / 1000;
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
  async prepare(log) {
    log('starting the shop');
    const app = await startApp({ env: { SEED_DEMO: 'true', LOG_LEVEL: 'error' } });
    // One side's connections idle while the other is measured.
    app.strapi.server.httpServer.keepAliveTimeout = 0;
    const { cookie } = await memberOfTier(app, 'platinum');
    const authorization = `Bearer ${await apiToken(app)}`;
    const member = clientOf(app.origin, { cookie, accept: 'application/json' });
    const rest = clientOf(app.origin, { authorization, accept: 'application/json' });
    return {
      ours: async () => {
        const { blocks } = (JSON.parse(await member.get(PAGE)) as PageBody).data;
        const seconds = await secondsFor(member.get, PAGE);
        return { amount: REQUESTS, answer: visible(blocks), seconds };
      },
      twin: async () => {
        const { data } = JSON.parse(await rest.get(REST)) as RestBody;
        const answer = visible(data[0]?.blocks ?? []);
        return { amount: REQUESTS, answer, seconds: await secondsFor(rest.get, REST) };
      },
      close: async () => {
        for (const client of [member, rest]) client.close();
        await app.stop();
      },
    };
  },
};
