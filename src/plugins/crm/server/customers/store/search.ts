import type { Knex } from 'knex';

import type { Customer, CustomerSort } from '../../../shared/customers';
import { insertBulk, whereAmong, type Database } from '../../kernel';
import { searchTerms } from '../domain/search-keys';
import { CUSTOMERS, customerOfRow, type CustomerRow } from './rows';

const TERMS = 'crm_customer_search';

/** Above every character a term can hold: the end of the range that begins with a prefix. */
const LAST = '\u{10ffff}';

export async function writeTerms(db: Database, customers: readonly Customer[]): Promise<void> {
  const rows = customers.flatMap((customer) =>
    searchTerms(customer).map((term) => ({ term, customer_id: customer.id })),
  );
  // In the order of the primary key: each of its pages is then touched once a batch.
  rows.sort((a, b) => (a.term < b.term ? -1 : 1));
  await insertBulk(db, {
    table: TERMS,
    columns: ['term', 'customer_id'],
    rows,
    conflict: { columns: ['term', 'customer_id'], merge: 'ignore' },
  });
}

export async function deleteTerms(db: Database, ids: readonly number[]): Promise<void> {
  await whereAmong(db, db(TERMS), 'customer_id', ids).delete();
}

export async function rewriteTerms(db: Database, customers: readonly Customer[]): Promise<void> {
  if (customers.length === 0) return;
  const ids = customers.map((customer) => customer.id);
  await deleteTerms(db, ids);
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
