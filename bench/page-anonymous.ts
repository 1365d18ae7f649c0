/** An article that is open to all, as a stranger gets it, against the least a page can cost. */
import { startApp } from '../tests/support/app';
import type { Bench } from './bench';
import { startBareKoa } from './data/bare-koa';
import { startLoadGenerator } from './data/http-load';

const REQUESTS = 4_000;
const AT_ONCE = 8;
const PAGE = '/articles/cleaning-records';

export const pageAnonymous: Bench = {
  name: 'page-anonymous',
  description: 'Requests for an open page as a stranger ÷ bare Koa with one read of SQLite.',
  unit: 'requests/s',
  reach: 0.7,
  async prepare(log) {
    log('starting the shop');
    const app = await startApp({ env: { SEED_DEMO: 'true', LOG_LEVEL: 'error' } });
    app.strapi.server.httpServer.keepAliveTimeout = 0;
    const headers = { accept: 'text/html' };
    const htmlOf = async (url: string) => (await fetch(url, { headers })).text();
    const body = await htmlOf(app.origin + PAGE);
    const bare = await startBareKoa([{ path: PAGE, type: 'html', body }]);
    const load = startLoadGenerator();
    const side = (origin: string) => async () => {
      const url = origin + PAGE;
      const answer = await htmlOf(url);
      const { seconds } = await load.run({ url, headers, requests: REQUESTS, atOnce: AT_ONCE });
      return { amount: REQUESTS, answer, seconds };
    };
    return {
      ours: side(app.origin),
      twin: side(bare.origin),
      close: async () => {
        load.stop();
        bare.stop();
        await app.stop();
      },
    };
  },
};
