/** PUBLIC: what other features may use of customers. */
import type { Core } from '@strapi/strapi';

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
import type { FieldSource } from '../../shared/field-sources';
import { defineEvent, defineService, type Locale, type Result, type UnitOfWork } from '../kernel';

export type {
  Customer,
  CustomerInput,
  FieldSource,
  Identity,
  IdentityKind,
  Timeline,
  TimelineEntry,
};
export { customerUid } from './content-type';
export { customFields } from './custom-fields';
export { customValue, type CustomField } from './domain/custom-values';
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

export {
  customerExportColumns,
  customerFacts,
  customerFilters,
  customerImportColumns,
  customerLinks,
  customerOptions,
  importRecipes,
  timelineSources,
  type CustomerExportColumns,
  type CustomerFactSource,
  type CustomerFilter,
  type CustomerImportColumns,
  type CustomerLinks,
  type CustomerOptionSource,
  type TimelineSource,
} from './extensions';
export { answerCsv } from './export/csv-answer';
export { csvFile, type TakenOut } from './export/csv-file';
export { columnLabel } from './import/column-label';
export { staffOf } from './staff';
export { linksOfTable, type LinkedTable } from './store/links';
export { withUploadedTable, type UploadedRow, type UploadedTable } from './import/read-upload';
export { importsService, type ImportsService } from './import/contract';
export type {
  BatchResult,
  Cells,
  ImportRecipe,
  ImportRow,
  BatchWriter,
  ImportChange,
  ImportContext,
  RowIssue,
  UndoneBatch,
} from './import/import-kind';

/** Customers that did not exist before, in one batch. */
export const customerCreated = defineEvent<{ customerIds: number[] }>('customer.created');

/** Customers whose `fields` changed (names as in `CustomerInput`), in one batch. */
export const customerChanged = defineEvent<{ customerIds: number[]; fields: string[] }>(
  'customer.changed',
);

/** Two records turned out to be one person; everything of `from` is `into`'s now. */
export const customersMerged = defineEvent<{ from: number; into: number }>('customer.merged');

/** What narrows a set of people; every given condition must hold. */
export interface CustomerConditions {
  readonly text?: string;
  readonly tier?: string;
  /** documentId of a segment. */
  readonly segment?: string;
  readonly consent?: string;
  readonly lifecycle?: string;
  /** Id of a staff member, or `none`. */
  readonly owner?: string;
}

/** Ways to find people, page by page. */
export interface CustomerSearch extends CustomerConditions {
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

/** Who told the values of a change: a weaker source than the one that holds a field is refused it. */
export interface ToldBy {
  readonly source: FieldSource;
  /** Id of the staff member or the import. */
  readonly ref?: string;
}

/** Use cases of customers. Ids are the integer `id` of `plugin::crm.customer`. */
/** A page of a person's timeline. */
export interface TimelineQuery {
  readonly before?: string;
  readonly limit: number;
  readonly kinds?: readonly string[];
  /** Who reads: names of tiers and plans come in this language. */
  readonly locale?: Locale;
}

export interface ImportedIdentity {
  readonly customerId: number;
  readonly value: string;
}

export interface CustomersService {
  find(id: number): Promise<Customer | null>;
  /** In no particular order; unknown ids are left out. */
  findMany(ids: readonly number[]): Promise<Customer[]>;
  findByIdentity(kind: IdentityKind, value: string): Promise<Customer | null>;
  /**
   * Normalises, stores, writes identities and search keys. Refuses `customers.invalid-fields` (400)
   * and `customers.email-taken` / `customers.number-taken` (409) with the fields in `reader`'s language.
   */
  create(
    unit: UnitOfWork,
    input: CustomerInput,
    reader?: Locale,
    told?: ToldBy,
  ): Promise<Result<Customer>>;
  /**
   * As `create`; `customers.not-found` (404) for an unknown id. Fields that a stronger source than
   * `told` holds stay as they are; left out, everything is taken and its source is not known.
   */
  update(
    unit: UnitOfWork,
    id: number,
    patch: CustomerInput,
    reader?: Locale,
    told?: ToldBy,
  ): Promise<Result<Customer>>;
  /** A verified identity wins; refuses `customers.identity-taken` (409) when somebody else keeps it. */
  attachIdentity(unit: UnitOfWork, claim: IdentityClaim): Promise<Result<Identity>>;
  /** True when the customer held it. */
  detachIdentity(
    unit: UnitOfWork,
    identity: Pick<IdentityClaim, 'customerId' | 'kind' | 'value'>,
  ): Promise<boolean>;
  identities(customerId: number): Promise<Identity[]>;
  /**
   * Set-based, for the columns of an import: unverified, as a file says it. Left out is what somebody
   * holds already, and who has another of the kind. Answers those that are new. Idempotent.
   */
  importIdentities(
    unit: UnitOfWork,
    kind: IdentityKind,
    claims: readonly ImportedIdentity[],
    importId: number,
  ): Promise<readonly ImportedIdentity[]>;
  /** Its undo: answers what was taken back; what has been verified since stays. Idempotent. */
  forgetImported(
    unit: UnitOfWork,
    kind: IdentityKind,
    customerIds: readonly number[],
    importId: number,
  ): Promise<readonly ImportedIdentity[]>;
  /** Set-based: whose customer numbers and e-mail addresses (as stored) these are. */
  idsOf(
    unit: UnitOfWork,
    keys: { numbers: readonly string[]; emails: readonly string[] },
  ): Promise<{
    byNumber: ReadonlyMap<string, number>;
    byEmail: ReadonlyMap<string, number>;
  }>;
  search(query: CustomerSearch): Promise<CustomerPage>;
  /** Stages that stand in records, and the staff who may look after people. */
  choices(): Promise<{ lifecycle: CustomerOption[]; owner: CustomerOption[] }>;
  /** All sources merged, newest first. `next`: pass as `before` for older entries. */
  timeline(
    customerId: number,
    query: TimelineQuery,
  ): Promise<{ entries: TimelineEntry[]; next?: string }>;
}

/** Typed getter of the customers service. */
export const customersService = defineService<CustomersService>('customers');

/** Convenience for controllers of later features: the customer or null, by the id in a URL. */
export async function customerOfUrl(strapi: Core.Strapi, id: string): Promise<Customer | null> {
  const number = /^\d{1,9}$/.test(id) ? Number(id) : 0;
  return number > 0 ? customersService(strapi).find(number) : null;
}
