import { describe, expect, it } from 'vitest';

import { sameOrder } from './compare-orders';
import { allocateReturns } from './allocate-returns';
import { groupOrders } from './group-orders';
import { readOrderRow, readWholeNumber } from './read-order';
import { refundable, settleOrder } from './settle-order';
import { lastOfEach } from './told';

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
    toldStatus: 'paid' as const,
    currency: 'JPY',
    toldTotal: 3,
    toldAt: null,
    lines: [
      { productCode: 'a', title: 'a', quantity: 1, unitPrice: 1 },
      { productCode: 'b', title: 'b', quantity: 1, unitPrice: 2 },
    ],
  };

  it('are the same in whatever order their lines stand, and differ by any value', () => {
    expect(sameOrder(order, { ...order, lines: [...order.lines].reverse() })).toBe(true);
    for (const change of [
      { toldTotal: 4 },
      { toldStatus: 'placed' as const },
      { customerId: 2 },
      { lines: [] },
    ]) {
      expect(sameOrder(order, { ...order, ...change })).toBe(false);
    }
  });

  it('in one batch: the last word counts, and with instants the newest', () => {
    const keyOf = ({ orderNumber }: typeof order) => orderNumber;
    expect(lastOfEach([order, { ...order, toldTotal: 9 }], keyOf)).toMatchObject([
      { toldTotal: 9 },
    ]);
    const at = (toldAt: number, toldTotal: number) => ({ toldAt, toldTotal });
    expect(lastOfEach([at(2, 9), at(1, 3)], () => 'same')).toEqual([at(2, 9)]);
  });
});

describe('an order with payments and refunds', () => {
  const paid = { toldTotal: 1000, toldStatus: 'paid' as const };
  const placed = { toldTotal: 1000, toldStatus: 'placed' as const };

  it('counts for what is left of it; given back whole it counts no more', () => {
    expect(settleOrder(paid, { paid: null, refunded: 400 })).toEqual({
      total: 600,
      status: 'paid',
    });
    expect(settleOrder(paid, { paid: null, refunded: 1000 }).status).toBe('refunded');
    const cancelled = { ...paid, toldStatus: 'cancelled' as const };
    expect(settleOrder(cancelled, { paid: null, refunded: 1000 }).status).toBe('cancelled');
    expect(settleOrder(placed, { paid: 999, refunded: 0 }).status).toBe('placed');
    expect(settleOrder(placed, { paid: 1000, refunded: 0 }).status).toBe('paid');
  });

  it('gives back what was paid and no more; placed only, nothing', () => {
    expect(refundable(paid, { paid: null, refunded: 400 })).toBe(600);
    expect(refundable(placed, { paid: null, refunded: 0 })).toBe(0);
    expect(refundable(placed, { paid: 300, refunded: 100 })).toBe(200);
    expect(refundable(paid, { paid: 300, refunded: 400 })).toBe(0);
  });
});

describe('lines that came back', () => {
  const line = (lineId: string, productCode: string, quantity: number) => ({
    lineId,
    productCode,
    title: productCode,
    quantity,
    unitPrice: 100,
  });
  const lines = [line('1', 'a', 1), line('2', 'a', 2), line('3', 'b', 1)];
  const back = (productCode: string | null, quantity: number, lineId: string | null = null) => ({
    productCode,
    lineId,
    quantity,
    amount: quantity * 100,
  });
  const quantities = (returns: Parameters<typeof allocateReturns>[1]) =>
    allocateReturns(lines, returns).lines.map(({ returnedQuantity = 0 }) => returnedQuantity);

  it('are found by id, or fill the lines of a product in turn', () => {
    expect(quantities([back(null, 1, '2')])).toEqual([0, 1, 0]);
    expect(quantities([back('a', 2)])).toEqual([1, 1, 0]);
    expect(quantities([back('a', 1), back('a', 2)])).toEqual([1, 2, 0]);
    // Told anew without the ids of then.
    expect(quantities([back('b', 1, 'gone')])).toEqual([0, 0, 1]);
  });

  it('that were never bought, or more than were, are told', () => {
    expect(allocateReturns(lines, [back('c', 1)])).toMatchObject({ unknown: 1, tooMany: 0 });
    expect(allocateReturns(lines, [back('a', 5)])).toMatchObject({ unknown: 0, tooMany: 2 });
  });
});
