/**
 * More than can be taken: ten times the promised events, browsers that never finish their question,
 * a campaign that goes out, people who read. What cannot be taken is refused with a time to come
 * back at, what was taken is in the log, pages are answered, everybody gets the mail once. How quick
 * the pages stay is measured by `npm run bench -- page-during-flood`; here it is only told.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { startFlood } from '../../../bench/data/flood';
import { startLoadGenerator, type LoadGenerator } from '../../../bench/data/http-load';
import { writePage } from '../../../bench/data/page';
import { insertPeople, startCampaignLab, type CampaignLab } from '../../support/campaign';
import { kernel } from '../../support/crm';
import { tellFaults } from '../../support/fault-report';
import { basic, OWN_PAGE, send, WRITE_KEY, type Answer } from '../tracking/sending';

const SECONDS = Number(process.env.FAULT_SECONDS ?? 6);
const SOCKETS = Number(process.env.FAULT_SOCKETS ?? 300);
const PEOPLE = Number(process.env.FAULT_PEOPLE ?? 300);
const PAGES_PER_SECOND = 20;
const EVENTS_PER_SECOND = 10_000;
const EVENTS_A_CALL = 100;
const MOST_GROWN_MB = 600;
/** Only what hangs runs into it. */
const PATIENCE = 300_000 + SECONDS * 20_000;
const SLUG = 'overload';

let lab: CampaignLab;
let load: LoadGenerator;
beforeAll(async () => {
  lab = await startCampaignLab({ CRM_EVENTS_PER_SECOND: '2000' });
  load = startLoadGenerator();
  await writePage(lab.app.strapi, { slug: SLUG, lead: '混み合っている間も読めるページです。' });
});
afterAll(async () => {
  load.stop();
  await lab.stop();
});

const countOf = async (name: string): Promise<number> => {
  const [row]: { rows: number | string }[] = await lab
    .db()('crm_events')
    .where({ name })
    .count('* as rows');
  return Number(row?.rows);
};

/** Nobody can write an event until it is let go: the database has stalled. */
async function holdLog(): Promise<() => Promise<void>> {
  let letGo = () => {};
  const until = new Promise<void>((resolve) => (letGo = resolve));
  let done = Promise.resolve();
  await new Promise<void>((isHeld, failed) => {
    done = kernel().inTransaction(lab.app.strapi, async ({ trx }) => {
      // On SQLite whoever has the one connection keeps everybody else from writing.
      if (kernel().isPostgres(trx)) await trx.raw('lock table crm_events in exclusive mode');
      isHeld();
      await until;
    });
    done.catch(failed);
  });
  return async () => {
    letGo();
    await done;
  };
}

/** What may wait, and what the transaction that stands still has in hand. */
const WAITING_CALLS = 50;
const A_CALL = 500;
const CALLS = 60;

const callOf = (number: number) => ({
  batch: Array.from({ length: A_CALL }, (_, index) => ({
    type: 'track',
    anonymousId: `full-${number}`,
    event: 'Queue Full',
    messageId: `full-${number}-${index}`,
  })),
});

it('says when to come back while the queue is full, and loses nothing of what it took', async () => {
  const tell = (number: number) => send(lab.app, 'batch', { body: callOf(number) });
  // The time stands still, so that keys that are known need not be read again.
  kernel().clock(lab.app.strapi).set(new Date());
  const warm = { anonymousId: 'warm', event: 'Warm' };
  expect((await send(lab.app, 'track', { body: warm })).status).toBe(200);
  // Not refused because somebody reads pages, as whoever set this up did a moment ago.
  await expect.poll(() => kernel().isVisited(lab.app.strapi)).toBe(false);
  const letGo = await holdLog();
  const answers: (Answer & { number: number })[] = [];
  const calls = Array.from({ length: CALLS }, async (_, number) => {
    answers.push({ number, ...(await tell(number)) });
  });
  const least = CALLS - WAITING_CALLS - 1;
  await expect.poll(() => answers.length).toBeGreaterThanOrEqual(least);
  await letGo();
  await Promise.all(calls);
  kernel().clock(lab.app.strapi).reset();

  const refused = answers.filter(({ status }) => status !== 200);
  expect([least, least + 1]).toContain(refused.length);
  for (const { status, headers, body } of refused) {
    expect(status).toBe(503);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body).toMatchObject({ error: { code: 'tracking.busy' } });
  }
  expect(await countOf('Queue Full')).toBe((CALLS - refused.length) * A_CALL);
  for (const { number } of refused) expect((await tell(number)).status).toBe(200);
  expect(await countOf('Queue Full')).toBe(CALLS * A_CALL);
});

it(
  'answers pages, sends and keeps what it took under ten times what is promised',
  async () => {
    const page = {
      url: `${lab.app.origin}/articles/${SLUG}`,
      headers: { accept: 'text/html' },
      requests: SECONDS * PAGES_PER_SECOND,
      perSecond: PAGES_PER_SECOND,
    };
    await insertPeople(lab.app, PEOPLE);
    const campaign = await lab.createCampaign();
    const peace = await load.run(page);
    const before = process.memoryUsage.rss();
    const lag = monitorEventLoopDelay({ resolution: 1 });
    lag.enable();
    const flood = startFlood({
      ...{ origin: lab.app.origin, authorization: basic(WRITE_KEY), sockets: SOCKETS },
      ...{ perSecond: EVENTS_PER_SECOND, size: EVENTS_A_CALL },
    });
    expect((await lab.admin.post(`/crm/campaigns/${campaign}/send`)).status).toBe(200);
    const sent = lab.drain();
    // The load generator fails on every answer but 200.
    const flooded = await load.run(page);
    const { answered, taken, unsaid, stood } = await flood.end();
    lag.disable();
    const grown = (process.memoryUsage.rss() - before) / 1e6;
    await sent;
    const other = Object.keys(answered).filter((status) => !['200', '429', '503'].includes(status));
    expect(other, 'taken, or told to wait').toEqual([]);
    expect(unsaid, 'refusals without Retry-After').toBe(0);
    expect(taken).toBeGreaterThan(0);
    expect(await countOf('Product Viewed')).toBeGreaterThanOrEqual(taken);
    expect(grown).toBeLessThan(MOST_GROWN_MB);
    const reached = lab.smtp.mails.map(({ to }) => to[0]).sort();
    expect(reached).toHaveLength(PEOPLE);
    expect(new Set(reached).size).toBe(PEOPLE);
    // And when it is over, it is over.
    const after = { anonymousId: 'after', event: 'After' };
    const told = async () => (await send(lab.app, 'track', { body: after })).status;
    await expect.poll(told).toBe(200);
    tellFaults({
      seconds: SECONDS,
      callsTaken: answered['200'] ?? 0,
      callsToldToWait: (answered['429'] ?? 0) + (answered['503'] ?? 0),
      eventsTaken: taken,
      halfSentSockets: stood,
      pageP99InPeaceMs: Math.round(peace.p99),
      pageP99FloodedMs: Math.round(flooded.p99),
      eventLoopP99Ms: Math.round(lag.percentile(99) / 1e6),
      memoryGrownMb: Math.round(grown),
    });
  },
  PATIENCE,
);

it('lets a server that floods wait while somebody reads pages, and keeps no event of a page out', async () => {
  const batch = Array.from({ length: 2_000 }, (_, place) => ({
    ...{ type: 'track', anonymousId: 'flood', event: 'Flooded', messageId: `flood-${place}` },
  }));
  const floods = () => send(lab.app, 'batch', { body: { batch } });
  // What this address sent in the flood before is forgotten.
  kernel().clock(lab.app.strapi).advance(61_000);
  // Ten seconds' worth, of which at least the first is taken.
  await expect.poll(async () => (await floods()).status).toBe(200);
  await Promise.all(Array.from({ length: 9 }, floods));
  expect(await countOf('Flooded')).toBe(2_000);
  const ofPage = { headers: OWN_PAGE, body: '{"anonymousId":"reader-reader-re","event":"Read"}' };
  const asked = async () => {
    await fetch(`${lab.app.origin}/crm/crm.js`);
    return Promise.all([floods(), send(lab.app, 'track', ofPage)]);
  };
  let [server, page] = await asked();
  // On a slow machine the reader may be gone before the flood comes.
  for (let times = 0; times < 200 && (server.status !== 429 || page.status !== 200); times += 1) {
    [server, page] = await asked();
  }
  expect([server.status, page.status]).toEqual([429, 200]);
  expect(server.body).toMatchObject({ error: { code: 'tracking.busy' } });
  expect(Number(server.headers.get('retry-after'))).toBeGreaterThan(0);
});
