/** Clauses about facts kept in other tables, one row per fact and person: orders, events, consents. */
import type { Knex } from 'knex';

import type { ConditionContext } from '../condition';

export interface FactQuery {
  /** Rows of facts with a column `customer_id`, filtered; nothing selected or grouped yet. */
  readonly facts: Knex.QueryBuilder;
  /** The column that names the person, qualified: `crm_orders.customer_id`. */
  readonly customerColumn: string;
  /** What the facts of one person must amount to; without it one fact is enough. */
  readonly having?: { readonly sql: string; readonly bindings: readonly number[] };
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
  const rows = facts.clone().whereNotNull(customerColumn);
  if (having) rows.groupBy(customerColumn).havingRaw(having.sql, having.bindings);
  if (scope === 'everyone' && (having || selective)) {
    rows.select(customerColumn);
    query[negate ? 'whereNotIn' : 'whereIn']('crm_customers.id', rows);
    return;
  }
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
  figure: { readonly aggregate: string; readonly comparator: Comparator; readonly amount: number },
  context: ConditionContext,
): void {
  const { aggregate, comparator, amount } = figure;
  const comparison = `${aggregate} ${SYMBOLS[comparator]} ?`;
  const zeroFits = compareZero[comparator](amount);
  const sql = zeroFits ? `not (${comparison})` : comparison;
  whereFacts(query, { ...facts, having: { sql, bindings: [amount] } }, context, zeroFits);
}
