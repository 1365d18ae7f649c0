import createKnex from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { propertyNumber } from './event-properties';

const db = createKnex({
  client: 'better-sqlite3',
  connection: { filename: ':memory:' },
  useNullAsDefault: true,
});

beforeAll(async () => {
  await db.schema.createTable('crm_events', (table) => {
    table.string('who');
    table.text('properties');
  });
});
afterAll(() => db.destroy());

async function sumOf(who: string, prices: readonly unknown[]): Promise<unknown> {
  const rows = prices.map((price) => ({ who, properties: JSON.stringify({ price }) }));
  await db('crm_events').insert(rows);
  const sum = db.raw('sum(?)', [propertyNumber(db, 'crm_events', 'price')]);
  const [row]: { sum: unknown }[] = await db('crm_events').where({ who }).select({ sum });
  return row?.sum;
}

describe('propertyNumber', () => {
  it('adds up prices, whole or not, and no texts', async () => {
    expect(await sumOf('customer', [1200, 0.5, -200, '999', true, null])).toBe(1000.5);
  });

  it('leaves out what would break the sum of everybody', async () => {
    expect(await sumOf('attacker', [9.2e18, 9.2e18, 1e308, 1e308, -9.2e18, 300])).toBe(300);
  });
});
