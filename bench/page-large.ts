/**
 * What personalisation adds to a page in a large database: 1,000,000 customers, 200 segments, 20
 * blocks for segments, against the same page written without a condition, for the same member.
 * Afterwards the first is asked for by 25,000 visitors, to see whether memory grows with them.
 */
import type { Bench } from './bench';
import { largeSite } from './data/large-site';
import { startLoadGenerator, type Took } from './data/http-load';

const REQUESTS = 2_000;
const accept = 'application/json';
const atOnce = 8;
const WARM_UP_VISITORS = 5_000;
const VISITORS = 25_000;
const MEGABYTE = 1024 * 1024;

interface Body {
  readonly data: { readonly blocks: readonly { readonly heading?: string }[] };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

export const pageLarge: Bench = {
  name: 'page-large',
  description:
    'Requests for a page of 20 blocks for 200 segments in 1,000,000 customers ÷ the same page without conditions.',
  unit: 'requests/s',
  reach: 0.5,
  async prepare(log) {
    const { app, reader, personalised, plain } = await largeSite(log);
    app.strapi.server.httpServer.keepAliveTimeout = 0;
    const load = startLoadGenerator();
    const headers = { accept, cookie: reader.cookie };
    const latencies = { [personalised]: [] as number[], [plain]: [] as number[] };
    const side = (path: string) => async () => {
      const { data } = (await reader.json(path)) as Body;
      const url = app.origin + path;
      const took: Took = await load.run({ url, headers, requests: REQUESTS, atOnce });
      latencies[path]?.push(took.p95);
      return {
        amount: REQUESTS,
        answer: data.blocks.map(({ heading }) => heading),
        seconds: took.seconds,
      };
    };
    const visit = (visitors: string, requests: number) =>
      load.run({ url: app.origin + personalised, headers: { accept }, requests, atOnce, visitors });
    const memory = () => {
      globalThis.gc?.();
      return process.memoryUsage().rss / MEGABYTE;
    };
    return {
      ours: side(personalised),
      twin: side(plain),
      async remarks() {
        const added = median(latencies[personalised] ?? []) - median(latencies[plain] ?? []);
        await visit('warm', WARM_UP_VISITORS);
        const before = memory();
        await visit('visitor', VISITORS);
        return [
          { name: 'added at the 95th percentile', figure: added, unit: 'ms', most: 5 },
          {
            name: `memory after ${VISITORS} more visitors`,
            figure: memory() - before,
            unit: 'MB',
            most: 50,
          },
        ];
      },
      close: async () => {
        load.stop();
        await app.stop();
      },
    };
  },
};
