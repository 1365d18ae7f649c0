/**
 * What the record of somebody with 100,000 events costs: the first page of her timeline, one deep in
 * it and one of a single kind, over HTTP, against the same events read by a bare statement.
 */
import { adminClient } from '../tests/support/admin';
import type { Bench, Remark } from './bench';
import { millionWorld, NOW, sizesOf } from './data/million-world';
import { median } from './measure';

const LIMIT = 50;
const ASKED = 15;
const MOST_MS = 50;
const DAY = 86_400_000;

/** A page may end before its last entry, lest it part what happened at the same instant. */
const COMPARED = 40;

/** Where the pages begin: at the newest, and so many days ago. */
const DEPTHS = [0, 90, 350, 690].map((days) => NOW + DAY - days * DAY);

interface Page {
  readonly data: readonly { readonly at: number }[];
}

export const timeline: Bench = {
  name: 'timeline',
  description: 'Pages of the timeline of a person with 100,000 events over HTTP ÷ bare statements.',
  unit: 'pages/s',
  // A request with its log-in against a bare statement: what must be reached are the remarks.
  reach: 0.001,
  async prepare(log, options) {
    const { app, raw, close } = await millionWorld(log, options);
    const admin = await adminClient(app);
    const { people: busiest } = sizesOf(options.people);
    const get = async (query: string): Promise<number[]> => {
      const path = `/crm/customers/${busiest}/timeline?limit=${LIMIT}&${query}`;
      const { status, body } = await admin.get(path);
      if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
      return (body as Page).data.map(({ at }) => at);
    };
    const events = (before: number) => get(`kinds=behaviour&before=${before}`);
    const byHand = async (before: number): Promise<number[]> => {
      const rows = await raw.rows(
        `select id, type, name, occurred_at, properties from crm_events where customer_id = ${busiest}
         and occurred_at < ${before} and type in ('track', 'page', 'screen')
         order by occurred_at desc, id desc limit ${LIMIT}`,
      );
      return rows.map((row) => Number(row.occurred_at));
    };
    const side = (page: (before: number) => Promise<number[]>) => async () => {
      const answer: number[][] = [];
      for (const before of DEPTHS) answer.push((await page(before)).slice(0, COMPARED));
      return { amount: DEPTHS.length, answer };
    };
    const timed = async (name: string, query: string): Promise<Remark> => {
      const times: number[] = [];
      for (let round = 0; round < ASKED; round += 1) {
        const started = performance.now();
        await get(query);
        times.push(performance.now() - started);
      }
      return { name, figure: median(times), unit: 'ms', most: MOST_MS };
    };
    return {
      ours: side(events),
      twin: side(byHand),
      remarks: async () => [
        await timed('first page, all kinds', ''),
        await timed('first page, what she did', 'kinds=behaviour'),
        await timed('first page, orders', 'kinds=order'),
        await timed('in the middle', `before=${DEPTHS[2]}`),
        await timed('at the end', `before=${DEPTHS[3]}`),
        { name: 'resident memory', figure: process.memoryUsage.rss() / 1e6, unit: 'MB' },
      ],
      close,
    };
  },
};
