/**
 * Attributes that an operator has added to the customer in the Content-Type Builder. Read once the
 * types are settled; from then on they are fields like any other.
 */
import type { Core } from '@strapi/strapi';

import { customerUid } from './content-type';
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

/** Bookkeeping of Strapi and of ours. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...Object.keys(columnOf),
  'language',
  'sortName',
  'createdAt',
  'updatedAt',
  'publishedAt',
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
      return [{ name, column: column.columnName ?? name, type, values, isWhole }];
    },
  );
  known.set(strapi, fields);
  return fields;
}

/** Called at bootstrap: from then on the fields are read and written with every customer. */
export function installCustomFields(strapi: Core.Strapi): void {
  setCustomColumns(customFields(strapi));
}
