import { describe, expect, it } from 'vitest';

import { centsToYen, convertCdnow, looksLikeCdnow, parseCdnow } from './cdnow';
import { buyersOfOrdersCsv } from './own-orders';

const MASTER = ` customer_id  date number_of_cds  dollar_value
 00001 19970101  1   11.77
 00002 19970112  1   12.00
 00002 19970112  5   77.00
`;
const SAMPLE = ` 00004 0001 19970101  2   29.33
 00004 0001 19970118  2   29.73
`;

describe('the CDNOW format', () => {
  it('reads the master file', () => {
    expect(parseCdnow(MASTER)).toEqual([
      { customerId: '00001', day: '1997-01-01', quantity: 1, cents: 1177 },
      { customerId: '00002', day: '1997-01-12', quantity: 1, cents: 1200 },
      { customerId: '00002', day: '1997-01-12', quantity: 5, cents: 7700 },
    ]);
  });

  it('reads the sample file, whose second column is not the date', () => {
    expect(parseCdnow(SAMPLE)[1]).toEqual({
      customerId: '00004',
      day: '1997-01-18',
      quantity: 2,
      cents: 2973,
    });
  });

  it('names the line it cannot read instead of losing a purchase', () => {
    expect(() => parseCdnow(`${MASTER} 00003 yesterday 1 2.00\n`)).toThrow('line 5');
  });

  it('tells the format from a CSV', () => {
    expect(looksLikeCdnow(MASTER)).toBe(true);
    expect(looksLikeCdnow(SAMPLE)).toBe(true);
    expect(looksLikeCdnow('orderNumber,total\nA-1,100\n')).toBe(false);
  });

  it('turns cents into whole yen', () => {
    expect(centsToYen(1177)).toBe(1412);
    expect(centsToYen(0)).toBe(0);
  });
});

describe('the panel as a shop', () => {
  it('keeps every purchase and its day', () => {
    const data = convertCdnow(parseCdnow(MASTER), { seed: 1 });
    expect(data.customers.map((customer) => customer.customerNumber)).toEqual(['C00001', 'C00002']);
    expect(
      data.orders.map((order) => [
        order.customerNumber,
        order.orderedAt.toISOString().slice(0, 10),
      ]),
    ).toEqual([
      ['C00001', '1997-01-01'],
      ['C00002', '1997-01-12'],
      ['C00002', '1997-01-12'],
    ]);
    expect(data.orders[2]?.lines[0]?.product.price).toBe(9240);
  });

  it('moves the last purchase to the day asked for and keeps the distances', () => {
    const data = convertCdnow(parseCdnow(SAMPLE), { seed: 1, lastDay: '2026-03-31' });
    expect(data.orders.map((order) => order.orderedAt.toISOString().slice(0, 10))).toEqual([
      '2026-03-14',
      '2026-03-31',
    ]);
  });
});

describe('an orders.csv instead', () => {
  const orders =
    'orderNumber,customerNumber,orderedAt\nA-1,K7,2026-03-02T10:00:00+09:00\nA-2,K7,2026-01-05T10:00:00+09:00\nA-3,K8,2026-02-01T10:00:00+09:00\n';

  it('gets one made-up person a customer number, who joined with the first order', () => {
    const people = buyersOfOrdersCsv(`\uFEFF${orders}`, 1);
    expect(
      people.map((person) => [person.customerNumber, person.registeredAt.toISOString()]),
    ).toEqual([
      ['K7', '2026-01-05T01:00:00.000Z'],
      ['K8', '2026-02-01T01:00:00.000Z'],
    ]);
  });

  it('names the row it cannot use', () => {
    expect(() => buyersOfOrdersCsv(`${orders}A-4,,soon\n`, 1)).toThrow('row 5');
    expect(() => buyersOfOrdersCsv('number,total\n1,2\n', 1)).toThrow('customerNumber');
  });
});
