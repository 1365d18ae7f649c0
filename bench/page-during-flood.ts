/**
 * A page of the site under ten times the events that are promised (1,000 a second), together with a
 * thousand connections that never finish their question, against the same page in peace. What
 * cannot be taken must be refused with 429 or 503, and the memory must not grow with the flood.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';

import { startApp } from '../tests/support/app';
import { kernel } from '../tests/support/crm';
import type { Bench, Remark } from './bench';
import { startFlood, type FloodResult } from './data/flood';
import { startLoadGenerator } from './data/http-load';
import { writePage } from './data/page';
import { median } from './measure';

const REQUESTS = 600;
const PER_SECOND = 60;
const SLUG = 'bench-page-during-flood';
const EVENTS_PER_SECOND = 10_000;
const EVENTS_A_CALL = 100;
const SOCKETS = 1_000;
const authorization = `Basic ${Buffer.from('test-write-key:').toString('base64')}`;
/** So many times the idle figure. */
const MOST = 2;
const MOST_LAG_MS = 100;

export const pageDuringFlood: Bench = {
  name: 'page-during-flood',
  description: 'Requests for a page under ten times the promised events ÷ in peace.',
  unit: 'requests/s',
  reach: 0.9,
  rounds: 5,
  async prepare(log) {
    const app = await startApp();
    app.strapi.server.httpServer.keepAliveTimeout = 0;
    await writePage(app.strapi, { slug: SLUG, lead: '混み合っている間も読めるページです。' });
    const load = startLoadGenerator();
    const url = `${app.origin}/articles/${SLUG}`;
    const [idle, busy, lags] = [[] as number[], [] as number[], [] as number[]];
    const floods: FloodResult[] = [];
    const ask = async (p99s: number[]) => {
      const asked = { url, headers: { accept: 'text/html' }, requests: REQUESTS };
      const { seconds, p99 } = await load.run({ ...asked, perSecond: PER_SECOND });
      p99s.push(p99);
      log(`${p99s === idle ? 'in peace' : 'flooded'}: p99 ${p99.toFixed(2)} ms`);
      return { amount: REQUESTS, answer: REQUESTS, seconds };
    };
    const before = process.memoryUsage.rss();
    return {
      ours: async () => {
        const lag = monitorEventLoopDelay({ resolution: 1 });
        lag.enable();
        const flood = startFlood({
          ...{ origin: app.origin, authorization, sockets: SOCKETS },
          ...{ perSecond: EVENTS_PER_SECOND, size: EVENTS_A_CALL },
        });
        const outcome = await ask(busy);
        lag.disable();
        lags.push(lag.percentile(99) / 1e6);
        floods.push(await flood.end());
        return outcome;
      },
      twin: async () => {
        // What the flood left behind is worked on first: it is no peace yet.
        await kernel().jobs(app.strapi).idle();
        return ask(idle);
      },
      remarks: () => {
        const grown = (process.memoryUsage.rss() - before) / 1e6;
        const latency = { quiet: median(idle), flooded: median(busy), lag: median(lags) };
        return Promise.resolve(remarksOf(latency, floods, grown));
      },
      close: async () => {
        load.stop();
        await app.stop();
      },
    };
  },
};

function remarksOf(
  { quiet, flooded, lag }: { quiet: number; flooded: number; lag: number },
  floods: readonly FloodResult[],
  grown: number,
): Remark[] {
  const calls = (statuses: readonly string[]) =>
    median(
      floods.map(({ answered }) => statuses.reduce((sum, of) => sum + (answered[of] ?? 0), 0)),
    );
  const all = [...new Set(floods.flatMap(({ answered }) => Object.keys(answered)))];
  const other = all.filter((status) => !['200', '429', '503'].includes(status));
  return [
    { name: 'p99 in peace', figure: quiet, unit: 'ms' },
    { name: 'p99 under the flood', figure: flooded, unit: 'ms' },
    { name: 'that is', figure: flooded / quiet, unit: 'times', most: MOST },
    { name: 'event loop delay p99', figure: lag, unit: 'ms', most: MOST_LAG_MS },
    { name: 'calls taken', figure: calls(['200']), unit: 'calls' },
    { name: 'calls refused with 429 or 503', figure: calls(['429', '503']), unit: 'calls' },
    { name: 'calls answered otherwise', figure: calls(other), unit: 'calls', most: 0 },
    { name: 'half-sent connections', figure: median(floods.map(({ stood }) => stood)), unit: '' },
    { name: 'memory grown', figure: grown, unit: 'MB' },
  ];
}
