/**
 * In the middle of 2,000 a deploy asks the sender to end, and then it is killed twice: nobody is
 * lost, nobody gets it twice. With `npm run faults` it is killed 200 times in 10,000.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';

import { adminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { campaignInput, createArticle, createSegment, insertPeople } from '../../support/campaign';
import { startCountingSmtp, type CountingSmtp } from '../../support/counting-smtp';
import { tellFaults } from '../../support/fault-report';
import { startSender } from '../../support/sender-process';

const PEOPLE = Number(process.env.FAULT_PEOPLE ?? 2_000);
const KILLS = Number(process.env.FAULT_KILLS ?? 2);
/** A sender that is killed has to be started, and what it held comes free after its lease. */
const LONGEST_MS = 600_000 + KILLS * 60_000;
const CONNECTIONS = 5;

let app: TestApp;
let smtp: CountingSmtp;

beforeAll(async () => {
  smtp = await startCountingSmtp(10);
  app = await startApp();
});
afterAll(async () => {
  await app.stop();
  await smtp.stop();
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

const sender = () =>
  startSender({
    SMTP_PORT: String(smtp.port),
    SMTP_CONNECTIONS: String(CONNECTIONS),
    CRM_LEASE_SECONDS: '5',
  });

/** Slow mails: most of them are still to come when it is asked to end. */
async function endsInOrder(): Promise<void> {
  smtp.slowDown(100);
  const leaving = await sender();
  await smtp.reached(50);
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
    const admin = await adminClient(app);
    const input = campaignInput(await createArticle(app), await createSegment(app));
    const created = await admin.post('/crm/campaigns', input);
    const { documentId } = (created.body as { data: { documentId: string } }).data;
    // This process only watches: the killed one finds the campaign by its sweep.
    await db()('crm_campaigns')
      .where({ document_id: documentId })
      .update({ status: 'sending', started_at: Date.now() });

    const moments = Array.from({ length: KILLS }, (_, kill) =>
      Math.round(((kill + 0.5 + Math.random() / 2) * PEOPLE) / (KILLS + 1)),
    );
    await endsInOrder();
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
