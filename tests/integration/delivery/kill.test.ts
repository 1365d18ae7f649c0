/**
 * In the middle of writing the rows of 2,000 the node that does it is asked to end. In the middle of
 * sending, a deploy asks the sender to end, on both engines, and then it is killed twice: nobody is
 * lost, nobody gets it twice. With `npm run faults` it is killed 200 times in 10,000.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';

import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { campaignInput, createArticle, createSegment, insertPeople } from '../../support/campaign';
import { startCountingSmtp, type CountingSmtp } from '../../support/counting-smtp';
import { kernel } from '../../support/crm';
import { tellFaults } from '../../support/fault-report';
import { startRedisServer, type RedisServer } from '../../support/redis-server';
import { startSender } from '../../support/sender-process';

const PEOPLE = Number(process.env.FAULT_PEOPLE ?? 2_000);
const KILLS = Number(process.env.FAULT_KILLS ?? 2);
/** A sender that is killed has to be started, and what it held comes free after its lease. */
const LONGEST_MS = 600_000 + KILLS * 60_000;
const CONNECTIONS = 5;

const isPostgres = process.env.TEST_DATABASE === 'postgres';

let app: TestApp;
let admin: AdminClient;
let smtp: CountingSmtp;
let redis: RedisServer;

beforeAll(async () => {
  smtp = await startCountingSmtp(10);
  redis = await startRedisServer();
  app = await startApp();
  admin = await adminClient(app);
});
afterAll(async () => {
  await app.stop();
  await smtp.stop();
  await redis.stop();
});

const db = () => app.strapi.db.connection;

async function countOf(statuses: readonly string[]): Promise<number> {
  const [row]: { people: number | string }[] = await db()('crm_messages')
    .whereIn('status', [...statuses])
    .count('* as people');
  return Number(row?.people);
}

/** The senders are other processes: what they have written is looked up again and again. */
const settled = (statuses: readonly string[], count: number) =>
  expect.poll(() => countOf(statuses), { interval: 100, timeout: LONGEST_MS }).toBe(count);

const sender = (env: Readonly<Record<string, string>> = {}) =>
  startSender({
    SMTP_PORT: String(smtp.port),
    SMTP_CONNECTIONS: String(CONNECTIONS),
    CRM_LEASE_SECONDS: '5',
    ...env,
  });

/**
 * This process writes the rows of a campaign and is asked to end meanwhile: the range it is at is
 * written, and the rest is for whoever sweeps next.
 */
async function leavesTheRowsToOthers(documentId: string): Promise<void> {
  const held = isPostgres ? await db().transaction() : null;
  await held?.raw('lock table crm_messages in share row exclusive mode');
  expect((await admin.post(`/crm/campaigns/${documentId}/send`)).status).toBe(200);
  if (held) await waitsForMessages();
  const stopping = kernel().jobs(app.strapi).stop();
  await held?.commit();
  await stopping;
  const campaign = await db()('crm_campaigns').where({ document_id: documentId }).first();
  if (!held) return;
  expect(campaign).toMatchObject({ status: 'sending', expanded_at: null });
  expect(Number(campaign.expansion_cursor)).toBeGreaterThan(0);
}

/** Whoever writes the rows stands before the table that we hold. */
const waitsForMessages = () =>
  expect
    .poll(async () => {
      const { rows } = await db().raw(
        `select 1 from pg_locks where not granted and relation = 'crm_messages'::regclass`,
      );
      return (rows as unknown[]).length;
    })
    .toBe(1);

/** Slow mails: most of them are still to come when it is asked to end. */
async function endsInOrder(env: Readonly<Record<string, string>> = {}): Promise<void> {
  smtp.slowDown(100);
  const leaving = await sender(env);
  await smtp.reached(smtp.total() + 50);
  expect(await leaving.end()).toBe(0);
  expect(await countOf(['leased', 'unknown'])).toBe(0);
  expect(await countOf(['accepted'])).toBe(smtp.total());
  expect(smtp.total()).toBeLessThan(PEOPLE / 2);
  smtp.slowDown(10);
}

it(
  'loses no one and doubles no one',
  async () => {
    await insertPeople(app, PEOPLE);
    const input = campaignInput(await createArticle(app), await createSegment(app));
    const created = await admin.post('/crm/campaigns', input);
    const { documentId } = (created.body as { data: { documentId: string } }).data;
    await leavesTheRowsToOthers(documentId);
    // From here on this process only watches: the others find the campaign by their sweeps.

    await endsInOrder();
    // What the first did not hand back, the second could take in ten minutes only.
    const bullmq = { CRM_REDIS_URL: redis.url, CRM_JOBS_LOCK_SECONDS: '600' };
    for (const times of isPostgres ? [1, 2] : []) {
      await endsInOrder(bullmq);
      expect(smtp.total(), `sent after ${times}`).toBeGreaterThan(50 * times);
    }
    const before = smtp.total();
    const moments = Array.from({ length: KILLS }, (_, kill) =>
      Math.round(before + ((kill + 0.5 + Math.random() / 2) * (PEOPLE - before)) / (KILLS + 1)),
    );
    for (const moment of moments) {
      const doomed = await sender();
      await smtp.reached(moment);
      await doomed.kill();
    }
    const survivor = await sender();
    await settled(['accepted', 'unknown'], PEOPLE);

    const unknown: { id: number; address: string }[] = await db()('crm_messages')
      .where({ status: 'unknown' })
      .select('id', 'address');
    expect(Math.max(...smtp.deliveries.values()), `killed at ${moments.join()}`).toBe(1);
    expect(unknown.length).toBeLessThanOrEqual(CONNECTIONS * KILLS);
    const reached = new Set([...smtp.deliveries.keys(), ...unknown.map(({ address }) => address)]);
    expect(reached.size).toBe(PEOPLE);

    // A person looks the doubtful ones up with the provider and decides: then all have it, once.
    for (const { id, address } of unknown) {
      const decision = smtp.deliveries.has(address) ? 'sent' : 'resend';
      expect((await admin.post(`/crm/messages/${id}/decide`, { decision })).status).toBe(200);
    }
    await settled(['accepted'], PEOPLE);
    await survivor.kill();
    expect(smtp.deliveries.size).toBe(PEOPLE);
    expect([...smtp.deliveries.values()].every((times) => times === 1)).toBe(true);
    tellFaults({ kills: KILLS, mails: PEOPLE, inDoubt: unknown.length, lost: 0, doubled: 0 });
  },
  LONGEST_MS,
);
