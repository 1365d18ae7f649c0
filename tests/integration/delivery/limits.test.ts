/**
 * What may leave in a time, measured where it arrives: no window of any second holds more mails
 * than the setting, though two nodes send (PostgreSQL). A slow carrier holds up nobody else.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';

import { adminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { campaignInput, createArticle, createSegment, insertPeople } from '../../support/campaign';
import { startCountingSmtp, type CountingSmtp } from '../../support/counting-smtp';
import { kernel } from '../../support/crm';
import { startNode, type NodeProcess } from '../../support/node-process';

const PEOPLE = 240;
const PER_SECOND = 20;
const AT_CARRIER = 40;
const PER_MINUTE = 6;
const PATIENCE = 600_000;
const isCluster = process.env.TEST_DATABASE === 'postgres';

let app: TestApp;
let here: CountingSmtp;
let there: CountingSmtp;
let other: NodeProcess | null = null;

beforeAll(async () => {
  [here, there] = await Promise.all([startCountingSmtp(1), startCountingSmtp(1)]);
  const env = {
    MAIL_PER_SECOND: String(PER_SECOND),
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
  await Promise.all([here.stop(), there.stop()]);
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

it(
  'holds the limit in every window, over all nodes, and lets nobody wait for a slow carrier',
  async () => {
    // This node would have sent everything before the other one looks for work.
    if (isCluster) here.slowDown(1_000);
    await sendToAll();
    const arrivals = () => [...here.arrivals, ...there.arrivals];
    const quick = () => arrivals().filter(({ address }) => !isCarrier(address));
    await expect
      .poll(
        async () => {
          // The sweep of this node; the other one's ticks come by themselves.
          if (there.arrivals.length > 0) here.slowDown(1);
          await kernel().jobs(app.strapi).fire('delivery.outbox-sweep');
          return quick().length;
        },
        { interval: 500, timeout: PATIENCE },
      )
      .toBe(PEOPLE - AT_CARRIER);

    const times = arrivals().map(({ at }) => at);
    expect(busiest(times, 1_000)).toBeLessThanOrEqual(PER_SECOND);
    // It is a limit, and not a brake: some window was full.
    expect(busiest(times, 1_000)).toBeGreaterThan(PER_SECOND / 2);
    if (isCluster) expect(Math.min(here.arrivals.length, there.arrivals.length)).toBeGreaterThan(0);

    const slow = arrivals().filter(({ address }) => isCarrier(address));
    expect(
      busiest(
        slow.map(({ at }) => at),
        60_000,
      ),
    ).toBeLessThanOrEqual(PER_MINUTE);
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
