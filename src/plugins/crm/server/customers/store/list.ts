/** The list of customers: narrowed, in an order that an index has, page by page. */
import type { Knex } from 'knex';

import type { Customer, CustomerSort } from '../../../shared/customers';
import { whereAmong, type Database } from '../../kernel';
import type { ListPosition } from '../domain/cursor';
import {
  here,
  narrow,
  setsOf,
  valuesOf,
  wayOf,
  type ListCondition,
  type Read,
  type Way,
} from './narrowing';
import { CUSTOMERS, customerOfRow, datetimeValue, type CustomerRow } from './rows';

interface Order {
  readonly column: string;
  readonly direction: 'asc' | 'desc';
}

const orders: Readonly<Record<CustomerSort, Order>> = {
  newest: { column: 'id', direction: 'desc' },
  oldest: { column: 'id', direction: 'asc' },
  name: { column: 'sort_name', direction: 'asc' },
  nameDescending: { column: 'sort_name', direction: 'desc' },
  changed: { column: 'updated_at', direction: 'desc' },
};

/** Keyset: strictly after the last row of the page before, by an indexed order. */
function after(
  db: Database,
  query: Knex.QueryBuilder,
  sort: CustomerSort,
  position: ListPosition | null,
): void {
  const { column, direction } = orders[sort];
  if (column !== 'id') void query.orderBy(column, direction);
  void query.orderBy('id', direction);
  if (!position) return;
  const beyond = direction === 'asc' ? '>' : '<';
  if (column === 'id') {
    void query.where('id', beyond, position.id);
    return;
  }
  const isInstant = column === 'updated_at';
  const key = isInstant ? datetimeValue(db, Number(position.key)) : String(position.key);
  void query.whereRaw(`(??, id) ${beyond} (?, ?)`, [column, key, position.id]);
}

/** Only ids are sorted, and the rows of those on the page read: whole rows are many times as much. */
function sortedAlone(
  db: Database,
  query: Knex.QueryBuilder,
  sort: CustomerSort,
): Knex.QueryBuilder {
  const whole = db(CUSTOMERS).whereIn('id', query.select('id'));
  after(db, whole, sort, null);
  return whole;
}

function keyOf(row: CustomerRow, sort: CustomerSort): string | number {
  const { column } = orders[sort];
  if (column === 'id') return Number(row.id);
  if (column === 'sort_name') return String(row.sort_name ?? '');
  const at = row.updated_at;
  // pg reads a zoneless timestamp as local time; its wall clock is UTC.
  return at instanceof Date ? at.getTime() - at.getTimezoneOffset() * 60_000 : Number(at);
}

/**
 * Whom a way that begins with one of several sets leads to, who are few enough to be held; null
 * where it begins otherwise. They are then counted and sorted without being found twice.
 */
export async function idsOf(
  db: Database,
  condition: ListCondition,
  way: Way,
): Promise<number[] | null> {
  if (typeof way === 'string') return null;
  if (setsOf(db, condition).length + valuesOf(condition).length < 2) return null;
  const rows: { id: number }[] = await narrow(db(CUSTOMERS).select('id'), db, condition, way);
  return rows.map(({ id }) => Number(id));
}

/** `ids`: as `idsOf` gives them. */
export async function listCustomers(
  db: Database,
  condition: ListCondition,
  { way, ids }: { readonly way: Way; readonly ids?: readonly number[] | null },
  page: { sort: CustomerSort; position: ListPosition | null; limit: number },
): Promise<{ customer: Customer; position: ListPosition }[]> {
  const query = db(CUSTOMERS).limit(page.limit);
  if (ids) whereAmong(db, query, 'id', ids);
  else narrow(query, db, condition, way);
  after(db, query, page.sort, page.position);
  const rows: CustomerRow[] = await (typeof way !== 'string'
    ? sortedAlone(db, query, page.sort)
    : query);
  return rows.map((row) => ({
    customer: customerOfRow(row),
    position: { id: Number(row.id), key: keyOf(row, page.sort) },
  }));
}

/**
 * At most `bound` are counted. One set alone is counted in its own index, unless it is one of words
 * that nearly everybody has: those are sooner counted one by one than collected.
 */
export function countQuery(
  db: Database,
  condition: ListCondition,
  bound: number,
  way: Way = 'look-up',
) {
  const sets = setsOf(db, condition);
  const only = valuesOf(condition).length === 0 && sets.length === 1 ? sets[0] : undefined;
  const isWord = way === 'walk' && sets.length === 1 && sets[0]?.sample !== null;
  // A walk ends when the page is full, a count goes on: there sets are better collected.
  const counting = way === 'walk' && !isWord ? 'look-up' : way;
  const matching =
    only && !isWord
      ? db.distinct('customer_id').from(only.ids.as('of')).limit(bound)
      : narrow(db(CUSTOMERS).select('id').limit(bound), db, condition, counting);
  return db.count({ total: '*' }).from(matching.as('matching'));
}

/** The next people of a condition by id, for work that goes through all of them. */
export async function nextOfCondition(
  db: Database,
  condition: ListCondition,
  at: { readonly after: number; readonly until: number; readonly limit: number },
  read: Read = here,
): Promise<Customer[]> {
  const query = db(CUSTOMERS).where('id', '>', at.after).where('id', '<=', at.until);
  narrow(query, db, condition, await wayOf(db, condition, read));
  const rows = await read(query.orderBy('id').limit(at.limit));
  return rows.map((row) => customerOfRow(row as CustomerRow));
}

/** The highest id there is: who comes later is not meant. */
export async function lastCustomerId(db: Database): Promise<number> {
  const row: { id: number } | undefined = await db(CUSTOMERS).orderBy('id', 'desc').first('id');
  return row ? Number(row.id) : 0;
}
