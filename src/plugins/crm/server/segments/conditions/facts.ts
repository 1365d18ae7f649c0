/** Clauses about facts kept in other tables, one row per fact and person: orders, events, consents. */
import type { Knex } from 'knex';

import type { Period, RuleUse } from '../../../shared/segments-values';
import type { ConditionContext } from '../condition';
import { lastPeriod, type InstantRange } from '../domain/calendar';
import { figure, rangeOf } from './column';

export interface FactQuery {
  /** Rows of facts with a column `customer_id`, filtered; nothing selected or grouped yet. */
  readonly facts: Knex.QueryBuilder;
  /** The column that names the person, qualified: `crm_orders.customer_id`. */
  readonly customerColumn: string;
  /** What the facts of one person must amount to; without it one fact is enough. */
  readonly having?: { readonly sql: string; readonly bindings: readonly Knex.RawBinding[] };
  /**
   * The filter is found faster from the fact's side than from the person's: a product, an event's
   * name. What must be added up always is; one fact of a person is an index lookup.
   */
  readonly selective?: boolean;
}

/**
 * People who have such facts, or with `negate` all others. Either the set is built once from the
 * facts, or the facts are looked up person by person, by the index that begins with the customer.
 */
export function whereFacts(
  query: Knex.QueryBuilder,
  { facts, customerColumn, having, selective }: FactQuery,
  context: ConditionContext,
  negate = false,
): void {
  const { db, scope } = context;
  const rows = facts.clone();
  if (having) rows.groupBy(customerColumn).havingRaw(having.sql, [...having.bindings]);
  if (scope === 'everyone' && (having || selective)) {
    // One NULL in the set would make "not in" unknown for everybody.
    rows.whereNotNull(customerColumn).select(customerColumn);
    query[negate ? 'whereNotIn' : 'whereIn']('crm_customers.id', rows);
    return;
  }
  // No "is not null" here: PostgreSQL would check it anew at every step of the index, for half the time.
  rows.select(db.raw('1')).whereRaw('?? = ??', [customerColumn, 'crm_customers.id']);
  query[negate ? 'whereNotExists' : 'whereExists'](rows);
}

type Comparator = 'eq' | 'gt' | 'gte' | 'lt' | 'lte';

const compareZero: Readonly<Record<Comparator, (amount: number) => boolean>> = {
  eq: (amount) => 0 === amount,
  gt: (amount) => 0 > amount,
  gte: (amount) => 0 >= amount,
  lt: (amount) => 0 < amount,
  lte: (amount) => 0 <= amount,
};

const SYMBOLS: Readonly<Record<Comparator, string>> = {
  eq: '=',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
};

/**
 * People whose facts add up to a figure. A person without facts has the figure zero; where zero
 * fits, the others are looked for and left out.
 */
export function whereFigure(
  query: Knex.QueryBuilder,
  facts: Omit<FactQuery, 'having'>,
  wanted: {
    readonly aggregate: string | Knex.Raw;
    readonly comparator: Comparator;
    readonly amount: number;
  },
  context: ConditionContext,
): void {
  const { aggregate, comparator, amount } = wanted;
  const figureOf = typeof aggregate === 'string' ? context.db.raw(aggregate) : aggregate;
  const comparison = `? ${SYMBOLS[comparator]} ?`;
  const zeroFits = compareZero[comparator](amount);
  const sql = zeroFits ? `not (${comparison})` : comparison;
  const having = { sql, bindings: [figureOf, figure(context.db, amount)] };
  whereFacts(query, { ...facts, having }, context, zeroFits);
}

/** Facts of a period, counted back from now; null: of all time. */
export const inPeriod = (
  period: Period | null,
  context: ConditionContext,
): Partial<InstantRange> =>
  period ? lastPeriod(period, context.now.getTime(), context.timeZone) : {};

export function during(
  facts: Knex.QueryBuilder,
  column: string,
  { from, until }: Partial<InstantRange>,
): Knex.QueryBuilder {
  if (from !== undefined) facts.where(column, '>=', from);
  if (until !== undefined) facts.where(column, '<', until);
  return facts;
}

/** The instants on whose far side a fact would be the last (the first) one instead; null: none. */
function beyond(
  use: RuleUse<'moment'>,
  which: 'first' | 'last',
  { from, until }: Partial<InstantRange>,
) {
  if (which === 'first') return from === undefined ? null : { until: from };
  // Periods end today: a fact that is dated into the future is a mistake and not the last one.
  const toToday = use.operator === 'withinLast' || use.operator === 'notWithinLast';
  return until === undefined || toToday ? null : { from: until };
}

export interface DatedFacts extends Omit<FactQuery, 'facts' | 'having'> {
  readonly facts: () => Knex.QueryBuilder;
  /** Epoch milliseconds of a fact, qualified. */
  readonly atColumn: string;
}

/** The first (last) fact lies in a range: one does, and none lies before (after) it. */
export function whereFactMoment(
  query: Knex.QueryBuilder,
  { facts, atColumn, ...about }: DatedFacts,
  which: 'first' | 'last',
  use: RuleUse<'moment'> & ConditionContext,
): void {
  const range = rangeOf(use);
  if (!range) {
    whereFacts(query, { facts: facts(), ...about }, use, use.operator === 'isEmpty');
    return;
  }
  const inside = during(facts(), atColumn, range);
  const negate = use.operator === 'notWithinLast';
  const outside = beyond(use, which, range);
  if (!outside) {
    whereFacts(query, { facts: inside, ...about }, use, negate);
    return;
  }
  query[negate ? 'whereNot' : 'where']((both) => {
    whereFacts(both, { facts: inside, ...about }, use);
    whereFacts(both, { facts: during(facts(), atColumn, outside), ...about }, use, true);
  });
}
