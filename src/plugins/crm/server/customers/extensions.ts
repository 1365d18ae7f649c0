/** PUBLIC by way of `index.ts`: where later features take part in customers. */
import type { Knex } from 'knex';

import type { CustomerOption, TimelineEntry } from '../../shared/customers';
import type { ImportColumn } from '../../shared/imports';
import { defineExtensionPoint, type Database, type Locale, type UnitOfWork } from '../kernel';
import type { Cells, ImportRecipe, RowIssue } from './import/import-kind';

/** Something that a later feature knows happened to a person. */
export interface TimelineSource {
  readonly kind: string;
  /** The newest `limit` entries with `at < before`, newest first, later rows of an instant first. */
  entries(query: {
    customerId: number;
    before: number;
    limit: number;
    /** Of names that stand in an entry: of tiers and plans, not of people. */
    locale: Locale;
  }): Promise<readonly TimelineEntry[]>;
}

/** Later features put what they know of a person on the one timeline. */
export const timelineSources = defineExtensionPoint<TimelineSource>('customers.timeline-sources');

/** A filter of the customer list by what a later feature knows. */
export interface CustomerFilter {
  /** Name of the query parameter, for example `segment`. */
  readonly key: 'segment' | 'consent';
  /** Most people pass: of whom several filters ask, this one is asked last. */
  readonly isBroad?: boolean;
  /**
   * A query selecting the ids of customers that pass; null for a value that means nobody. Not a
   * promise: awaiting a knex query would run it.
   */
  matching(value: string, db: Database): Knex.QueryBuilder | null;
}

/** Later features narrow the customer list. */
export const customerFilters = defineExtensionPoint<CustomerFilter>('customers.filters');

/** The values of a filter, or of a field of the record, that a later feature owns the names of. */
export interface CustomerOptionSource {
  readonly key: 'tier' | 'segment';
  options(locale: Locale): Promise<readonly CustomerOption[]>;
}

/** Later features name tiers and segments for the list's filters and the record's form. */
export const customerOptions = defineExtensionPoint<CustomerOptionSource>('customers.options');

/** What a later feature shows beside a person in lists and on the record. */
export interface CustomerFactSource {
  /** Key in `facts`, for example `orders`. */
  readonly key: string;
  /** One answer for all ids of a page: no query per person. */
  of(customerIds: readonly number[]): Promise<ReadonlyMap<number, unknown>>;
}

/** Later features add facts to people in lists and on the record. */
export const customerFacts = defineExtensionPoint<CustomerFactSource>('customers.facts');

/** Columns of the customer export that a later feature fills. */
export interface CustomerExportColumns {
  columns(reader: Locale): readonly { readonly key: string; readonly label: string }[];
  /** Cells by column key, for all people of a page at once. */
  of(
    customerIds: readonly number[],
    reader: Locale,
  ): Promise<ReadonlyMap<number, Readonly<Record<string, string>>>>;
}

/** Later features add columns to the customer export. */
export const customerExportColumns = defineExtensionPoint<CustomerExportColumns>(
  'customers.export-columns',
);

/** Columns of the customer import that a later feature understands. */
export interface CustomerImportColumns {
  readonly columns: readonly ImportColumn[];
  /** What is wrong with a row's cells; the row is then kept out whole. */
  check(cells: Cells): RowIssue[];
  /** Writes what the rows say of these columns, in the batch's transaction. Must be idempotent. */
  write(
    unit: UnitOfWork,
    rows: readonly { readonly customerId: number; readonly cells: Cells }[],
    importId: number,
  ): Promise<void>;
  /** Takes back what an import wrote about these people. Must be idempotent. */
  undo?(unit: UnitOfWork, customerIds: readonly number[], importId: number): Promise<void>;
}

/** Later features add columns to the customer import. */
export const customerImportColumns = defineExtensionPoint<CustomerImportColumns>(
  'customers.import-columns',
);

/** What a later feature knows of a person, where people are merged, parted or removed. */
export interface CustomerLinks {
  /** Stable: it stands in records of merges. For example `orders`. */
  readonly key: string;
  /** A table with an indexed `customer_id` whose rows must not be lost with a person. */
  readonly holds?: string;
  /** Gives everything of one person to another; what it answers (JSON) undoes it. */
  move(unit: UnitOfWork, from: number, to: number): Promise<unknown>;
  /** Brings back what `move` gave away; what came since stays where it is. */
  giveBack(unit: UnitOfWork, from: number, to: number, moved: unknown): Promise<void>;
  /** Told when records of whom nothing else is known are removed. */
  removed?(unit: UnitOfWork, customerIds: readonly number[]): Promise<void>;
}

/** Later features take part in merging, parting and removing people. */
export const customerLinks = defineExtensionPoint<CustomerLinks>('customers.links');

/** Later features import their own kind of file through the same machinery. */
export const importRecipes = defineExtensionPoint<ImportRecipe>('customers.import-recipes');
