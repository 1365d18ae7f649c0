/** What both ways of keeping search terms can do. */
import type { Knex } from 'knex';

import type { Database } from '../../kernel';

/** The terms of a person, each in a line of its own that begins with its break. */
export interface TermRow {
  readonly id: number;
  readonly lines: string;
}

/** A customer is found by a group of prefixes when one of her terms begins with one of them. */
export interface SearchTerms {
  /** Of people who have none yet. */
  write(db: Database, people: readonly TermRow[]): Promise<void>;
  rewrite(db: Database, people: readonly TermRow[]): Promise<void>;
  remove(db: Database, ids: readonly number[]): Promise<void>;
  /** Removes one person for good: nothing of her is left in what the database keeps aside. */
  forget(db: Database, id: number): Promise<void>;
  /** A query that selects `customer_id`; the same person may come several times. */
  found(db: Database, prefixes: readonly string[]): Knex.QueryBuilder;
  /** The same of whom every group finds, where that costs less than asking one group's people. */
  foundByAll?(db: Database, groups: readonly (readonly string[])[]): Knex.QueryBuilder;
  /** A query with a row when the group finds the person whose id stands in the column `id`. */
  finds(db: Database, prefixes: readonly string[], id: string): Knex.QueryBuilder;
  /** A query that answers `asked` and `found`: how many of people spread over all the group finds. */
  sample(db: Database, prefixes: readonly string[]): Knex.QueryBuilder | null;
}
