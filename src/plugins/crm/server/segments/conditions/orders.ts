/** What people bought. Cancelled and refunded orders do not count. */
import type { Knex } from 'knex';

import type { Period, RuleUse } from '../../../shared/segments-values';
import type { Database } from '../../kernel';
import { defineCondition, type ConditionContext, type SegmentCondition } from '../condition';
import { lastPeriod, type InstantRange } from '../domain/calendar';
import { rangeOf } from './column';
import { whereFacts, whereFigure } from './facts';
import { fieldLabel } from './labels';

const COUNTED = ['placed', 'paid'];
const ORDER_CUSTOMER = 'crm_orders.customer_id';

const orders = (db: Database): Knex.QueryBuilder =>
  db('crm_orders').whereIn('crm_orders.status', COUNTED);

function during(query: Knex.QueryBuilder, { from, until }: Partial<InstantRange>) {
  if (from !== undefined) query.where('crm_orders.ordered_at', '>=', from);
  if (until !== undefined) query.where('crm_orders.ordered_at', '<', until);
  return query;
}

const inPeriod = (period: Period | null, context: ConditionContext): Partial<InstantRange> =>
  period ? lastPeriod(period, context.now.getTime(), context.timeZone) : {};

const figure = (field: string, aggregate: string, unit: 'yen' | 'times'): SegmentCondition =>
  defineCondition<'measure'>({
    field,
    group: 'orders',
    valueType: 'measure',
    unit,
    label: fieldLabel(field),
    reads: ['orders'],
    where: (query, { operator, value, ...context }) => {
      const facts = during(orders(context.db), inPeriod(value.within, context));
      whereFigure(
        query,
        { facts, customerColumn: ORDER_CUSTOMER },
        { aggregate, comparator: operator, amount: value.amount },
        context,
      );
    },
  });

/** The instants on whose far side an order would be the last (the first) one instead; null: none. */
function beyond(
  use: RuleUse<'moment'>,
  which: 'first' | 'last',
  { from, until }: Partial<InstantRange>,
) {
  if (which === 'first') return from === undefined ? null : { until: from };
  // Periods end today: an order that is dated into the future is a mistake and not the last one.
  const toToday = use.operator === 'withinLast' || use.operator === 'notWithinLast';
  return until === undefined || toToday ? null : { from: until };
}

/** The first (last) order lies in a range: one does, and none lies before (after) it. */
function whereOrderMoment(
  query: Knex.QueryBuilder,
  which: 'first' | 'last',
  use: RuleUse<'moment'> & ConditionContext,
): void {
  const customerColumn = ORDER_CUSTOMER;
  const range = rangeOf(use);
  if (!range) {
    whereFacts(query, { facts: orders(use.db), customerColumn }, use, use.operator === 'isEmpty');
    return;
  }
  const facts = during(orders(use.db), range);
  const negate = use.operator === 'notWithinLast';
  const outside = beyond(use, which, range);
  if (!outside) {
    whereFacts(query, { facts, customerColumn }, use, negate);
    return;
  }
  query[negate ? 'whereNot' : 'where']((both) => {
    whereFacts(both, { facts, customerColumn }, use);
    whereFacts(both, { facts: during(orders(use.db), outside), customerColumn }, use, true);
  });
}

const moment = (field: string, which: 'first' | 'last'): SegmentCondition =>
  defineCondition<'moment'>({
    field,
    group: 'orders',
    valueType: 'moment',
    label: fieldLabel(field),
    reads: ['orders'],
    where: (query, use) => whereOrderMoment(query, which, use),
  });

const product = defineCondition<'product'>({
  field: 'orders.product',
  group: 'orders',
  valueType: 'product',
  label: fieldLabel('orders.product'),
  reads: ['orders'],
  where: (query, { operator, value, ...context }) => {
    const facts = during(orders(context.db), inPeriod(value.within, context))
      .join('crm_order_lines', 'crm_order_lines.order_id', 'crm_orders.id')
      .where('crm_order_lines.product_code', value.product);
    const negate = operator === 'notBought';
    whereFacts(query, { facts, customerColumn: ORDER_CUSTOMER, selective: true }, context, negate);
  },
});

export const orderConditions: readonly SegmentCondition[] = [
  figure('orders.count', 'count(*)', 'times'),
  figure('orders.total', 'sum(crm_orders.total)', 'yen'),
  moment('orders.last', 'last'),
  moment('orders.first', 'first'),
  product,
];
