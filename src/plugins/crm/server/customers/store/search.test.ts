import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Customer } from '../../../shared/customers';
import { emptyCustomer } from '../domain/empty-customer';
import { searchTerms, termLines } from '../domain/search-keys';
import { sqliteTerms, sqliteTermTables } from './search-sqlite';

let db: Knex;
beforeAll(async () => {
  db = knex({
    client: 'better-sqlite3',
    connection: { filename: ':memory:' },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  for (const statement of sqliteTermTables) await db.raw(statement);
  await db.raw('create table crm_customers (id integer primary key)');
  await db('crm_customers').insert(people.map(({ id }) => ({ id })));
  await sqliteTerms.write(db, rowsOf(people));
});
afterAll(() => db.destroy());

const rowsOf = (all: readonly Customer[]) =>
  all.map((one) => ({ id: one.id, lines: termLines(one) }));

const NAMES = [
  '佐藤',
  '佐々木',
  '髙橋',
  "O'Neil",
  'a"b',
  'OR',
  'near(x',
  '*',
  '^',
  '%',
  '𠮷田',
  '😀',
];
const KANA = ['サトウ', 'ササキ', 'タカハシ', null];

const people: Customer[] = Array.from({ length: 300 }, (_, index) => ({
  ...emptyCustomer,
  id: index + 1,
  documentId: `d${index}`,
  createdAt: 0,
  registeredAt: 0,
  familyName: NAMES[index % NAMES.length] ?? null,
  familyNameKana: KANA[index % KANA.length] ?? null,
  customerNumber: `EN-${index}`,
  email: index % 3 === 0 ? `${"a!#$%&'*+/=?^_`{|}~-"}${index}@example.jp` : null,
  phone: `+8190${String(10_000_000 + index * 7919)}`,
  city: index % 2 === 0 ? '渋谷区' : null,
}));

const known = new Map<Customer, string[]>();
function termsOf(one: Customer): string[] {
  const terms = known.get(one) ?? searchTerms(one);
  known.set(one, terms);
  return terms;
}

/** Every beginning of every term of some of them, and what begins no term. */
const prefixes = [
  ...new Set([
    ...people
      .slice(0, 12)
      .flatMap(searchTerms)
      .flatMap((term) => [...term].map((_, end, all) => all.slice(0, end + 1).join(''))),
    ...['"', '""', "'", '*', '(', '-', 'or', 'zzz', '<', ';', '\\', 'サトウタ'],
  ]),
];

const naive = (all: readonly Customer[], group: readonly string[]): number[] =>
  all
    .filter((one) => termsOf(one).some((term) => group.some((part) => term.startsWith(part))))
    .map(({ id }) => id);

async function expectSame(all: readonly Customer[]): Promise<void> {
  for (const [index, prefix] of prefixes.entries()) {
    const group =
      index % 5 === 0 ? [prefix, prefixes[(index * 31) % prefixes.length] ?? ''] : [prefix];
    const expected = naive(all, group);
    const found = (await sqliteTerms.found(db, group)) as { customer_id: number }[];
    const ids = [...new Set(found.map((row) => row.customer_id))].sort((a, b) => a - b);
    expect(ids, prefix).toEqual(expected);
    const walked: number[] = await db('crm_customers')
      .whereExists(sqliteTerms.finds(db, group, 'crm_customers.id'))
      .orderBy('id')
      .pluck('id');
    expect(walked, prefix).toEqual(expected);
  }
  await db.raw(
    `insert into crm_customer_terms (crm_customer_terms, rank) values ('integrity-check', 1)`,
  );
}

describe('the index of search terms on SQLite', () => {
  it('finds by every beginning of every term whom a look at all terms finds', async () => {
    await expectSame(people);
  });

  it('finds by several words whom each of them finds', async () => {
    const groups = prefixes.filter((_, index) => index % 7 === 0).map((prefix) => [prefix, 'or']);
    let met = 0;
    for (const [index, first] of groups.entries()) {
      const second = [`en-${index % 30}`, ...(groups[(index * 13) % groups.length] ?? [])];
      const all = (await sqliteTerms.foundByAll?.(db, [first, second, ['en']])) as {
        customer_id: number;
      }[];
      const expected = naive(people, first).filter((id) => naive(people, second).includes(id));
      met += expected.length;
      expect(
        all.map((row) => row.customer_id).sort((a, b) => a - b),
        first[0],
      ).toEqual(expected);
    }
    expect(met).toBeGreaterThan(100);
  });

  it('samples people spread over all', async () => {
    const [row] = (await sqliteTerms.sample(db, ['渋谷'])) as { asked: number; found: number }[];
    expect(row).toEqual({ asked: 300, found: 150 });
  });

  it('follows people who change, go and are forgotten', async () => {
    const renamed = people.slice(0, 50).map((one) => ({ ...one, familyName: '早良' }));
    await sqliteTerms.rewrite(db, rowsOf(renamed));
    const gone = people.slice(50, 80).map(({ id }) => id);
    await sqliteTerms.remove(db, gone);
    await sqliteTerms.forget(db, 81);
    const left = [...renamed, ...people.slice(81)];
    await expectSame(left);
    expect(await sqliteTerms.found(db, ['早良'])).toHaveLength(50);
    await sqliteTerms.write(db, rowsOf(people.slice(50, 81)));
    await expectSame([...renamed, ...people.slice(50)]);
  });
});
