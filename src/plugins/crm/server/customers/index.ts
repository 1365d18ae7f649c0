/** PUBLIC: what other features may use of customers. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { Context } from 'koa';

import type {
  Customer,
  CustomerInput,
  CustomerOption,
  CustomerSort,
  Identity,
  IdentityKind,
  Timeline,
  TimelineEntry,
} from '../../shared/customers';
import type { ImportColumn, ImportKind, ImportResult, ImportRun } from '../../shared/imports';
import {
  defineEvent,
  defineExtensionPoint,
  defineService,
  type Database,
  type Locale,
  type Result,
  type UnitOfWork,
} from '../kernel';
import type { Cells, ImportRecipe, RowIssue } from './import/import-kind';

export type { Customer, CustomerInput, Identity, IdentityKind, Timeline, TimelineEntry };
export { customerUid } from './content-type';
export { parseDateTime } from './domain/date-time';
export { normalizeEmail } from './domain/email';
export {
  foldWidth,
  isKana,
  normalizeAddressLine,
  normalizeHyphens,
  normalizeKana,
  normalizeText,
  toKatakana,
} from './domain/japanese-text';
export { normalizeDate } from './domain/normalize-customer';
export { dialledDigits, normalizePhone } from './domain/phone';
export { normalizePostalCode } from './domain/postal-code';
export { foldRomaji, romajiOfKana } from './domain/romaji';

export type {
  BatchResult,
  Cells,
  ImportRecipe,
  ImportRow,
  RowIssue,
  WriteBatch,
} from './import/import-kind';

/** Customers that did not exist before, in one batch. */
export const customerCreated = defineEvent<{ customerIds: number[] }>('customer.created');

/** Customers whose `fields` changed (names as in `CustomerInput`), in one batch. */
export const customerChanged = defineEvent<{ customerIds: number[]; fields: string[] }>(
  'customer.changed',
);

/** Something that a later feature knows happened to a person. */
export interface TimelineSource {
  readonly kind: string;
  /** The newest `limit` entries with `at < before`, newest first. */
  entries(query: {
    customerId: number;
    before: number;
    limit: number;
  }): Promise<readonly TimelineEntry[]>;
}

/** Later features put what they know of a person on the one timeline. */
export const timelineSources = defineExtensionPoint<TimelineSource>('customers.timeline-sources');

/** A filter of the customer list by what a later feature knows. */
export interface CustomerFilter {
  /** Name of the query parameter, for example `segment`. */
  readonly key: 'segment' | 'consent';
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

/** Columns of the customer import that a later feature understands. */
export interface CustomerImportColumns {
  readonly columns: readonly ImportColumn[];
  /** What is wrong with a row's cells; the row is then kept out whole. */
  check(cells: Cells): RowIssue[];
  /** Writes what the rows say of these columns, in the batch's transaction. Must be idempotent. */
  write(
    unit: UnitOfWork,
    rows: readonly { readonly customerId: number; readonly cells: Cells }[],
  ): Promise<void>;
}

/** Later features add columns to the customer import. */
export const customerImportColumns = defineExtensionPoint<CustomerImportColumns>(
  'customers.import-columns',
);

/** Later features import their own kind of file through the same machinery. */
export const importRecipes = defineExtensionPoint<ImportRecipe>('customers.import-recipes');

/** CSV files brought in, and what became of them. */
export interface ImportsService {
  /** Reads the file of a request; the run is kept, so that its errors can be fetched later. */
  run(
    kind: ImportKind,
    ctx: Context,
    options: { dryRun: boolean; reader: Locale },
  ): Promise<Result<ImportResult>>;
  latest(): Promise<ImportRun[]>;
  /** The rows kept out, with their reasons, as CSV. Null for an unknown run. */
  errorFile(id: number, reader: Locale): Promise<string | null>;
}

/** Typed getter of the imports service. */
export const importsService = defineService<ImportsService>('imports');

/** Ways to find people; every given condition must hold. */
export interface CustomerSearch {
  readonly text?: string;
  readonly tier?: string;
  /** documentId of a segment. */
  readonly segment?: string;
  readonly consent?: string;
  readonly sort?: CustomerSort;
  /** `next` of the page before. */
  readonly cursor?: string;
  readonly limit?: number;
}

/** A page of people. The total is exact up to a bound, an estimate beyond it. */
export interface CustomerPage {
  readonly customers: readonly Customer[];
  readonly next?: string;
  readonly total: number;
  readonly totalIsEstimate: boolean;
}

/** A customer's hold on an address, account or browser. */
export interface IdentityClaim {
  readonly customerId: number;
  readonly kind: IdentityKind;
  /** Any spelling; e-mail and phone are normalised. */
  readonly value: string;
  /** Set when the person proved it: followed a mailed link, linked the LINE account. */
  readonly verifiedAt?: Date;
}

/** Use cases of customers. Ids are the integer `id` of `plugin::crm.customer`. */
export interface CustomersService {
  find(id: number): Promise<Customer | null>;
  /** In no particular order; unknown ids are left out. */
  findMany(ids: readonly number[]): Promise<Customer[]>;
  findByIdentity(kind: IdentityKind, value: string): Promise<Customer | null>;
  /**
   * Normalises, stores, writes identities and search keys. Refuses `customers.invalid-fields` (400)
   * and `customers.email-taken` / `customers.number-taken` (409) with the fields in `reader`'s language.
   */
  create(unit: UnitOfWork, input: CustomerInput, reader?: Locale): Promise<Result<Customer>>;
  /** As `create`; `customers.not-found` (404) for an unknown id. */
  update(
    unit: UnitOfWork,
    id: number,
    patch: CustomerInput,
    reader?: Locale,
  ): Promise<Result<Customer>>;
  /** A verified identity wins; refuses `customers.identity-taken` (409) when somebody else keeps it. */
  attachIdentity(unit: UnitOfWork, claim: IdentityClaim): Promise<Result<Identity>>;
  /** True when the customer held it. */
  detachIdentity(
    unit: UnitOfWork,
    identity: Pick<IdentityClaim, 'customerId' | 'kind' | 'value'>,
  ): Promise<boolean>;
  identities(customerId: number): Promise<Identity[]>;
  /** Set-based: whose customer numbers and e-mail addresses (as stored) these are. */
  idsOf(
    unit: UnitOfWork,
    keys: { numbers: readonly string[]; emails: readonly string[] },
  ): Promise<{
    byNumber: ReadonlyMap<string, number>;
    byEmail: ReadonlyMap<string, number>;
  }>;
  search(query: CustomerSearch): Promise<CustomerPage>;
  /** All sources merged, newest first. `next`: pass as `before` for older entries. */
  timeline(
    customerId: number,
    query: { before?: number; limit: number; kinds?: readonly string[] },
  ): Promise<{ entries: TimelineEntry[]; next?: number }>;
}

/** Typed getter of the customers service. */
export const customersService = defineService<CustomersService>('customers');

/** Convenience for controllers of later features: the customer or null, by the id in a URL. */
export async function customerOfUrl(strapi: Core.Strapi, id: string): Promise<Customer | null> {
  const number = /^\d{1,9}$/.test(id) ? Number(id) : 0;
  return number > 0 ? customersService(strapi).find(number) : null;
}
