import { afterAll, beforeAll, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { people } from '../customers/people';

let app: TestApp;
let crm: ReturnType<typeof people>;
let customerId = 0;
beforeAll(async () => {
  app = await startApp();
  crm = people(app);
  const made = await crm.unit((unit) =>
    crm.customers.create(unit, { customerNumber: 'API-1', email: 'api@example.jp' }),
  );
  if (!made.ok) throw new Error(made.refusal.code);
  customerId = made.value.id;
});
afterAll(() => app.stop());

async function post(path: string, body: object, key = '', writeKey = 'test-key-for-orders') {
  const response = await fetch(`${app.origin}/api/crm/orders/v1/orders${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
      ...(key ? { 'idempotency-key': key } : {}),
    },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { data: unknown; error?: { code: string } };
  return [response.status, answer.error?.code ?? answer.data];
}
const order = (orderNumber: string, total: number) => ({
  orderNumber,
  customerNumber: 'API-1',
  orderedAt: '2026-11-01T10:00:00+09:00',
  total,
  lines: [{ productCode: 'LP-1', title: '盤', quantity: 1, unitPrice: total }],
});
const totals = () => crm.commerce.totals(customerId);

it('the same webhook twice is one order, under a key or not', async () => {
  const first = await post('', order('W-1', 3000), 'k1');
  expect(first).toEqual([200, { orderNumber: 'W-1', outcome: 'created' }]);
  expect(await post('', order('W-1', 3000), 'k1')).toEqual(first);
  expect(await post('', order('W-1', 3000))).toEqual([
    200,
    { orderNumber: 'W-1', outcome: 'unchanged' },
  ]);
  expect(await post('', order('W-1', 9000), 'k1')).toEqual([422, 'commerce.key-reused']);
  const twice = await Promise.all([post('', order('W-2', 500)), post('', order('W-2', 500))]);
  expect(twice.map(([status]) => status)).toEqual([200, 200]);
  expect(await totals()).toMatchObject({ count: 2, spent: 3500 });
});

it('a refund lowers what a person is worth, once, and outlives the order told anew', async () => {
  await post('', order('R-1', 10_000));
  const before = (await totals()).spent;
  const refund = { reference: 'RF-1', amount: 4000 };
  expect(await post('/R-1/refunds', refund)).toEqual([
    200,
    { orderNumber: 'R-1', status: 'paid', total: 6000, outcome: 'created' },
  ]);
  expect(await post('/R-1/refunds', refund)).toEqual([
    200,
    { orderNumber: 'R-1', status: 'paid', total: 6000, outcome: 'unchanged' },
  ]);
  await post('', order('R-1', 10_000));
  expect((await totals()).spent).toBe(before - 4000);
  expect(await post('/R-1/refunds', { reference: 'RF-2', amount: 7000 })).toEqual([
    409,
    'commerce.refund-too-large',
  ]);
  expect(await post('/R-1/refunds', { reference: 'RF-2', amount: 6000 })).toMatchObject([
    200,
    { status: 'refunded' },
  ]);
  expect((await totals()).spent).toBe(before - 10_000);
});

it('strangers, unknown people and orders, and broken bodies are refused', async () => {
  expect(await post('', order('X-1', 1), '', 'wrong')).toEqual([401, 'commerce.write-key']);
  expect(await post('', { ...order('X-1', 1), customerNumber: 'nobody' })).toEqual([
    422,
    'commerce.unknown-customer',
  ]);
  expect(await post('/nothing/refunds', { reference: 'a', amount: 1 })).toEqual([
    404,
    'commerce.unknown-order',
  ]);
  expect((await post('', { ...order('X-1', 1.5) }))[0]).toBe(400);
  expect((await post('/W-1/refunds', { reference: 'a', amount: -1 }))[0]).toBe(400);
});
