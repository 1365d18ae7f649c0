import { afterAll, beforeAll, expect, it } from 'vitest';

import type * as customersFeature from '../../../src/plugins/crm/server/customers';
import { homeSchema, type Home } from '../../../src/plugins/crm/shared/analytics';
import { adminClient, type AdminClient } from '../../support/admin';
import { compiled, kernel } from '../../support/crm';
import { startLineWorld, type LineWorld } from '../line/world';

const DAY = 86_400_000;

let world: LineWorld;
let admin: AdminClient;
beforeAll(async () => {
  world = await startLineWorld();
  admin = await adminClient(world.app, ['home.read']);
});
afterAll(() => world.stop());

async function home(): Promise<Home> {
  // The numbers are kept for half a minute.
  kernel().clock(world.app.strapi).advance(31_000);
  const { status, body } = await admin.get('/crm/home');
  expect(status, JSON.stringify(body)).toBe(200);
  return homeSchema.parse(body).data;
}

const db = () => world.app.strapi.db.connection;
const now = () => kernel().clock(world.app.strapi).now().getTime();

it('begins with nothing, and five steps to go', async () => {
  const empty = await home();
  expect(empty.customers).toEqual({ total: 0, added: 0, addedBefore: 0 });
  expect(empty.friends).toEqual({ total: 0, linked: 0, added: 0, addedBefore: 0 });
  expect(empty.attention).toEqual([]);
  expect(empty.campaigns).toEqual([]);
  expect(empty.steps.map(({ done }) => done)).toEqual([false, false, false, false, false]);
});

it('counts people and orders in the last 28 days and the 28 before', async () => {
  const { customersService } = compiled<typeof customersFeature>('customers');
  const made = await kernel().inTransaction(world.app.strapi, (unit) =>
    customersService(world.app.strapi).create(unit, { email: 'a@example.jp' }),
  );
  if (!made.ok) throw new Error(made.refusal.code);
  const order = (number: number, daysAgo: number, total: number, status = 'paid') => ({
    order_number: `O-${number}`,
    customer_id: made.value.id,
    ordered_at: now() - daysAgo * DAY,
    status,
    currency: 'JPY',
    total,
  });
  await db()('crm_orders').insert([
    order(1, 1, 3000),
    order(2, 27, 2000),
    order(3, 29, 4000),
    order(4, 57, 9999),
    order(5, 2, 7777, 'cancelled'),
  ]);
  await db()('crm_identities').insert([
    {
      customer_id: made.value.id,
      kind: 'member',
      value: '1',
      created_at: now() - 30 * DAY,
      verified_at: null,
    },
  ]);
  const userId = await world.person();
  await world.act('POST', `users/${userId}/follow`);
  await world.drain();

  const seen = await home();
  expect(seen.customers).toEqual({ total: 1, added: 1, addedBefore: 0 });
  expect(seen.members).toEqual({ total: 1, added: 0, addedBefore: 1 });
  expect(seen.friends).toEqual({ total: 1, linked: 0, added: 1, addedBefore: 0 });
  expect(seen.orders).toEqual({ now: 2, before: 1 });
  expect(seen.revenue).toEqual({ now: 5000, before: 4000 });
  expect(seen.steps.filter(({ done }) => done).map(({ key }) => key)).toEqual([
    'customers',
    'member',
  ]);
});

it('lists what needs a person: lost messages, waiting webhooks, a low quota', async () => {
  const message = (id: number, status: string) => ({
    unique_key: `test:${id}`,
    customer_id: 1,
    channel: 'email',
    stream: 'marketing',
    address: 'a@example.jp',
    locale: 'ja',
    status,
    guard_verdict: 'allow',
    retry_key: `00000000-0000-4000-8000-00000000000${id}`,
    due_at: now(),
    created_at: now(),
  });
  await db()('crm_messages').insert([
    message(1, 'unknown'),
    message(2, 'failed'),
    message(3, 'accepted'),
  ]);
  await world.act('PUT', 'quota', { type: 'limited', value: 100, used: 95 });
  const userId = await world.person();
  await world.act('POST', `users/${userId}/text`, { text: 'もしもし' });
  kernel()
    .clock(world.app.strapi)
    .advance(6 * 60_000);

  const { attention } = await home();
  expect(attention.map(({ kind, count }) => `${kind} ${count}`)).toEqual([
    'unknown-messages 1',
    'failed-messages 1',
    'line-quota-low 5',
    'line-events-waiting 1',
  ]);
  await world.drain();
  await world.act('PUT', 'quota', { type: 'none' });
  const after = await home();
  expect(after.attention.map(({ kind }) => kind)).toEqual(['unknown-messages', 'failed-messages']);
});

it('does not wait for a LINE that does not answer', async () => {
  await world.act('POST', 'faults', { kind: 'timeout' });
  const before = performance.now();
  await home();
  expect(performance.now() - before).toBeLessThan(9_000);
});

it('is for those who may see it', async () => {
  const stranger = await adminClient(world.app, ['settings.read']);
  expect((await stranger.get('/crm/home')).status).toBe(403);
});
