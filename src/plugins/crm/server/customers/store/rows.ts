/** How customers stand in their table: columns, and what the two databases spell differently. */
import { randomBytes } from 'node:crypto';

import type { Customer, CustomerFields, CustomValue } from '../../../shared/customers';
import { isPostgres, type Database } from '../../kernel';
import type { CustomField } from '../domain/custom-values';
import { sortName } from '../domain/search-keys';

export const CUSTOMERS = 'crm_customers';

/** Column of each field; the one place that knows. */
export const columnOf: Readonly<Record<Exclude<keyof CustomerFields, 'custom'>, string>> = {
  customerNumber: 'customer_number',
  familyName: 'family_name',
  givenName: 'given_name',
  familyNameKana: 'family_name_kana',
  givenNameKana: 'given_name_kana',
  email: 'email',
  phone: 'phone',
  company: 'company',
  postalCode: 'postal_code',
  prefecture: 'prefecture',
  city: 'city',
  street: 'street',
  building: 'building',
  birthday: 'birthday',
  gender: 'gender',
  locale: 'language',
  tier: 'tier',
  tierLocked: 'tier_locked',
  tags: 'tags',
  lifecycleStage: 'lifecycle_stage',
  owner: 'owner',
  madeUp: 'made_up',
  note: 'note',
  registeredAt: 'registered_at',
};

export const fieldNames = Object.keys(columnOf) as (keyof typeof columnOf)[];

let customColumns: readonly CustomField[] = [];

/** Set once at boot. There is one Strapi, and one customer type, in a process. */
export function setCustomColumns(fields: readonly CustomField[]): void {
  customColumns = fields;
}

export type CustomerRow = Readonly<Record<string, unknown>>;

/** Strapi keeps UTC in PostgreSQL's zoneless timestamps and epoch ms in SQLite. */
export function datetimeValue(db: Database, epoch: number | null): string | number | null {
  if (epoch === null) return null;
  return isPostgres(db) ? new Date(epoch).toISOString() : epoch;
}

/** pg reads a zoneless timestamp as local time; its wall clock is UTC. */
function epochOf(value: unknown): number | null {
  if (value === null || value === undefined) return null;
  if (!(value instanceof Date)) return Number(value);
  return value.getTime() - value.getTimezoneOffset() * 60_000;
}

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);

function tagsOf(value: unknown): string[] {
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return Array.isArray(parsed) ? parsed.map(String) : [];
}

function customOfRow(row: CustomerRow): Record<string, CustomValue> {
  const values: Record<string, CustomValue> = {};
  for (const { name, column, type } of customColumns) {
    const stored = row[column];
    if (stored === null || stored === undefined) values[name] = null;
    else if (type === 'boolean') values[name] = Boolean(stored);
    else if (type === 'number') values[name] = Number(stored);
    else if (type === 'datetime') values[name] = epochOf(stored);
    else values[name] = String(stored);
  }
  return values;
}

/**
 * Copied and then filled. V8 keeps an object that is built of so many names as a table, thousands of
 * bytes each; one that was parsed has the short form, and so have its copies.
 */
const BLANK = JSON.parse(
  JSON.stringify(Object.fromEntries(fieldNames.map((field) => [field, null]))),
) as Record<keyof typeof columnOf, string | null>;

export function customerOfRow(row: CustomerRow): Customer {
  const filled = { ...BLANK };
  for (const field of fieldNames) filled[field] = textOf(row[columnOf[field]]);
  const text = filled as unknown as Customer;
  return {
    ...text,
    id: Number(row.id),
    documentId: String(row.document_id),
    locale: row.language === 'en' ? 'en' : 'ja',
    tier: textOf(row.tier) ?? 'regular',
    tierLocked: Boolean(row.tier_locked),
    tags: tagsOf(row.tags),
    madeUp: Boolean(row.made_up),
    owner: row.owner === null || row.owner === undefined ? null : Number(row.owner),
    custom: customOfRow(row),
    registeredAt: epochOf(row.registered_at),
    createdAt: epochOf(row.created_at) ?? 0,
  };
}

/** Columns that every customer is written with, in the order of `cellsOfFields`. */
export const fieldColumns = (): string[] => [
  ...fieldNames.map((field) => columnOf[field]),
  ...customColumns.map(({ column }) => column),
  'sort_name',
];

/** What `insertBulk` writes of a customer's fields, the sort key among it. */
export function cellsOfFields(db: Database, fields: CustomerFields): unknown[] {
  const cells: unknown[] = [];
  for (const field of fieldNames) {
    cells.push(field === 'registeredAt' ? datetimeValue(db, fields.registeredAt) : fields[field]);
  }
  for (const { name, type } of customColumns) {
    const value = fields.custom[name] ?? null;
    cells.push(type === 'datetime' ? datetimeValue(db, value as number | null) : value);
  }
  cells.push(sortName(fields));
  return cells;
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const ID_LENGTH = 24;

const MOMENT_LENGTH = 9;

/**
 * Document ids of the form that Strapi's have: 24 characters, a letter first. They begin with the
 * moment, so that their index grows at its end; the rest is chance enough to be nobody else's.
 */
export function newDocumentIds(count: number, now: number): string[] {
  const start = `c${now.toString(36).padStart(MOMENT_LENGTH, '0')}`;
  const chance = ID_LENGTH - start.length;
  const random = randomBytes(count * chance);
  return Array.from({ length: count }, (_, index) => {
    let id = start;
    for (let at = index * chance; at < (index + 1) * chance; at += 1) {
      id += ALPHABET[(random[at] ?? 0) % ALPHABET.length];
    }
    return id;
  });
}
