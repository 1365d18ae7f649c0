/** How every operator of a value type reads one column of `crm_customers`. */
import type { Knex } from 'knex';

import type { RuleUse } from '../../../shared/segments-values';
import { isPostgres, type Database } from '../../kernel';
import type { ConditionContext } from '../condition';
import {
  addDays,
  dayPeriod,
  dayRange,
  lastPeriod,
  parseDay,
  type InstantRange,
} from '../domain/calendar';

/** A column of `crm_customers` as knex names it. */
export const customerColumn = (column: string): string => `crm_customers.${column}`;

/**
 * Only A–Z is folded, in JavaScript and in both databases alike: SQLite folds nothing else, and
 * what PostgreSQL folds depends on the locale of the cluster.
 */
const foldAscii = (text: string): string =>
  text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

const folded = (db: Database, column: string): Knex.Raw =>
  isPostgres(db) ? db.raw('lower(?? collate "C")', [column]) : db.raw('lower(??)', [column]);

const contains = (db: Database, column: string, text: string): Knex.Raw =>
  isPostgres(db)
    ? db.raw('position(? in ?) > 0', [foldAscii(text), folded(db, column)])
    : db.raw('instr(?, ?) > 0', [folded(db, column), foldAscii(text)]);

const startsWith = (db: Database, column: string, text: string): Knex.Raw =>
  db.raw('substr(?, 1, ?) = ?', [folded(db, column), [...text].length, foldAscii(text)]);

export function whereText(
  query: Knex.QueryBuilder,
  column: string,
  use: RuleUse<'text'> & ConditionContext,
): void {
  const { db } = use;
  const filled = () => query.whereNotNull(column).whereNot(column, '');
  switch (use.operator) {
    case 'is':
      return void query.whereNotNull(column).where(column, use.value);
    case 'isNot':
      return void query.whereNull(column).orWhereNot(column, use.value);
    case 'contains':
      return void query.whereNotNull(column).whereRaw(contains(db, column, use.value));
    case 'doesNotContain':
      return void query
        .whereNull(column)
        .orWhereRaw(db.raw('not (?)', [contains(db, column, use.value)]));
    case 'startsWith':
      return void query.whereNotNull(column).whereRaw(startsWith(db, column, use.value));
    case 'isEmpty':
      return void query.whereNull(column).orWhere(column, '');
    case 'isNotEmpty':
      return void filled();
  }
}

export function whereChoice(
  query: Knex.QueryBuilder,
  column: string,
  use: RuleUse<'choice'> & ConditionContext,
): void {
  if (use.operator === 'in') query.whereNotNull(column).whereIn(column, use.value);
  else query.whereNull(column).orWhereNotIn(column, use.value);
}

export function whereBoolean(
  query: Knex.QueryBuilder,
  column: string,
  use: RuleUse<'boolean'> & ConditionContext,
): void {
  if (use.operator === 'isTrue') query.whereNotNull(column).where(column, true);
  else query.whereNull(column).orWhere(column, false);
}

export const COMPARATORS = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/**
 * A figure as a rule names it. PostgreSQL would read it as the type of what it is compared with, and
 * refuse 1.5 beside a whole number and anything that such a column could not hold.
 */
export const figure = (db: Database, amount: number): Knex.Raw =>
  db.raw(isPostgres(db) ? 'cast(? as numeric)' : '?', [amount]);

export function whereNumber(
  query: Knex.QueryBuilder,
  column: string,
  use: RuleUse<'number'> & ConditionContext,
): void {
  if (use.operator === 'isEmpty') return void query.whereNull(column);
  if (use.operator === 'isNotEmpty') return void query.whereNotNull(column);
  const wanted = figure(use.db, use.value);
  if (use.operator === 'ne') query.whereNull(column).orWhereNot(column, wanted);
  else query.whereNotNull(column).where(column, COMPARATORS[use.operator], wanted);
}

/** A column that holds a day (`2026-02-03`), for example the birthday. */
export function whereDay(
  query: Knex.QueryBuilder,
  column: string,
  use: RuleUse<'date'> & ConditionContext,
): void {
  const now = use.now.getTime();
  const between = ({ first, last }: { first: string; last: string }) =>
    query.whereNotNull(column).where(column, '>=', first).where(column, '<=', last);
  switch (use.operator) {
    case 'isEmpty':
      return void query.whereNull(column);
    case 'isNotEmpty':
      return void query.whereNotNull(column);
    case 'on':
      return void between({ first: use.value, last: use.value });
    case 'before':
      return void query.whereNotNull(column).where(column, '<', use.value);
    case 'after':
      return void query.whereNotNull(column).where(column, '>', use.value);
    case 'withinNext':
      return void between(dayPeriod(use.value, 'next', now, use.timeZone));
    case 'withinLast':
      return void between(dayPeriod(use.value, 'last', now, use.timeZone));
    case 'notWithinLast': {
      const { first, last } = dayPeriod(use.value, 'last', now, use.timeZone);
      return void query.whereNull(column).orWhere(column, '<', first).orWhere(column, '>', last);
    }
  }
}

/** The range of instants that a clause about an instant means; null: it only asks for emptiness. */
export function rangeOf(use: RuleUse<'moment'> & ConditionContext): Partial<InstantRange> | null {
  switch (use.operator) {
    case 'on':
      return dayRange(parseDay(use.value), use.timeZone);
    case 'before':
      return { until: dayRange(parseDay(use.value), use.timeZone).from };
    case 'after':
      return { from: dayRange(addDays(parseDay(use.value), 1), use.timeZone).from };
    case 'withinLast':
    case 'notWithinLast':
      return lastPeriod(use.value, use.now.getTime(), use.timeZone);
    default:
      return null;
  }
}

/** Strapi's datetime columns: milliseconds on SQLite, `timestamp` in UTC on PostgreSQL. */
const strapiInstant = (db: Database, instant: number): number | string =>
  isPostgres(db) ? new Date(instant).toISOString() : instant;

/** A datetime attribute of the customer, for example when the record was made. */
export function whereMoment(
  query: Knex.QueryBuilder,
  column: string,
  use: RuleUse<'moment'> & ConditionContext,
): void {
  const range = rangeOf(use);
  if (use.operator === 'isEmpty') return void query.whereNull(column);
  query.whereNotNull(column);
  if (!range) return;
  const { from, until } = range;
  const inRange = (inner: Knex.QueryBuilder) => {
    if (from !== undefined) inner.where(column, '>=', strapiInstant(use.db, from));
    if (until !== undefined) inner.where(column, '<', strapiInstant(use.db, until));
  };
  if (use.operator !== 'notWithinLast') return void query.where(inRange);
  query.whereNot(inRange).orWhereNull(column);
}
