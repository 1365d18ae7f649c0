/** Search terms of people: how each of the two databases keeps them, and finds people by them. */
import type { Customer } from '../../../shared/customers';
import { isPostgres, type Database } from '../../kernel';
import { postgresTerms } from './search-postgres';
import { sqliteTerms } from './search-sqlite';
import { termLines } from '../domain/search-keys';
import type { SearchTerms, TermRow } from './search-terms';

export const searchTermsOf = (db: Database): SearchTerms =>
  isPostgres(db) ? postgresTerms : sqliteTerms;

const rowOf = (customer: Customer): TermRow => ({ id: customer.id, lines: termLines(customer) });

/** Of people who have none yet. */
export async function writeTermRows(db: Database, rows: readonly TermRow[]): Promise<void> {
  if (rows.length > 0) await searchTermsOf(db).write(db, rows);
}

export const writeTerms = (db: Database, customers: readonly Customer[]): Promise<void> =>
  writeTermRows(db, customers.map(rowOf));

export async function deleteTerms(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await searchTermsOf(db).remove(db, ids);
}

export async function rewriteTerms(db: Database, customers: readonly Customer[]): Promise<void> {
  if (customers.length > 0) await searchTermsOf(db).rewrite(db, customers.map(rowOf));
}
