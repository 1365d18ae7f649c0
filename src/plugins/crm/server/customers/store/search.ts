import type { Knex } from 'knex';

import type { Customer, CustomerSort } from '../../../shared/customers';
import { chunked, isPostgres, type Database } from '../../kernel';
import { searchTerms } from '../domain/search-keys';
import { CUSTOMERS, customerOfRow, type CustomerRow } from './rows';

const TERMS = 'crm_customer_search';

/** Above every character a term can hold: the end of the range that begins with a prefix. */
const LAST = '\u{10ffff}';

/**
 * All terms of a batch in one parameter: a list of ten thousand placeholders would cost more to
 * build and parse than to insert.
 */
export async function writeTerms(db: Database, customers: readonly Customer[]): Promise<void> {
  const rows = customers.flatMap((customer) =>
    searchTerms(customer).map((term) => ({ term, id: customer.id })),
  );
  for (const part of chunked(rows, 20_000)) {
    if (isPostgres(db)) {
      await db.raw(
        `insert into ${TERMS} (term, customer_id)
         select * from unnest(?::text[], ?::int[]) on conflict do nothing`,
        [part.map((row) => row.term), part.map((row) => row.id)],
      );
    } else {
      await db.raw(
        `insert or ignore into ${TERMS} (term, customer_id)
         select json_extract(value, '$[0]'), json_extract(value, '$[1]') from json_each(?)`,
        [JSON.stringify(part.map((row) => [row.term, row.id]))],
      );
    }
  }
}

export async function rewriteTerms(db: Database, customers: readonly Customer[]): Promise<void> {
  for (const part of chunked(customers.map((customer) => customer.id))) {
    await db(TERMS).whereIn('customer_id', part).delete();
  }
  await writeTerms(db, customers);
}

export interface ListCondition {
  /** As `searchPrefixes` gives them. */
  readonly prefixes: readonly (readonly string[])[];
  readonly tier?: string;
  /** Queries that select the ids of customers who pass. */
  readonly among: readonly Knex.QueryBuilder[];
}

export interface ListPosition {
  readonly id: number;
  readonly name: string;
}

function narrow(query: Knex.QueryBuilder, db: Database, condition: ListCondition): void {
  for (const group of condition.prefixes) {
    const ids = db(TERMS).select('customer_id');
    for (const prefix of group) {
      void ids.orWhere((range) =>
        range.where('term', '>=', prefix).where('term', '<', prefix + LAST),
      );
    }
    void query.whereIn('id', ids);
  }
  if (condition.tier !== undefined) void query.where('tier', condition.tier);
  for (const ids of condition.among) void query.whereIn('id', ids);
}

/** Keyset: strictly after the last row of the page before, by an indexed order. */
function after(query: Knex.QueryBuilder, sort: CustomerSort, position: ListPosition | null): void {
  if (sort === 'name') {
    void query.orderBy('sort_name').orderBy('id');
    if (position) void query.whereRaw('(sort_name, id) > (?, ?)', [position.name, position.id]);
    return;
  }
  void query.orderBy('id', sort === 'newest' ? 'desc' : 'asc');
  if (position) void query.where('id', sort === 'newest' ? '<' : '>', position.id);
}

export async function listCustomers(
  db: Database,
  condition: ListCondition,
  page: { sort: CustomerSort; position: ListPosition | null; limit: number },
): Promise<{ customer: Customer; position: ListPosition }[]> {
  const query = db(CUSTOMERS).limit(page.limit);
  narrow(query, db, condition);
  after(query, page.sort, page.position);
  const rows: CustomerRow[] = await query;
  return rows.map((row) => ({
    customer: customerOfRow(row),
    position: { id: Number(row.id), name: String(row.sort_name ?? '') },
  }));
}

/** At most `bound` rows are counted. */
export function countQuery(db: Database, condition: ListCondition, bound: number) {
  const matching = db(CUSTOMERS).select('id').limit(bound);
  narrow(matching, db, condition);
  return db.count({ total: '*' }).from(matching.as('matching'));
}
