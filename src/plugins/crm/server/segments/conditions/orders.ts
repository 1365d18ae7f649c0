/** What people bought. Cancelled and refunded orders do not count. */
import type { Knex } from 'knex';

import type { Database } from '../../kernel';
import { defineCondition, type SegmentCondition } from '../condition';
import { during, inPeriod, whereFactMoment, whereFacts, whereFigure } from './facts';
import { fieldLabel } from './labels';

const COUNTED = ['placed', 'paid'];
const ORDER_CUSTOMER = 'crm_orders.customer_id';
const ORDERED_AT = 'crm_orders.ordered_at';

const orders = (db: Database): Knex.QueryBuilder =>
  db('crm_orders').whereIn('crm_orders.status', COUNTED);

const described = (field: string) => ({
  field,
  group: 'orders',
  label: fieldLabel(field),
  reads: ['orders'],
});

const figure = (field: string, aggregate: string, unit: 'yen' | 'times'): SegmentCondition =>
  defineCondition<'measure'>({
    ...described(field),
    valueType: 'measure',
    unit,
    where: (query, { operator, value, ...context }) => {
      const facts = during(orders(context.db), ORDERED_AT, inPeriod(value.within, context));
      whereFigure(
        query,
        { facts, customerColumn: ORDER_CUSTOMER },
        { aggregate, comparator: operator, amount: value.amount },
        context,
      );
    },
  });

const moment = (field: string, which: 'first' | 'last'): SegmentCondition =>
  defineCondition<'moment'>({
    ...described(field),
    valueType: 'moment',
    where: (query, use) =>
      whereFactMoment(
        query,
        { facts: () => orders(use.db), customerColumn: ORDER_CUSTOMER, atColumn: ORDERED_AT },
        which,
        use,
      ),
  });

/** Lines of orders that count, of one product. Index `crm_order_lines_product`. */
const linesOf = (db: Database, product: string): Knex.QueryBuilder =>
  orders(db)
    .join('crm_order_lines', 'crm_order_lines.order_id', 'crm_orders.id')
    .where('crm_order_lines.product_code', product);

const product = defineCondition<'product'>({
  ...described('orders.product'),
  valueType: 'product',
  where: (query, { operator, value, ...context }) => {
    const lines = linesOf(context.db, value.product);
    const facts = during(lines, ORDERED_AT, inPeriod(value.within, context));
    const negate = operator === 'notBought';
    whereFacts(query, { facts, customerColumn: ORDER_CUSTOMER, selective: true }, context, negate);
  },
});

const productFigure = (field: string, aggregate: string, unit: 'yen' | 'times'): SegmentCondition =>
  defineCondition<'productMeasure'>({
    ...described(field),
    valueType: 'productMeasure',
    unit,
    where: (query, { operator, value, ...context }) => {
      const lines = linesOf(context.db, value.product);
      whereFigure(
        query,
        {
          facts: during(lines, ORDERED_AT, inPeriod(value.within, context)),
          customerColumn: ORDER_CUSTOMER,
        },
        { aggregate, comparator: operator, amount: value.amount },
        context,
      );
    },
  });

export const orderConditions: readonly SegmentCondition[] = [
  figure('orders.count', 'count(*)', 'times'),
  figure('orders.total', 'sum(crm_orders.total)', 'yen'),
  figure('orders.average', 'avg(crm_orders.total)', 'yen'),
  moment('orders.last', 'last'),
  moment('orders.first', 'first'),
  product,
  productFigure('orders.productCount', 'sum(crm_order_lines.quantity)', 'times'),
  productFigure(
    'orders.productTotal',
    'sum(crm_order_lines.quantity * crm_order_lines.unit_price)',
    'yen',
  ),
];
