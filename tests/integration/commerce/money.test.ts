/** Payments and returns: what people are worth, their rank and their segments follow at once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { people } from '../customers/people';
import { ORDER_KEY, orderOf, shop } from './shop';

let app: TestApp;
let admin: AdminClient;
let crm: ReturnType<typeof people>;
let tell: ReturnType<typeof shop>['tell'];
let customerId = 0;
beforeAll(async () => {
  app = await startApp();
  admin = await adminClient(app);
  crm = people(app);
  ({ tell } = shop(app));
  customerId = (await crm.create({ customerNumber: 'SHOP-1', email: 'shop@example.jp' })).id;
});
afterAll(() => app.stop());

const totals = () => crm.commerce.totals(customerId);
const lines = async (number: string) =>
  (await crm.commerce.ordersOf(customerId)).find(({ orderNumber }) => orderNumber === number);
const refund = (reference: string, amount: number, more: object = {}) => ({
  reference,
  amount,
  ...more,
});
const payment = (reference: string, amount: number, more: object = {}) => ({
  provider: 'stripe',
  reference,
  method: 'card',
  amount,
  ...more,
});

describe('a return', () => {
  it('lowers what she is worth, her rank and her segments in the same call, once', async () => {
    const tier = (key: string, minimum: number) => ({
      key,
      name: key,
      nameEn: key,
      minimum,
      color: null,
    });
    const rule = { metric: 'spend', months: 12 };
    const saved = await admin.put('/crm/tiers', {
      rule,
      tiers: [tier('regular', 0), tier('gold', 5000)],
    });
    expect(saved.status, JSON.stringify(saved.body)).toBe(200);
    await kernel().jobs(app.strapi).idle();
    const made = await admin.post('/crm/segments', {
      name: 'よく買う人',
      rule: {
        combinator: 'and',
        rules: [
          {
            field: 'orders.productCount',
            operator: 'gte',
            value: { product: 'LP-1', amount: 6, within: null },
          },
        ],
      },
    });
    const { documentId } = (made.body as { data: { documentId: string } }).data;
    const { segmentsService } =
      compiled<typeof import('../../../src/plugins/crm/server/segments')>('segments');
    const standing = async () => ({
      ...(await totals()),
      tier: (await crm.customers.find(customerId))?.tier,
      isIn: await segmentsService(app.strapi).isMember(documentId, customerId),
    });

    await tell('/orders', orderOf('R-1', 6));
    expect(await standing()).toMatchObject({ count: 1, spent: 6000, tier: 'gold', isIn: true });
    const back = refund('RF-1', 2000, {
      reason: '傷があった',
      lines: [{ productCode: 'LP-1', quantity: 2, amount: 2000 }],
    });
    const first = await tell('/orders/R-1/refunds', back);
    expect(first).toMatchObject({ status: 200, data: { total: 4000, outcome: 'created' } });
    const after = { count: 1, spent: 4000, tier: 'regular', isIn: false };
    expect(await standing()).toMatchObject(after);
    // Replayed, and the order told anew: nothing moves.
    expect(await tell('/orders/R-1/refunds', back)).toMatchObject({
      status: 200,
      data: { total: 4000, outcome: 'unchanged' },
    });
    expect((await tell('/orders', orderOf('R-1', 6))).data).toMatchObject({ outcome: 'unchanged' });
    expect(await standing()).toMatchObject(after);
    expect((await lines('R-1'))?.lines).toMatchObject([
      { quantity: 6, returnedQuantity: 2, returnedAmount: 2000 },
    ]);
    await tell('/orders', orderOf('R-1', 6, { status: 'placed' }));
    expect(await standing()).toMatchObject(after);
  });

  it('is of lines that were bought, and of no more pieces than that', async () => {
    await tell(
      '/orders',
      orderOf('R-2', 2, {
        total: 3000,
        lines: [
          { lineId: 'a', productCode: 'LP-2', title: '白', quantity: 1, unitPrice: 1000 },
          { lineId: 'b', productCode: 'LP-2', title: '白', quantity: 2, unitPrice: 1000 },
        ],
      }),
    );
    const back = (reference: string, line: object, amount = 100) =>
      tell('/orders/R-2/refunds', refund(reference, amount, { lines: [{ amount, ...line }] }));
    expect((await back('1', { productCode: 'CD-9', quantity: 1 })).code).toBe(
      'commerce.unknown-line',
    );
    expect((await back('1', { lineId: 'z', quantity: 1 })).code).toBe('commerce.unknown-line');
    expect((await back('1', { productCode: 'LP-2', quantity: 4 })).code).toBe(
      'commerce.return-too-many',
    );
    expect((await back('1', { lineId: 'b', quantity: 2 })).status).toBe(200);
    expect((await back('2', { lineId: 'b', quantity: 1 })).code).toBe('commerce.return-too-many');
    expect((await back('2', { productCode: 'LP-2', quantity: 1 })).status).toBe(200);
    expect((await lines('R-2'))?.lines.map((line) => line.returnedQuantity)).toEqual([1, 2]);
    expect((await back('1', { lineId: 'b', quantity: 2 }, 99)).code).toBe(
      'commerce.refund-differs',
    );
    for (const line of [
      { quantity: 1 },
      { productCode: 'LP-2', quantity: 0 },
      { productCode: 'LP-2', quantity: -1 },
      { productCode: 'LP-2', quantity: 1, amount: -5 },
      { productCode: 'LP-2', quantity: 1, amount: 500 },
    ]) {
      const body = refund('bad', 100, { lines: [{ amount: 1, ...line }] });
      expect((await tell('/orders/R-2/refunds', body)).status).toBe(400);
    }
  });
});

describe('a payment', () => {
  it('makes a placed order paid, bounds what may be given back, and is one by its reference', async () => {
    await tell('/orders', orderOf('P-1', 3, { status: 'placed' }));
    const of = (path: string, body: object) => tell(`/orders/P-1/${path}`, body);
    expect((await of('refunds', refund('x', 1))).code).toBe('commerce.refund-too-large');
    expect((await of('payments', payment('pi_1', 2000))).data).toMatchObject({ status: 'placed' });
    expect((await of('refunds', refund('x', 2001))).code).toBe('commerce.refund-too-large');
    const rest = payment('pi_2', 1000, { method: 'konbini', status: 'pending' });
    expect((await of('payments', rest)).data).toMatchObject({ status: 'placed' });
    const paid = { ...rest, status: 'paid', paidAt: '2026-11-02T10:00:00+09:00' };
    expect((await of('payments', paid)).data).toMatchObject({ status: 'paid', outcome: 'updated' });
    expect((await of('payments', paid)).data).toMatchObject({ outcome: 'unchanged' });
    expect((await of('refunds', refund('x', 2500))).data).toMatchObject({ total: 500 });
    // A payment that came back after the money was given back must be looked at by a person.
    expect((await of('payments', { ...paid, status: 'cancelled' })).code).toBe(
      'commerce.refund-too-large',
    );
    await tell('/orders', orderOf('P-2', 1));
    expect((await tell('/orders/P-2/payments', payment('pi_1', 1000))).code).toBe(
      'commerce.payment-elsewhere',
    );
    expect((await tell('/orders/nothing/payments', payment('pi_3', 1000))).status).toBe(404);
    const [order] = await crm.commerce.detailsOf(
      (await crm.commerce.ordersOf(customerId)).filter(({ orderNumber }) => orderNumber === 'P-1'),
    );
    expect(order?.payments.map(({ method, amount, status }) => [method, amount, status])).toEqual([
      ['card', 2000, 'paid'],
      ['konbini', 1000, 'paid'],
    ]);
  });

  it('told late changes nothing', async () => {
    await tell('/orders', orderOf('P-3', 1, { status: 'placed' }));
    const told = (status: string, day: number) =>
      tell('/orders/P-3/payments', {
        ...payment('pi_late', 1000, { status }),
        updatedAt: `2026-11-0${day}T00:00:00Z`,
      });
    expect((await told('paid', 3)).data).toMatchObject({ status: 'paid', outcome: 'created' });
    expect((await told('pending', 2)).data).toMatchObject({ status: 'paid', outcome: 'ignored' });
    expect((await told('cancelled', 4)).data).toMatchObject({
      status: 'placed',
      outcome: 'updated',
    });
  });
});

describe('attacks', () => {
  it('two refunds at once never give back more than was paid', async () => {
    await tell('/orders', orderOf('RACE', 10));
    const before = (await totals()).spent;
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        tell('/orders/RACE/refunds', refund(`race-${index}`, 3000)),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200, 200, 200, 409, 409, 409, 409, 409,
    ]);
    expect((await totals()).spent).toBe(before - 9000);
    const [order] = await crm.commerce.detailsOf(
      (await crm.commerce.ordersOf(customerId)).filter(({ orderNumber }) => orderNumber === 'RACE'),
    );
    expect(order?.refunds).toHaveLength(3);
  });

  it('one key at once is one call; another key holder does not get its answer', async () => {
    const order = orderOf('KEY-1', 1);
    const options = { idempotencyKey: 'same' };
    const both = await Promise.all([
      tell('/orders', order, options),
      tell('/orders', order, options),
    ]);
    expect(both.map(({ data }) => data)).toEqual([
      { orderNumber: 'KEY-1', outcome: 'created' },
      { orderNumber: 'KEY-1', outcome: 'created' },
    ]);
    const changed = { ...order, total: 5 };
    expect(await tell('/orders', changed, options)).toMatchObject({
      status: 422,
      code: 'commerce.key-reused',
    });
    const made = await admin.post('/crm/tracking/keys', { name: '二号店', scope: 'orders' });
    const { key } = (made.body as { data: { key: string } }).data;
    expect(await tell('/orders', order, { ...options, key })).toMatchObject({
      data: { outcome: 'unchanged' },
    });
    // Kept for thirty days, and not for ever.
    const { connection } = app.strapi.db;
    expect(await connection('crm_order_calls')).not.toEqual([]);
    kernel()
      .clock(app.strapi)
      .set(new Date(Date.now() + 31 * 86_400_000));
    await kernel().jobs(app.strapi).fire('commerce.forget-calls');
    kernel().clock(app.strapi).reset();
    expect(await connection('crm_order_calls')).toEqual([]);
  });

  it('a key for events never opens orders, nor the other way round', async () => {
    const key = async (scope: string) => {
      const { body } = await admin.post('/crm/tracking/keys', { name: scope, scope });
      return (body as { data: { key: string } }).data.key;
    };
    const [events, orders] = [await key('events'), await key('orders')];
    for (const wrong of [events, 'test-write-key', `${ORDER_KEY}x`, '']) {
      expect(await tell('/orders', orderOf('NO', 1), { key: wrong })).toMatchObject({
        status: 401,
        code: 'commerce.write-key',
      });
    }
    expect((await tell('/orders', orderOf('YES', 1), { key: orders })).status).toBe(200);
    const track = (writeKey: string) =>
      fetch(`${app.origin}/api/crm/track/v1/track`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
        },
        body: JSON.stringify({ userId: 'SHOP-1', event: 'X' }),
      });
    expect((await track(orders)).status).toBe(401);
    expect((await track(events)).status).toBe(200);
    const { body } = await admin.get('/crm/tracking/keys');
    const { data } = body as { data: { id: number; name: string }[] };
    const id = data.find(({ name }) => name === 'orders')?.id ?? 0;
    const next = await admin.post(`/crm/tracking/keys/${id}/replace`, {});
    const replaced = (next.body as { data: { key: string } }).data.key;
    expect((await tell('/orders', orderOf('YES', 1), { key: replaced })).status).toBe(200);
  });

  it('amounts that are no amounts, other currencies and endless orders are refused', async () => {
    const before = await totals();
    const line = { productCode: 'a', title: 'a', quantity: 1, unitPrice: 1 };
    const wrong: object[] = [
      { total: -1 },
      { total: 1e15 },
      { total: 1.5 },
      { total: '5' },
      { currency: 'USD' },
      { orderNumber: 'a\u0000b' },
      { orderedAt: 'soon' },
      { lines: [{ ...line, quantity: -1 }] },
      { lines: [{ ...line, quantity: 3e9 }] },
      { lines: [{ ...line, quantity: 1e6, unitPrice: 1e12 }] },
      { lines: Array.from({ length: 10_000 }, () => line) },
    ];
    for (const change of wrong) {
      const { status } = await tell('/orders', orderOf('BAD', 1, change));
      expect([400, 413], JSON.stringify(change).slice(0, 80)).toContain(status);
    }
    expect((await tell('/orders/YES/refunds', refund('neg', -1))).status).toBe(400);
    expect((await tell('/orders/YES/payments', payment('neg', -1))).status).toBe(400);
    const dollars = payment('usd', 1, { currency: 'USD' });
    expect((await tell('/orders/YES/payments', dollars)).status).toBe(400);
    expect(await totals()).toEqual(before);
  });
});
