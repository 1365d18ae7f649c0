import { describe, expect, it } from 'vitest';

import { lastOfEach, sameOrder } from './compare-orders';
import { groupOrders } from './group-orders';
import { readOrderRow, readWholeNumber } from './read-order';

describe('an amount', () => {
  it.each([
    ['12300', 12300],
    ['¥12,300', 12300],
    ['１２，３００円', 12300],
    ['12300.00', 12300],
    ['-500', -500],
    ['0', 0],
  ])('%s is %d', (text, amount) => {
    expect(readWholeNumber(text)).toBe(amount);
  });

  it.each(['', '12.5', 'abc', '1e9', '9999999999999', '--1'])('%j is none', (text) => {
    expect(readWholeNumber(text)).toBeUndefined();
  });
});

const cells = { orderNumber: '1', customerNumber: 'A', orderedAt: '2026-01-01', total: '100' };
const rowOf = (more: object = {}) => readOrderRow({ ...cells, ...more }, 'Asia/Tokyo');

describe('a row', () => {
  it.each([
    ['', 'paid'],
    ['completed', 'paid'],
    ['発送済み', 'paid'],
    ['受付', 'placed'],
    ['Canceled', 'cancelled'],
    ['返品', 'refunded'],
  ])('with status %j is %s', (status, expected) => {
    expect(rowOf({ status }).row.status).toBe(expected);
  });

  it('without what an order needs is refused', () => {
    expect(readOrderRow({}, 'Asia/Tokyo').issues.map((issue) => issue.column)).toEqual([
      'orderNumber',
      null,
      'orderedAt',
      'total',
    ]);
  });
});

describe('the rows of an order', () => {
  const entry = (line: number, more: object) => ({ line, row: rowOf(more).row });
  const item = { productCode: 'P', unitPrice: '30', quantity: '2' };

  it('add up when no total is given; a row repeated word for word counts once', () => {
    const other = { ...item, productCode: 'Q', total: '' };
    const { orders } = groupOrders([
      entry(2, { ...item, total: '' }),
      entry(3, { ...item, total: '' }),
      entry(4, other),
    ]);
    expect(orders).toMatchObject([{ total: 120, lines: [2, 3, 4] }]);
    expect(orders[0]?.items).toHaveLength(2);
  });

  it('that disagree on the order are told', () => {
    const grouped = groupOrders([entry(2, {}), entry(3, { total: '101' })]);
    expect(grouped).toEqual({ orders: [], contradicting: [2, 3] });
  });
});

describe('two tellings of an order', () => {
  const order = {
    orderNumber: '1',
    customerId: 1,
    orderedAt: 0,
    status: 'paid' as const,
    currency: 'JPY',
    total: 3,
    lines: [
      { productCode: 'a', title: 'a', quantity: 1, unitPrice: 1 },
      { productCode: 'b', title: 'b', quantity: 1, unitPrice: 2 },
    ],
  };

  it('are the same in whatever order their lines stand, and differ by any value', () => {
    expect(sameOrder(order, { ...order, lines: [...order.lines].reverse() })).toBe(true);
    for (const change of [
      { total: 4 },
      { status: 'placed' as const },
      { customerId: 2 },
      { lines: [] },
    ]) {
      expect(sameOrder(order, { ...order, ...change })).toBe(false);
    }
  });

  it('in one batch: the last word counts', () => {
    expect(lastOfEach([order, { ...order, total: 9 }])).toMatchObject([{ total: 9 }]);
  });
});
