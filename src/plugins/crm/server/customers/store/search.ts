import type { Customer } from '../../../shared/customers';
import { insertBulk, whereAmong, type Database } from '../../kernel';
import { searchTerms } from '../domain/search-keys';

const TERMS = 'crm_customer_search';

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
