/**
 * Attributes that an operator has added to the customer in the Content-Type Builder. Read once the
 * types are settled; from then on they are fields like any other.
 */
import type { Core } from '@strapi/strapi';

import { customerContentType, customerUid } from './content-type';
import type { CustomField, CustomFieldType } from './domain/custom-values';
import { columnOf, setCustomColumns } from './store/rows';

const TYPES: Readonly<Record<string, CustomFieldType>> = {
  string: 'text',
  text: 'text',
  email: 'text',
  uid: 'text',
  integer: 'number',
  float: 'number',
  decimal: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  enumeration: 'choice',
};

/** A one-line text is `varchar(255)`; longer ones end where a request for them does. */
const LONGEST: Readonly<Record<string, number>> = { text: 10_000 };
const LINE = 255;

/** What PostgreSQL's columns hold, so that a value too large is refused and does not break a batch. */
const GREATEST: Readonly<Record<string, number>> = { integer: 2_147_483_647, decimal: 99_999_999 };

interface Limits {
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
}

function limitsOf(type: string, { maxLength, min, max }: Limits) {
  const greatest = GREATEST[type] ?? Number.MAX_VALUE;
  return {
    maxLength: Math.min(maxLength ?? Infinity, LONGEST[type] ?? LINE),
    range: [Math.max(min ?? -Infinity, -greatest), Math.min(max ?? Infinity, greatest)] as const,
  };
}

/** What Strapi adds to every type. */
const STRAPIS: ReadonlySet<string> = new Set([
  'id',
  'documentId',
  'createdAt',
  'updatedAt',
  'publishedAt',
  'createdBy',
  'updatedBy',
  'locale',
  'localizations',
]);

/** Bookkeeping of Strapi and of ours. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...STRAPIS,
  ...Object.keys(columnOf),
  'language',
  'sortName',
]);

const known = new WeakMap<object, readonly CustomField[]>();

/** The operator's own fields; those of types that hold no single value are left out. */
export function customFields(strapi: Core.Strapi): readonly CustomField[] {
  const read = known.get(strapi);
  if (read) return read;
  const stored = strapi.db.metadata.get(customerUid).attributes;
  const fields = Object.entries(strapi.contentType(customerUid).attributes).flatMap(
    ([name, attribute]): CustomField[] => {
      const type = TYPES[attribute.type];
      const column = stored[name];
      if (!type || LEFT_OUT.has(name) || !column || !('columnName' in column)) return [];
      const values = 'enum' in attribute ? (attribute.enum as readonly string[]) : [];
      const isWhole = attribute.type === 'integer';
      const limits = limitsOf(attribute.type, attribute as Limits);
      return [{ name, column: column.columnName ?? name, type, values, isWhole, ...limits }];
    },
  );
  known.set(strapi, fields);
  return fields;
}

/** Called at bootstrap: from then on the fields are read and written with every customer. */
export function installCustomFields(strapi: Core.Strapi): void {
  setCustomColumns(customFields(strapi));
}

interface Hideable {
  private?: boolean;
  searchable?: boolean;
}

/**
 * Called at register: what an operator adds to a person is as private as the rest of her. Otherwise
 * it could be read, or asked about, through any public type with a relation to the customer.
 */
export function hideCustomFields(strapi: Core.Strapi): void {
  const { attributes } = strapi.contentType(customerUid);
  for (const [name, attribute] of Object.entries(attributes)) {
    if (STRAPIS.has(name) || name in customerContentType.schema.attributes) continue;
    Object.assign(attribute as Hideable, { private: true, searchable: false });
  }
}
