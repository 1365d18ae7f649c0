/** Search terms of people: how each of the two databases keeps them, and finds people by them. */
import type { Customer } from '../../../shared/customers';
import { isPostgres, type Database } from '../../kernel';
import { postgresTerms } from './search-postgres';
import { sqliteTerms } from './search-sqlite';
import type { SearchTerms } from './search-terms';

export const searchTermsOf = (db: Database): SearchTerms =>
  isPostgres(db) ? postgresTerms : sqliteTerms;

export async function writeTerms(db: Database, customers: readonly Customer[]): Promise<void> {
  if (customers.length > 0) await searchTermsOf(db).write(db, customers);
}

export async function deleteTerms(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await searchTermsOf(db).remove(db, ids);
}

export async function rewriteTerms(db: Database, customers: readonly Customer[]): Promise<void> {
  if (customers.length > 0) await searchTermsOf(db).rewrite(db, customers);
}
