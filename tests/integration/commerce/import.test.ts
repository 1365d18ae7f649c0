import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { bring, counts, CUSTOMERS, ORDERS, reasons } from '../customers/importing';
import { people } from '../customers/people';

let app: TestApp;
let admin: AdminClient;
let crm: ReturnType<typeof people>;
beforeAll(async () => {
  app = await startApp();
  crm = people(app);
  admin = await adminClient(app);
});
afterAll(() => app.stop());

const byNumber = (number: string) => crm.customers.findByIdentity('customer-number', number);

describe('orders in a file', () => {
  const heading =
    'orderNumber,customerNumber,orderedAt,status,productCode,productTitle,quantity,unitPrice,total';
  const rows = [
    'O-1,C-1,2026-01-05T10:00:00+09:00,completed,P1,青い夜,2,1500,3500',
    'O-1,C-1,2026-01-05T10:00:00+09:00,completed,P2,白い朝,1,500,3500',
    'O-2,C-1,2026/02/01 09:30,cancelled,P1,青い夜,1,1500,1500',
    'O-3,C-2,20260301,paid,P3,,1,"¥12,300",',
  ];
  const file = [heading, ...rows].join('\n');

  it('become orders with lines and sums; the same order twice is one order', async () => {
    await bring(admin, CUSTOMERS, 'customerNumber\nC-1\nC-2\n');
    expect(counts(await bring(admin, ORDERS, file))).toEqual([3, 0, 0, 0]);
    expect(counts(await bring(admin, ORDERS, file))).toEqual([0, 0, 3, 0]);
    expect(counts(await bring(admin, ORDERS, [file, rows[0], rows[1]].join('\n')))).toEqual([
      0, 0, 3, 0,
    ]);
    const id = (await byNumber('C-1'))?.id ?? 0;
    const orders = await crm.commerce.ordersOf(id);
    expect(orders.map(({ orderNumber, status, total }) => [orderNumber, status, total])).toEqual([
      ['O-2', 'cancelled', 1500],
      ['O-1', 'paid', 3500],
    ]);
    expect(orders[1]?.lines).toEqual([
      { productCode: 'P1', title: '青い夜', quantity: 2, unitPrice: 1500 },
      { productCode: 'P2', title: '白い朝', quantity: 1, unitPrice: 500 },
    ]);
    expect(await crm.commerce.totals(id)).toEqual({
      count: 1,
      spent: 3500,
      lastOrderedAt: Date.parse('2026-01-05T10:00:00+09:00'),
    });
    expect(await crm.commerce.totals((await byNumber('C-2'))?.id ?? 0)).toMatchObject({
      spent: 12300,
    });
  });

  it('that are broken are kept out whole', async () => {
    const result = await bring(
      admin,
      ORDERS,
      [
        heading,
        'Q-1,C-1,2026-03-01,paid,P1,a,1,100,300',
        'Q-1,C-1,2026-03-01,paid,P2,b,x,200,300',
        'Q-2,NOBODY,2026-03-01,paid,P1,a,1,100,100',
        'Q-3,C-1,2026-03-01,paid,P1,a,1,100,12.5',
        'Q-4,C-1,someday,paid,P1,a,1,100,100',
        'Q-5,C-1,2026-03-01,paid,P1,a,1,100,100',
        'Q-5,C-2,2026-03-01,paid,P2,b,1,100,100',
        'Q-6,C-1,2026-03-01,lost,P1,a,1,100,100',
      ].join('\n'),
    );
    expect(counts(result)).toEqual([0, 0, 0, 8]);
    expect(reasons(result)).toEqual([
      [2, null, 'incomplete-order'],
      [3, 'quantity', 'invalid-number'],
      [4, 'customerNumber', 'unknown-customer'],
      [5, 'total', 'invalid-number'],
      [6, 'orderedAt', 'invalid-date'],
      [7, null, 'contradicting-order'],
      [8, null, 'contradicting-order'],
      [9, 'status', 'invalid-status'],
    ]);
  });

  it('longer than a batch stay whole, and a file that scatters an order is told so', async () => {
    const line = (order: string, product: number) =>
      `${order},C-1,2026-04-01,paid,P${product},item,1,10,`;
    const long = Array.from({ length: 1500 }, (_, index) => line('L-1', index));
    expect(counts(await bring(admin, ORDERS, [heading, ...long].join('\n')))).toEqual([1, 0, 0, 0]);
    const [order] = await crm.commerce.ordersOf((await byNumber('C-1'))?.id ?? 0);
    expect([order?.lines.length, order?.total]).toEqual([1500, 15_000]);
    const others = Array.from({ length: 1200 }, (_, index) => line(`M-${index}`, 1));
    const scattered = await bring(admin, ORDERS, [heading, ...others, line('M-0', 2)].join('\n'));
    expect(counts(scattered)).toEqual([1200, 0, 0, 1]);
    expect(reasons(scattered)).toEqual([[1202, null, 'scattered-order']]);
  });
});
