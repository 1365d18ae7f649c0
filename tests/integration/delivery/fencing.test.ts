/** Whoever lost a row has no say about it any more: what she learns late harms nobody's sending. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { compiled } from '../../support/crm';

type Outbox = typeof import('../../../src/plugins/crm/server/delivery/store/outbox');

const LEASE = 5_000;

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

const db = () => app.strapi.db.connection as never as Parameters<Outbox['claimDue']>[0];
const outbox = () => compiled<Outbox>('delivery/store/outbox');
const lane = { campaignId: null, channel: 'email' };
const claim = (owner: string, now: number) =>
  outbox().claimDue(db(), { lane, owner, now, leaseMs: LEASE, limit: 10 });
const handOver = (owner: string, id: number, now: number) =>
  outbox().markHandedOver(db(), [id], { owner, now, leaseMs: LEASE });
const answer = (owner: string, id: number, status: 'accepted' | 'retry' | 'failed', now: number) =>
  outbox().recordSettlements(
    db(),
    [{ id, status, attempts: 1, dueAt: now, providerMessageId: null, error: null }],
    { owner, now },
  );
const statusOf = async (id: number) => {
  const row: { status: string } = await db()('crm_messages').where({ id }).first('status');
  return row.status;
};

let id: number;
beforeEach(async () => {
  await db()('crm_messages').delete();
  await db()('crm_messages').insert({
    channel: 'email',
    stream: 'transactional',
    unique_key: 'fencing',
    address: 'hanako@example.jp',
    locale: 'ja',
    status: 'queued',
    guard_verdict: 'allow',
    retry_key: '0',
    due_at: 0,
    created_at: 0,
  });
  const [row] = await claim('frozen', 1_000);
  id = Number(row?.id);
});

it('a frozen worker neither takes a row back from the one who sends it now, nor closes it', async () => {
  await outbox().releaseExpired(db(), 10_000, []);
  expect(await claim('other', 10_000)).toHaveLength(1);
  expect([...(await handOver('other', id, 10_000))]).toEqual([id]);
  expect([...(await handOver('frozen', id, 10_001))], 'it may not send it').toEqual([]);
  await answer('frozen', id, 'retry', 10_002);
  await answer('frozen', id, 'failed', 10_003);
  await outbox().blockRows(db(), [{ id, reason: 'withdrawn' }], 'frozen');
  await outbox().returnRows(db(), [id], 'frozen', 0);
  expect(await statusOf(id)).toBe('leased');
  expect(await claim('third', 10_004)).toEqual([]);
  await answer('other', id, 'accepted', 10_005);
  expect(await statusOf(id)).toBe('accepted');
});

it('what one was cut off with stays in doubt, whatever one who never handed it over says', async () => {
  await outbox().releaseExpired(db(), 10_000, []);
  await claim('other', 10_000);
  await handOver('other', id, 10_000);
  await outbox().releaseExpired(db(), 20_000, []);
  expect(await statusOf(id)).toBe('unknown');
  await answer('frozen', id, 'retry', 20_001);
  expect(await statusOf(id), 'nobody sends it again by itself').toBe('unknown');
});

it.each(['accepted', 'failed'] as const)(
  'the late answer "%s" of the one who handed it over ends the doubt',
  async (status) => {
    await handOver('frozen', id, 1_000);
    await outbox().releaseExpired(db(), 10_000, []);
    expect(await statusOf(id)).toBe('unknown');
    await answer('frozen', id, status, 10_001);
    expect(await statusOf(id)).toBe(status);
  },
);
