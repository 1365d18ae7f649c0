/**
 * Events over HTTP, answered once they are in the log, against inserting the same rows and nothing
 * else, into the log of a large shop: its indexes are as deep as they will be.
 */
import BetterSqlite3 from 'better-sqlite3';

import type { TestApp } from '../tests/support/app';
import type { Bench, Remark, Side } from './bench';
import { startEventLoad, type EventLoad } from './data/event-load';
import { millionWorld } from './data/million-world';

const EVENTS = 10_000;
const BATCH = 250;
const AT_ONCE = 4;
const TWIN_BATCH = 1000;
const RATE = { perSecond: 1000, lasts: 10 } as const;
const P99_MS = 20;
const KEY = 'test-write-key';
const authorization = `Basic ${Buffer.from(`${KEY}:`).toString('base64')}`;

const COLUMNS = [
  'message_id',
  'type',
  'name',
  'customer_id',
  'visitor_id',
  'occurred_at',
  'received_at',
  'properties',
  'is_bot',
];

/** How many events of one run are in the table. */
async function written(app: TestApp, prefix: string): Promise<number> {
  const [row]: { rows: number }[] = await app.strapi.db
    .connection('crm_events')
    .where('message_id', '>', `${prefix}-`)
    .where('message_id', '<', `${prefix}.`)
    .count('* as rows');
  return Number(row?.rows);
}

function overHttp(app: TestApp, load: EventLoad): Side {
  let run = 0;
  return async () => {
    run += 1;
    const prefix = `http-${run}`;
    const { seconds, failed } = await load.run({
      origin: app.origin,
      authorization,
      prefix,
      batches: { events: EVENTS, size: BATCH, atOnce: AT_ONCE },
    });
    if (failed > 0) throw new Error(`${failed} batches were refused`);
    return { amount: EVENTS, answer: await written(app, prefix), seconds };
  };
}

/** A prepared statement and a transaction a thousand, by a connection like Strapi's own. */
function bare(app: TestApp, file: string): { side: Side; close: () => void } {
  const connection = new BetterSqlite3(file);
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = NORMAL');
  connection.pragma('busy_timeout = 5000');
  connection.pragma('cache_size = -128000');
  const insert = connection.prepare(
    `insert into crm_events (${COLUMNS.join(', ')}) values (${COLUMNS.map(() => '?').join(', ')})`,
  );
  const write = connection.transaction((rows: readonly (readonly unknown[])[]) => {
    for (const row of rows) insert.run(...row);
  });
  let run = 0;
  return {
    async side() {
      run += 1;
      const prefix = `bare-${run}`;
      const now = Date.now();
      const rows = Array.from({ length: EVENTS }, (_, number) => [
        `${prefix}-${number}`,
        'track',
        number % 3 === 0 ? 'Product Added' : 'Product Viewed',
        null,
        `visitor-${(number * 7919) % 50_000}`,
        now,
        now,
        JSON.stringify({
          code: `ER-${number % 1000}`,
          title: 'ブルー・トレイン',
          price: 3200,
          path: `/products/er-${number % 1000}`,
        }),
        0,
      ]);
      const started = process.hrtime.bigint();
      for (let from = 0; from < EVENTS; from += TWIN_BATCH) {
        write(rows.slice(from, from + TWIN_BATCH));
      }
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      return { amount: EVENTS, answer: await written(app, prefix), seconds };
    },
    close: () => connection.close(),
  };
}

/** A call an event, a thousand a second, whether the last was answered or not. */
async function atRate(app: TestApp, load: EventLoad): Promise<Remark[]> {
  const took = await load.run({ origin: app.origin, authorization, prefix: 'rate', rate: RATE });
  const sent = RATE.perSecond * RATE.lasts;
  const lost = sent - took.failed - (await written(app, 'rate'));
  return [
    { name: `p50 at ${RATE.perSecond} events/s`, figure: took.p50, unit: 'ms' },
    { name: `p99 at ${RATE.perSecond} events/s`, figure: took.p99, unit: 'ms', most: P99_MS },
    { name: 'answered but not in the table', figure: lost, unit: 'events', most: 0 },
    { name: 'refused', figure: took.failed, unit: 'events', most: 0 },
  ];
}

/** Everything as the world had it. */
async function clear(app: TestApp, before: number): Promise<void> {
  await app.strapi.db.connection('crm_events').where('id', '>', before).delete();
}

async function newestEvent(app: TestApp): Promise<number> {
  const [row]: { newest: number | null }[] = await app.strapi.db
    .connection('crm_events')
    .max('id as newest');
  return Number(row?.newest ?? 0);
}

export const eventIngest: Bench = {
  name: 'event-ingest',
  description: `Events over HTTP in batches of ${BATCH} ÷ bare batched inserts into the same table.`,
  unit: 'events/s',
  reach: 0.25,
  async prepare(log, options) {
    const { app, close } = await millionWorld(log, { ...options, database: 'sqlite' });
    const before = await newestEvent(app);
    app.strapi.server.httpServer.keepAliveTimeout = 0;
    const load = startEventLoad();
    const twin = bare(app, process.env.DATABASE_FILENAME ?? '');
    return {
      ours: overHttp(app, load),
      twin: twin.side,
      remarks: () => atRate(app, load),
      close: async () => {
        load.stop();
        twin.close();
        await clear(app, before);
        await close();
      },
    };
  },
};
