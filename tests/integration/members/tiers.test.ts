/** Tiers by rule: every metric, both ways, previewed before it is saved, with its history. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { registerMember } from '../../support/member';
import { flushMails } from '../../support/site-browser';

type Customers = typeof import('../../../src/plugins/crm/server/customers');
type Commerce = typeof import('../../../src/plugins/crm/server/commerce');
type Tracking = typeof import('../../../src/plugins/crm/server/tracking');

const NOW = Date.parse('2026-08-31T12:00:00+09:00');

let smtp: FakeSmtp;
let app: TestApp;
let admin: AdminClient;

beforeAll(async () => {
  smtp = await startFakeSmtp();
  app = await startApp({ env: { SMTP_PORT: String(smtp.port) } });
  admin = await adminClient(app);
});
afterAll(async () => {
  await flushMails(app);
  await app.stop();
  await smtp.stop();
});

const customers = () => compiled<Customers>('customers').customersService(app.strapi);
const clock = () => kernel().clock(app.strapi);
const dataOf = <T>(answer: { body: unknown }): T => (answer.body as { data: T }).data;

const TIERS = [
  { key: 'regular', name: 'レギュラー', nameEn: 'Regular', minimum: 0, color: '#6B7280' },
  { key: 'silver', name: 'シルバー', nameEn: 'Silver', minimum: 10_000, color: null },
  { key: 'gold', name: 'ゴールド', nameEn: 'Gold', minimum: 30_000, color: null },
];
const SPEND = { metric: 'spend', months: 12 };
const settings = (rule: object = SPEND, minimums = [0, 10_000, 30_000]) => ({
  rule,
  tiers: TIERS.map((tier, index) => ({ ...tier, minimum: minimums[index] })),
});
const save = async (rule?: object, minimums?: number[]) => {
  const answer = await admin.put('/crm/tiers', settings(rule, minimums));
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  await kernel().jobs(app.strapi).idle();
};

beforeEach(async () => {
  clock().set(new Date(NOW));
  await app.strapi.db.connection('crm_customers').update({ tier: 'regular', tier_locked: false });
  await app.strapi.db.connection('crm_orders').delete();
  await app.strapi.db.connection('crm_member_events').where({ type: 'tier-changed' }).delete();
  await save();
});

let number = 0;
async function person(): Promise<number> {
  number += 1;
  const created = await kernel().inTransaction(app.strapi, (unit) =>
    customers().create(unit, { familyName: `客${number}`, customerNumber: `T-${number}` }),
  );
  if (!created.ok) throw new Error(created.refusal.code);
  return created.value.id;
}
const tierOf = async (id: number) => (await customers().find(id))?.tier;

async function order(
  customerId: number,
  total: number,
  more: { status?: 'paid' | 'refunded' | 'cancelled'; number?: string; at?: string } = {},
) {
  number += 1;
  const orderNumber = more.number ?? `O-${number}`;
  await kernel().inTransaction(app.strapi, (unit) =>
    compiled<Commerce>('commerce')
      .commerceService(app.strapi)
      .recordOrders(unit, [
        {
          orderNumber,
          customerId,
          orderedAt: more.at ? new Date(more.at) : clock().now(),
          status: more.status ?? 'paid',
          total,
          lines: [],
        },
      ]),
  );
  return orderNumber;
}

describe('a tier by spend', () => {
  it('rises with an order and falls with its refund or cancellation', async () => {
    const id = await person();
    const first = await order(id, 12_000);
    expect(await tierOf(id)).toBe('silver');
    const second = await order(id, 20_000);
    expect(await tierOf(id)).toBe('gold');
    await order(id, 20_000, { number: second, status: 'refunded' });
    expect(await tierOf(id)).toBe('silver');
    await order(id, 12_000, { number: first, status: 'cancelled' });
    expect(await tierOf(id)).toBe('regular');
    const { history } = dataOf<{ history: { from: string; to: string; cause: string }[] }>(
      await admin.get(`/crm/members/${id}/tier`),
    );
    expect(history.map(({ from, to }) => `${from}>${to}`)).toEqual([
      'silver>regular',
      'gold>silver',
      'silver>gold',
      'regular>silver',
    ]);
  });

  it('counts calendar months where the site is', async () => {
    const id = await person();
    await order(id, 12_000, { at: '2026-08-31T00:00:00+09:00' });
    expect(await tierOf(id)).toBe('silver');
    const sweep = () => kernel().jobs(app.strapi).fire('members.sweep');
    // Twelve months on: the 31st of August a year later still reaches back to it.
    clock().set(new Date('2027-08-31T23:59:00+09:00'));
    await sweep();
    expect(await tierOf(id)).toBe('silver');
    clock().set(new Date('2027-09-01T00:00:00+09:00'));
    await sweep();
    expect(await tierOf(id)).toBe('regular');
  });

  it('stays where a person fixed it, with her name in the history, until it is given back', async () => {
    const id = await person();
    const set = (body: object) => admin.put(`/crm/members/${id}/tier`, body);
    expect((await set({ tier: 'gold', locked: true })).status).toBe(200);
    await order(id, 12_000);
    expect(await tierOf(id)).toBe('gold');
    expect((await set({ tier: 'gold', locked: false })).status).toBe(200);
    expect(await tierOf(id)).toBe('silver');
    const { history } = dataOf<{ history: object[] }>(await admin.get(`/crm/members/${id}/tier`));
    expect(history).toMatchObject([
      { from: 'gold', to: 'silver', cause: 'rule', by: null },
      { from: 'regular', to: 'gold', cause: 'person', by: 'Admin Test' },
    ]);
    expect((await set({ tier: 'diamond', locked: true })).status).toBe(404);
    const reader = await adminClient(app, ['customers.read']);
    expect(
      (await reader.put(`/crm/members/${id}/tier`, { tier: 'gold', locked: true })).status,
    ).toBe(403);
  });

  it('keeps a change that came past the rule, once', async () => {
    const id = await person();
    const update = () =>
      kernel().inTransaction(app.strapi, (unit) =>
        customers().update(unit, id, { tier: 'gold', tierLocked: true }),
      );
    await update();
    await update();
    const { history } = dataOf<{ history: object[] }>(await admin.get(`/crm/members/${id}/tier`));
    expect(history).toMatchObject([{ from: 'regular', to: 'gold', cause: 'person' }]);
  });
});

describe('other rules', () => {
  it('count orders, visits or points', async () => {
    const id = await person();
    await save({ metric: 'orders', months: 3 }, [0, 2, 5]);
    await order(id, 100);
    expect(await tierOf(id)).toBe('regular');
    await order(id, 100);
    expect(await tierOf(id)).toBe('silver');

    await save({ metric: 'visits', months: null }, [0, 1, 3]);
    expect(await tierOf(id)).toBe('regular');
    const tracking = compiled<Tracking>('tracking').trackingService(app.strapi);
    await tracking.trackServerSide({ customerId: id, name: 'Store Visited' });
    await tracking.trackServerSide({ customerId: id, name: 'Product Viewed' });
    await kernel().drainEvents(app.strapi);
    expect(await tierOf(id)).toBe('silver');

    await save({ metric: 'points', months: null }, [0, 50, 100]);
    expect(await tierOf(id)).toBe('regular');
    const token = await app.strapi.service('admin::api-token').create({
      name: 'till',
      description: '',
      type: 'custom',
      permissions: ['plugin::crm.member-points.add'],
      lifespan: null,
    });
    const add = async (points: number, reference: string, key = String(token.accessKey)) => {
      const answer = await fetch(`${app.origin}/api/crm/points`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ customer: { id }, points, reference }),
      });
      return { status: answer.status, json: (await answer.json()) as unknown };
    };
    expect((await add(60, 'r-1', 'forged')).status).toBe(401);
    expect(await add(60, 'r-1')).toMatchObject({ json: { data: { balance: 60 } } });
    expect(await add(60, 'r-1')).toMatchObject({ json: { data: { balance: 60 } } });
    expect(await tierOf(id)).toBe('silver');
    // Spending points costs no rank.
    expect(await add(-60, 'r-2')).toMatchObject({ json: { data: { balance: 0 } } });
    expect(await tierOf(id)).toBe('silver');
  });
});

describe('editing the rule', () => {
  it('says first how many would move, and moves just those', async () => {
    const [low, middle, high, fixed] = [
      await person(),
      await person(),
      await person(),
      await person(),
    ];
    await order(low, 4_000);
    await order(middle, 12_000);
    await order(high, 50_000);
    await admin.put(`/crm/members/${fixed}/tier`, { tier: 'gold', locked: true });
    const people = await app.strapi.db.connection('crm_customers').count({ n: '*' }).first();
    const wish = settings(SPEND, [0, 3_000, 60_000]);
    const preview = dataOf<Record<string, unknown>>(await admin.post('/crm/tiers/preview', wish));
    expect(preview).toMatchObject({ up: 1, down: 1, locked: 1, same: Number(people?.n) - 3 });
    expect(preview.moves).toEqual(
      expect.arrayContaining([
        { from: 'regular', to: 'silver', people: 1 },
        { from: 'gold', to: 'silver', people: 1 },
      ]),
    );
    expect(await tierOf(low)).toBe('regular');

    await save(SPEND, [0, 3_000, 60_000]);
    const tiers = await Promise.all([low, middle, high, fixed].map(tierOf));
    expect(tiers).toEqual(['silver', 'silver', 'silver', 'gold']);
    expect(dataOf<object>(await admin.get('/crm/tiers'))).toMatchObject({ isApplying: false });
  });

  it('puts everybody where the last save says, also when one before is still under way', async () => {
    const db = app.strapi.db.connection;
    const many: number[] = [];
    while (many.length < 700) {
      const id = await person();
      many.push(id);
      const order_number = `M-${id}`;
      const paid = { ordered_at: NOW, status: 'paid', currency: 'JPY', total: 5_000 };
      await db('crm_orders').insert({ order_number, customer_id: id, ...paid });
    }
    await db('crm_customers').whereIn('id', many).update({ tier: 'gold' });
    const [first, second] = [settings(), settings(SPEND, [0, 3_000, 60_000])];
    expect((await admin.put('/crm/tiers', first)).status).toBe(200);
    expect((await admin.put('/crm/tiers', second)).status).toBe(200);
    await kernel().jobs(app.strapi).idle();
    const tiers = await db('crm_customers').whereIn('id', many).distinct('tier').pluck('tier');
    expect(tiers).toEqual(['silver']);
    expect(dataOf<object>(await admin.get('/crm/tiers'))).toMatchObject({ isApplying: false });
  });

  it.each([
    ['the lowest asks for something', [5, 10, 20], 400],
    ['one asks for less than the one below', [0, 20, 10], 400],
    ['two ask for the same', [0, 10, 10], 400],
    ['one is negative', [0, -1, 10], 400],
  ])('is refused when %s', async (_, minimums, status) => {
    expect((await admin.post('/crm/tiers/preview', settings(SPEND, minimums))).status).toBe(status);
    expect((await admin.put('/crm/tiers', settings(SPEND, minimums))).status).toBe(status);
  });

  it('keeps a tier that somebody is in, and refuses unknown rules and other people', async () => {
    const id = await person();
    await order(id, 50_000);
    const without = { rule: SPEND, tiers: TIERS.slice(0, 2) };
    expect((await admin.put('/crm/tiers', without)).status).toBe(409);
    expect((await admin.put('/crm/tiers', settings({ metric: 'luck', months: 1 }))).status).toBe(
      400,
    );
    const reader = await adminClient(app, ['customers.read', 'members.manage']);
    expect((await reader.get('/crm/tiers')).status).toBe(403);
  });
});

it('shows a member her tier, what is missing and how it went', async () => {
  const { browser } = await registerMember(app, smtp, 'rank@example.jp');
  const id = (await customers().findByIdentity('email', 'rank@example.jp'))?.id ?? 0;
  await order(id, 12_000);
  const page = await browser.get('/m/me');
  for (const text of ['シルバー', '過去12か月の', '12,000', '18,000でゴールド', 'ランクの履歴']) {
    expect(page.text.replaceAll('￥', '')).toContain(text);
  }
  const english = await browser.get('/m/me?lang=en');
  expect(english.text).toContain('Silver');
  expect(english.text).toContain('History of your tier');
});
