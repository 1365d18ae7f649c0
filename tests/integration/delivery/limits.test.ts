/**
 * What may leave in a time, measured where it arrives: no window of any second holds more mails
 * than the setting, over all and of each provider, though two nodes send (PostgreSQL). A slow carrier
 * holds up nobody else.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';

import { adminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import {
  campaignInput,
  createArticle,
  createSegment,
  deliveryModule,
  insertPeople,
} from '../../support/campaign';
import { startCountingSmtp, type CountingSmtp } from '../../support/counting-smtp';
import { kernel } from '../../support/crm';
import { startNode, type NodeProcess } from '../../support/node-process';

const PEOPLE = 240;
const PER_SECOND = 20;
/** Of the provider for campaigns, and of the one for receipts. */
const BY_MAIN = 15;
const BY_RECEIPTS = 4;
const RECEIPTS = 12;
const AT_CARRIER = 40;
const PER_MINUTE = 6;
const PATIENCE = 600_000;
const isCluster = process.env.TEST_DATABASE === 'postgres';

let app: TestApp;
let here: CountingSmtp;
let there: CountingSmtp;
let receipts: CountingSmtp;
let other: NodeProcess | null = null;

beforeAll(async () => {
  [here, there, receipts] = await Promise.all([
    startCountingSmtp(1),
    startCountingSmtp(1),
    startCountingSmtp(1),
  ]);
  const env = {
    MAIL_PER_SECOND: String(PER_SECOND),
    SMTP_STREAMS: 'marketing',
    SMTP_PER_SECOND: String(BY_MAIN),
    SMTP_2_HOST: '127.0.0.1',
    SMTP_2_PORT: String(receipts.port),
    SMTP_2_STREAMS: 'transactional',
    SMTP_2_PER_SECOND: String(BY_RECEIPTS),
    MAIL_PER_MINUTE_BY_DOMAIN: `docomo.ne.jp|ezweb.ne.jp=${PER_MINUTE}`,
    CRM_LEASE_SECONDS: '60',
  };
  app = await startApp({ env: { ...env, SMTP_PORT: String(here.port) } });
  if (!isCluster) return;
  other = await startNode({ SMTP_PORT: String(there.port), CRM_JOBS_ENABLED: 'true' });
}, PATIENCE);
afterAll(async () => {
  await other?.stop();
  await app.stop();
  await Promise.all([here.stop(), there.stop(), receipts.stop()]);
});

const db = () => app.strapi.db.connection;
const isCarrier = (address: string) => /@(docomo|ezweb)\.ne\.jp$/.test(address);

/** The most mails that any window of this length holds. */
function busiest(times: readonly number[], windowMs: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  let first = 0;
  let most = 0;
  sorted.forEach((time, index) => {
    while ((sorted[first] ?? 0) <= time - windowMs) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

async function sendToAll(): Promise<void> {
  await insertPeople(app, PEOPLE);
  const ids: number[] = await db()('crm_customers').orderBy('id').limit(AT_CARRIER).pluck('id');
  for (const [index, id] of ids.entries()) {
    const email = `p${index}@${index % 2 ? 'docomo' : 'ezweb'}.ne.jp`;
    await db()('crm_customers').where({ id }).update({ email });
  }
  const admin = await adminClient(app);
  const input = campaignInput(await createArticle(app), await createSegment(app));
  const created = await admin.post('/crm/campaigns', input);
  const { documentId } = (created.body as { data: { documentId: string } }).data;
  expect((await admin.post(`/crm/campaigns/${documentId}/send`)).status).toBe(200);
}

const sendReceipts = () =>
  kernel().inTransaction(app.strapi, async (unit) => {
    for (let number = 0; number < RECEIPTS; number += 1) {
      await deliveryModule()
        .deliveryService(app.strapi)
        .enqueueTransactional(unit, {
          channel: 'email',
          address: `receipt${number}@example.jp`,
          locale: 'ja',
          template: 'test.receipt',
          subject: '領収書',
          html: '<p>領収書です。</p>',
          text: '領収書です。',
        });
    }
  });

it(
  'holds the limit in every window, over all nodes, and lets nobody wait for a slow carrier',
  async () => {
    // This node would have sent everything before the other one looks for work.
    if (isCluster) here.slowDown(1_000);
    await sendToAll();
    await sendReceipts();
    const arrivals = () => [...here.arrivals, ...there.arrivals];
    const quick = () => arrivals().filter(({ address }) => !isCarrier(address));
    await expect
      .poll(
        async () => {
          // The sweep of this node; the other one's ticks come by themselves.
          if (there.arrivals.length > 0) here.slowDown(1);
          await kernel().jobs(app.strapi).fire('delivery.outbox-sweep');
          return [quick().length, receipts.arrivals.length];
        },
        { interval: 500, timeout: PATIENCE },
      )
      .toEqual([PEOPLE - AT_CARRIER, RECEIPTS]);

    const moments = ({ at }: { at: number }) => at;
    const [byMain, byOther] = [arrivals().map(moments), receipts.arrivals.map(moments)];
    expect(busiest([...byMain, ...byOther], 1_000)).toBeLessThanOrEqual(PER_SECOND);
    expect(busiest(byMain, 1_000)).toBeLessThanOrEqual(BY_MAIN);
    expect(busiest(byOther, 1_000)).toBeLessThanOrEqual(BY_RECEIPTS);
    // They are limits, and not brakes: some window was full.
    expect(busiest(byMain, 1_000)).toBeGreaterThan(BY_MAIN / 2);
    expect(busiest(byOther, 1_000)).toBeGreaterThan(BY_RECEIPTS / 2);
    if (isCluster) expect(Math.min(here.arrivals.length, there.arrivals.length)).toBeGreaterThan(0);

    const slow = arrivals().filter(({ address }) => isCarrier(address));
    expect(busiest(slow.map(moments), 60_000)).toBeLessThanOrEqual(PER_MINUTE);
    expect(slow.length).toBeGreaterThanOrEqual(PER_MINUTE);
    const waiting: { attempts: number; error: string }[] = await db()('crm_messages')
      .where({ status: 'retry' })
      .select('attempts', 'error');
    expect(waiting.length).toBeGreaterThan(0);
    for (const row of waiting) {
      expect(row.attempts, 'waiting costs no attempt').toBe(0);
      expect(row.error).toBe('limit: docomo.ne.jp|ezweb.ne.jp');
    }
  },
  PATIENCE,
);
