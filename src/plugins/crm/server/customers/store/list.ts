/** The list of customers: narrowed, in an order that an index has, page by page. */
import type { Knex } from 'knex';

import type { Customer, CustomerSort } from '../../../shared/customers';
import { isPostgres, type Database } from '../../kernel';
import type { ListPosition } from '../domain/cursor';
import { CUSTOMERS, customerOfRow, datetimeValue, type CustomerRow } from './rows';
import { searchTermsOf } from './search';

/**
 * Up to so many people are looked up one by one and sorted; of more, the order's index is walked
 * and each person asked whether they belong: the first fifty are then found soon.
 */
const FEW = 5000;
/** One in so many of a sample: more than a few, and nothing needs to be counted to know it. */
const COMMON = 20;

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

/** People who pass one of the conditions, in two ways. */
interface PeopleSet {
  /** A query that selects `customer_id`; the same person may come several times. */
  readonly ids: Knex.QueryBuilder;
  /** Asks each person of a walk whether the set has them, by the set's own index. */
  readonly member: Knex.QueryBuilder;
  /** See `SearchTerms.sample`. */
  readonly sample: Knex.QueryBuilder | null;
}

const PERSON = `${CUSTOMERS}.id`;

function setsOf(db: Database, condition: ListCondition): PeopleSet[] {
  const terms = searchTermsOf(db);
  const searched = condition.prefixes.map((group) => ({
    ids: terms.found(db, group),
    member: terms.finds(db, group, PERSON),
    sample: terms.sample(db, group),
  }));
  const others = condition.among.map((ids) => ({
    ids: ids.clone(),
    member: db
      .queryBuilder()
      .select(db.raw('1'))
      .from(ids.clone().as('of'))
      .whereRaw('of.customer_id = ??', [PERSON]),
    sample: null,
  }));
  return [...searched, ...others];
}

function byColumns(query: Knex.QueryBuilder, condition: ListCondition): void {
  const { tier, lifecycle, owner } = condition;
  if (tier !== undefined) void query.where('tier', tier);
  if (lifecycle !== undefined) void query.where('lifecycle_stage', lifecycle);
  if (owner === null) void query.whereNull('owner');
  else if (owner !== undefined) void query.where('owner', owner);
}

function narrow(
  query: Knex.QueryBuilder,
  db: Database,
  condition: ListCondition,
  isWide: boolean,
): Knex.QueryBuilder {
  byColumns(query, condition);
  for (const set of setsOf(db, condition)) {
    if (isWide) void query.whereExists(set.member);
    else void query.whereIn('id', set.ids);
  }
  return query;
}

/** How a query is run: on the connection it was built with, or where long reads are. */
export type Read = (query: Knex.QueryBuilder) => Promise<unknown[]>;

const here: Read = async (query) => (await query) as unknown[];

/** Told by a sample alone: of a prefix that fits everybody the index would count everybody. */
async function isCommon({ sample }: PeopleSet, read: Read): Promise<boolean> {
  if (!sample) return false;
  const [row] = (await read(sample)) as { asked: number; found: number | null }[];
  return row !== undefined && row.asked >= FEW / COMMON && Number(row.found) * COMMON > row.asked;
}

/** Whether even the smallest of the sets is large. PostgreSQL's planner sees that for itself. */
async function isWide(db: Database, condition: ListCondition, read: Read): Promise<boolean> {
  if (isPostgres(db)) return false;
  const sets = setsOf(db, condition);
  for (const set of sets) {
    if (await isCommon(set, read)) continue;
    // Asked of `db`, which may be an open transaction; a set knows only its own connection.
    const beyond = await read(db.select('customer_id').from(set.ids.as('of')).limit(1).offset(FEW));
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
      ? db.distinct('customer_id').from(only.ids.as('of')).limit(bound)
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
