/**
 * The customer's own fields. They are read from the content type, so a field that an operator adds
 * in the Content-Type Builder can be asked about at once.
 */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import type { ValueType } from '../../../shared/segments-values';
import { isPostgres, type Database } from '../../kernel';
import { defineCondition, type SegmentCondition } from '../condition';
import { messages } from '../messages';
import { listElements } from '../store/field-values';
import {
  customerColumn,
  whereBoolean,
  whereChoice,
  whereDay,
  whereMoment,
  whereNumber,
  whereText,
} from './column';
import { fieldLabel } from './labels';
import {
  columnOptions,
  enumOptions,
  monthOptions,
  prefectureOptions,
  staffOptions,
  tagOptions,
} from './options';

const CUSTOMER = 'plugin::crm.customer';

/** Bookkeeping of Strapi that says nothing about a person. */
const LEFT_OUT = new Set(['updatedAt', 'publishedAt', 'locale', 'documentId', 'sortName']);

interface Attribute {
  readonly name: string;
  readonly column: string;
  readonly type: string;
  readonly values: readonly string[];
}

type Make = (attribute: Attribute) => SegmentCondition;

const described = <T extends ValueType>(attribute: Attribute, valueType: T) => ({
  field: `customer.${attribute.name}`,
  group: 'customer',
  valueType,
  label: labelOf(attribute.name),
  reads: [`customer.${attribute.name}`],
});

/** An attribute of the operator's own is called what they called it. */
function labelOf(name: string): SegmentCondition['label'] {
  const field = `customer.${name}`;
  return `segments.field.${field}` in messages.ja ? fieldLabel(field) : () => name;
}

const text: Make = (attribute) =>
  defineCondition({
    ...described(attribute, 'text'),
    where: (query, use) => whereText(query, customerColumn(attribute.column), use),
  });

const choice =
  (options: (attribute: Attribute) => SegmentCondition['options']): Make =>
  (attribute) =>
    defineCondition({
      ...described(attribute, 'choice'),
      options: options(attribute),
      where: (query, use) => whereChoice(query, customerColumn(attribute.column), use),
    });

const number: Make = (attribute) =>
  defineCondition({
    ...described(attribute, 'number'),
    where: (query, use) => whereNumber(query, customerColumn(attribute.column), use),
  });

const boolean: Make = (attribute) =>
  defineCondition({
    ...described(attribute, 'boolean'),
    where: (query, use) => whereBoolean(query, customerColumn(attribute.column), use),
  });

const date: Make = (attribute) =>
  defineCondition({
    ...described(attribute, 'date'),
    where: (query, use) => whereDay(query, customerColumn(attribute.column), use),
  });

const moment: Make = (attribute) =>
  defineCondition({
    ...described(attribute, 'moment'),
    where: (query, use) => whereMoment(query, customerColumn(attribute.column), use),
  });

/** Some element of the list in `column` is one of `wanted`. */
const elements = (db: Database, column: string, wanted: readonly string[]): Knex.QueryBuilder =>
  db
    .queryBuilder()
    .select(db.raw('1'))
    .fromRaw(listElements(db, column))
    .whereIn('element.value', wanted);

const tags: Make = (attribute) =>
  defineCondition({
    ...described(attribute, 'tags'),
    options: tagOptions(attribute.column),
    where: (query, { operator, value, db }) => {
      const column = customerColumn(attribute.column);
      if (operator === 'hasAny') query.whereExists(elements(db, column, value));
      else if (operator === 'hasNone') query.whereNotExists(elements(db, column, value));
      else for (const tag of value) query.whereExists(elements(db, column, [tag]));
    },
  });

/** Who looks after the person: staff are picked by name, and kept by their id. */
const owner: Make = (attribute) =>
  defineCondition({
    ...described(attribute, 'choice'),
    options: staffOptions,
    where: (query, { operator, value }) => {
      const column = customerColumn(attribute.column);
      // 0 is nobody: what is no id finds no one instead of breaking PostgreSQL's statement.
      const ids = value.map((id) => (/^\d{1,9}$/.test(id) ? Number(id) : 0));
      if (operator === 'in') query.whereNotNull(column).whereIn(column, ids);
      else query.whereNull(column).orWhereNotIn(column, ids);
    },
  });

/** By Strapi's attribute type; types that no rule can ask about (media, relations) are absent. */
const byType: Readonly<Record<string, Make>> = {
  string: text,
  text,
  email: text,
  uid: text,
  integer: number,
  biginteger: number,
  decimal: number,
  float: number,
  boolean,
  date,
  datetime: moment,
  enumeration: choice((attribute) => enumOptions(attribute.values)),
};

/** Attributes whose meaning says more than their type. */
const byName: Readonly<Record<string, Make>> = {
  tier: choice((attribute) => columnOptions(attribute.column)),
  lifecycleStage: choice((attribute) => columnOptions(attribute.column)),
  gender: choice((attribute) => columnOptions(attribute.column)),
  prefecture: choice(() => prefectureOptions),
  owner,
  tags,
};

/** The month of the birthday, for birthday campaigns. */
const birthdayMonth: Make = (attribute) =>
  defineCondition({
    ...described(attribute, 'choice'),
    field: 'customer.birthdayMonth',
    label: fieldLabel('customer.birthdayMonth'),
    options: monthOptions,
    where: (query, { operator, value, db }) => {
      const column = customerColumn(attribute.column);
      const month = isPostgres(db)
        ? db.raw('cast(extract(month from ??) as integer)', [column])
        : db.raw('cast(substr(??, 6, 2) as integer)', [column]);
      // 0 is no month: a list of words that are none matches nobody instead of breaking.
      const months = value.map((text) => Number.parseInt(text, 10) || 0);
      const among = db.raw(`? in (${months.map(() => '?').join(', ')})`, [month, ...months]);
      if (operator === 'in') query.whereNotNull(column).whereRaw(among);
      else query.whereNull(column).orWhereRaw(db.raw('not (?)', [among]));
    },
  });

function attributesOf(strapi: Core.Strapi): Attribute[] {
  const stored = strapi.db.metadata.get(CUSTOMER).attributes;
  const columnOf = (name: string): string | null => {
    const attribute = stored[name];
    return attribute && 'columnName' in attribute ? (attribute.columnName ?? name) : null;
  };
  return Object.entries(strapi.contentType(CUSTOMER).attributes).flatMap(([name, attribute]) => {
    const column = columnOf(name);
    if (column === null || LEFT_OUT.has(name)) return [];
    const values = attribute.type === 'enumeration' ? attribute.enum : [];
    return [{ name, column, type: attribute.type, values }];
  });
}

/** One condition for every attribute that a rule can ask about. */
export function customerConditions(strapi: Core.Strapi): SegmentCondition[] {
  return attributesOf(strapi).flatMap((attribute) => {
    const make = byName[attribute.name] ?? byType[attribute.type];
    const made = make ? [make(attribute)] : [];
    return attribute.name === 'birthday' ? [...made, birthdayMonth(attribute)] : made;
  });
}
