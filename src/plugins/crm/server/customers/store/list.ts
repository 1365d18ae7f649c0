/** The list of customers: narrowed, in an order that an index has, page by page. */
import type { Knex } from 'knex';

import type { Customer, CustomerSort } from '../../../shared/customers';
import { isPostgres, type Database } from '../../kernel';
import type { ListPosition } from '../domain/cursor';
import { CUSTOMERS, customerOfRow, datetimeValue, type CustomerRow } from './rows';

const TERMS = 'crm_customer_search';

/** Above every character a term can hold: the end of the range that begins with a prefix. */
const LAST = '\u{10ffff}';

/**
 * Up to so many people are looked up one by one and sorted; of more, the order's index is walked
 * and each person asked whether they belong: the first fifty are then found soon.
 */
const FEW = 5000;

export interface ListCondition {
  /** As `searchPrefixes` gives them. */
  readonly prefixes: readonly (readonly string[])[];
  readonly tier?: string;
  readonly lifecycle?: string;
  /** Null: nobody looks after them. */
  readonly owner?: number | null;
  /** Queries that select `customer_id` of those who pass. */
  readonly among: readonly Knex.QueryBuilder[];
}

/** People by the beginning of a term; the same person may come several times. */
function idsByPrefix(db: Database, prefixes: readonly string[]): Knex.QueryBuilder {
  const ids = db(TERMS).select('customer_id');
  for (const prefix of prefixes) {
    void ids.orWhere((range) =>
      range.where('term', '>=', prefix).where('term', '<', prefix + LAST),
    );
  }
  return ids;
}

const setsOf = (db: Database, condition: ListCondition): Knex.QueryBuilder[] => [
  ...condition.prefixes.map((group) => idsByPrefix(db, group)),
  ...condition.among.map((ids) => ids.clone()),
];

function byColumns(query: Knex.QueryBuilder, condition: ListCondition): void {
  const { tier, lifecycle, owner } = condition;
  if (tier !== undefined) void query.where('tier', tier);
  if (lifecycle !== undefined) void query.where('lifecycle_stage', lifecycle);
  if (owner === null) void query.whereNull('owner');
  else if (owner !== undefined) void query.where('owner', owner);
}

/** Asks each person of a walk whether a set has them, by the set's own index. */
function memberOf(db: Database, set: Knex.QueryBuilder): Knex.QueryBuilder {
  return db
    .queryBuilder()
    .select(db.raw('1'))
    .from(set.as('of'))
    .whereRaw('of.customer_id = ??.id', [CUSTOMERS]);
}

function narrow(
  query: Knex.QueryBuilder,
  db: Database,
  condition: ListCondition,
  isWide: boolean,
): Knex.QueryBuilder {
  byColumns(query, condition);
  for (const set of setsOf(db, condition)) {
    if (isWide) void query.whereExists(memberOf(db, set));
    else void query.whereIn('id', set);
  }
  return query;
}

/** How a query is run: on the connection it was built with, or where long reads are. */
export type Read = (query: Knex.QueryBuilder) => Promise<unknown[]>;

const here: Read = async (query) => (await query) as unknown[];

/** Whether even the smallest of the sets is large. PostgreSQL's planner sees that for itself. */
async function isWide(db: Database, condition: ListCondition, read: Read): Promise<boolean> {
  if (isPostgres(db)) return false;
  const sets = setsOf(db, condition);
  for (const set of sets) {
    // Asked of `db`, which may be an open transaction; a set knows only its own connection.
    const beyond = await read(db.select('customer_id').from(set.as('of')).limit(1).offset(FEW));
    if (beyond.length === 0) return false;
  }
  return sets.length > 0;
}

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

function keyOf(row: CustomerRow, sort: CustomerSort): string | number {
  const { column } = orders[sort];
  if (column === 'id') return Number(row.id);
  if (column === 'sort_name') return String(row.sort_name ?? '');
  const at = row.updated_at;
  // pg reads a zoneless timestamp as local time; its wall clock is UTC.
  return at instanceof Date ? at.getTime() - at.getTimezoneOffset() * 60_000 : Number(at);
}

export async function listCustomers(
  db: Database,
  condition: ListCondition,
  page: { sort: CustomerSort; position: ListPosition | null; limit: number },
): Promise<{ customer: Customer; position: ListPosition }[]> {
  const query = db(CUSTOMERS).limit(page.limit);
  narrow(query, db, condition, await isWide(db, condition, here));
  after(db, query, page.sort, page.position);
  const rows: CustomerRow[] = await query;
  return rows.map((row) => ({
    customer: customerOfRow(row),
    position: { id: Number(row.id), key: keyOf(row, page.sort) },
  }));
}

/** At most `bound` are counted. One set alone is counted in its own index. */
export function countQuery(db: Database, condition: ListCondition, bound: number) {
  const sets = setsOf(db, condition);
  const { tier, lifecycle, owner } = condition;
  const [only] = sets;
  const isAlone = tier === undefined && lifecycle === undefined && owner === undefined;
  const matching =
    only && sets.length === 1 && isAlone
      ? db.distinct('customer_id').from(only.as('of')).limit(bound)
      : narrow(db(CUSTOMERS).select('id').limit(bound), db, condition, false);
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
  narrow(query, db, condition, await isWide(db, condition, read));
  const rows = await read(query.orderBy('id').limit(at.limit));
  return rows.map((row) => customerOfRow(row as CustomerRow));
}

/** The highest id there is: who comes later is not meant. */
export async function lastCustomerId(db: Database): Promise<number> {
  const row: { id: number } | undefined = await db(CUSTOMERS).orderBy('id', 'desc').first('id');
  return row ? Number(row.id) : 0;
}
