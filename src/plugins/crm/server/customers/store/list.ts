/** The list of customers: narrowed, in an order that an index has, page by page. */
import type { Knex } from 'knex';

import type { Customer, CustomerSort } from '../../../shared/customers';
import { isPostgres, type Database } from '../../kernel';
import type { ListPosition } from '../domain/cursor';
import { CUSTOMERS, customerOfRow, datetimeValue, type CustomerRow } from './rows';
import { searchTermsOf } from './search';

/**
 * Up to so many people are looked up and sorted; of more, the order's index is walked and each
 * person asked whether they belong: the first fifty are then found soon. Of fewer they may not be:
 * in the order of names, everybody called Yamada stands at the end.
 */
const MOST_SORTED = 60_000;
/** Less than this says nothing of everybody. */
const LEAST_SAMPLE = 250;
/** One in so many of a sample: more than are sorted, and nothing needs to be counted to know it. */
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
  /** Asks each person of a query whether the set has them, without making it begin with the set. */
  readonly ask: (query: Knex.QueryBuilder) => void;
  /** See `SearchTerms.sample`. */
  readonly sample: Knex.QueryBuilder | null;
}

const PERSON = `${CUSTOMERS}.id`;

function setsOf(db: Database, condition: ListCondition): PeopleSet[] {
  const terms = searchTermsOf(db);
  const searched = condition.prefixes.map((group) => ({
    ids: terms.found(db, group),
    ask: (query: Knex.QueryBuilder) => void query.whereExists(terms.finds(db, group, PERSON)),
    sample: terms.sample(db, group),
  }));
  const others = condition.among.map((ids) => ({
    ids: ids.clone(),
    ask: (query: Knex.QueryBuilder) =>
      void query.whereExists(
        db
          .queryBuilder()
          .select(db.raw('1'))
          .from(ids.clone().as('of'))
          .whereRaw('of.customer_id = ??', [PERSON]),
      ),
    sample: null,
  }));
  return [...searched, ...others];
}

/** What the columns must hold. */
function valuesOf({ tier, lifecycle, owner }: ListCondition): [string, string | number | null][] {
  const values: [string, string | number | null | undefined][] = [
    ['tier', tier],
    ['lifecycle_stage', lifecycle],
    ['owner', owner],
  ];
  return values.flatMap(([column, value]) => (value === undefined ? [] : [[column, value]]));
}

function byColumns(query: Knex.QueryBuilder, condition: ListCondition): Knex.QueryBuilder {
  for (const [column, value] of valuesOf(condition)) void query.where(column, value);
  return query;
}

/**
 * The same as sets, for SQLite: left alone, it fetches and sorts three in four of all customers
 * because they share a tier. The plus keeps it from that index.
 */
const columnSets = (db: Database, condition: ListCondition): PeopleSet[] =>
  valuesOf(condition).map(([column, value]) => ({
    ids: db(CUSTOMERS).where(column, value).select({ customer_id: 'id' }),
    ask: (query) =>
      void (value === null
        ? query.whereRaw('+?? is null', [column])
        : query.whereRaw('+?? = ?', [column, value])),
    sample: null,
  }));

/**
 * How the people of several sets are found: all sets looked up, one of them (by its place) looked up
 * and the others asked about each person, or all asked about everybody in turn.
 */
export type Way = 'look-up' | 'walk' | number;

function narrow(
  query: Knex.QueryBuilder,
  db: Database,
  condition: ListCondition,
  way: Way,
): Knex.QueryBuilder {
  const sets = setsOf(db, condition);
  if (way === 'look-up') {
    for (const { ids } of sets) void query.whereIn('id', ids);
    return byColumns(query, condition);
  }
  for (const [place, set] of [...sets, ...columnSets(db, condition)].entries()) {
    if (way === place) void query.whereIn('id', set.ids);
    else set.ask(query);
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
  return row !== undefined && row.asked >= LEAST_SAMPLE && Number(row.found) * COMMON > row.asked;
}

/** From the smallest of the sets, unless even that is large. PostgreSQL's planner sees it itself. */
export async function wayOf(
  db: Database,
  condition: ListCondition,
  read: Read = here,
): Promise<Way> {
  if (isPostgres(db)) return 'look-up';
  const sets = [...setsOf(db, condition), ...columnSets(db, condition)];
  if (sets.length === 0) return 'look-up';
  let [way, least]: [Way, number] = ['walk', MOST_SORTED];
  for (const [place, set] of sets.entries()) {
    if (await isCommon(set, read)) continue;
    // Asked of `db`, which may be an open transaction; a set knows only its own connection.
    const some = db.select('customer_id').from(set.ids.as('of')).limit(least);
    const [counted] = (await read(db.count({ people: '*' }).from(some.as('some')))) as {
      people: number;
    }[];
    const people = Number(counted?.people);
    if (people < least) [way, least] = [place, people];
  }
  return way;
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

export async function listCustomers(
  db: Database,
  condition: ListCondition,
  way: Way,
  page: { sort: CustomerSort; position: ListPosition | null; limit: number },
): Promise<{ customer: Customer; position: ListPosition }[]> {
  const query = db(CUSTOMERS).limit(page.limit);
  narrow(query, db, condition, way);
  after(db, query, page.sort, page.position);
  const rows: CustomerRow[] = await (typeof way === 'number'
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
