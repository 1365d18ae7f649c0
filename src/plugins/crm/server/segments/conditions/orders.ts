/** What people bought. Cancelled and refunded orders do not count, nor what came back of others. */
import type { Knex } from 'knex';

import type { Database } from '../../kernel';
import { defineCondition, type SegmentCondition } from '../condition';
import { during, inPeriod, whereFactMoment, whereFacts, whereFigure } from './facts';
import { fieldLabel } from './labels';
import { categoryOptions, productOptions } from './options';

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

/** What the lines of orders may be narrowed by: the product, or a category it lies in. */
type Narrow = (lines: Knex.QueryBuilder, wanted: string) => Knex.QueryBuilder;

/** Lines of orders that count and did not come back whole. */
const lines = (db: Database): Knex.QueryBuilder =>
  orders(db)
    .join('crm_order_lines', 'crm_order_lines.order_id', 'crm_orders.id')
    .whereRaw('crm_order_lines.quantity > crm_order_lines.returned_quantity');

/** Index `crm_order_lines_product`. */
const ofProduct: Narrow = (query, product) => query.where('crm_order_lines.product_code', product);

/** Primary key of `crm_product_categories`, then `crm_order_lines_product`. */
const ofCategory: Narrow = (query, category) =>
  query
    .join(
      'crm_product_categories',
      'crm_product_categories.product_code',
      'crm_order_lines.product_code',
    )
    .where('crm_product_categories.category', category);

const PIECES = 'sum(crm_order_lines.quantity - crm_order_lines.returned_quantity)';
const AMOUNT =
  'sum(crm_order_lines.quantity * crm_order_lines.unit_price - crm_order_lines.returned_amount)';

const asked = {
  product: { narrow: ofProduct, reads: ['orders'], options: productOptions },
  category: { narrow: ofCategory, reads: ['orders', 'products'], options: categoryOptions },
} as const;

const bought = (asksFor: keyof typeof asked): SegmentCondition => {
  const { narrow, ...about } = asked[asksFor];
  return defineCondition<'product'>({
    ...described(`orders.${asksFor}`),
    ...about,
    asksFor,
    valueType: 'product',
    where: (query, { operator, value, ...context }) => {
      const narrowed = narrow(lines(context.db), value.product);
      const facts = during(narrowed, ORDERED_AT, inPeriod(value.within, context));
      const selective = { facts, customerColumn: ORDER_CUSTOMER, selective: true };
      whereFacts(query, selective, context, operator === 'notBought');
    },
  });
};

const boughtFigure = (
  asksFor: keyof typeof asked,
  figureName: 'Count' | 'Total',
): SegmentCondition => {
  const { narrow, ...about } = asked[asksFor];
  return defineCondition<'productMeasure'>({
    ...described(`orders.${asksFor}${figureName}`),
    ...about,
    asksFor,
    valueType: 'productMeasure',
    unit: figureName === 'Count' ? 'times' : 'yen',
    where: (query, { operator, value, ...context }) => {
      const narrowed = narrow(lines(context.db), value.product);
      const facts = during(narrowed, ORDERED_AT, inPeriod(value.within, context));
      const aggregate = figureName === 'Count' ? PIECES : AMOUNT;
      whereFigure(
        query,
        { facts, customerColumn: ORDER_CUSTOMER },
        { aggregate, comparator: operator, amount: value.amount },
        context,
      );
    },
  });
};

export const orderConditions: readonly SegmentCondition[] = [
  figure('orders.count', 'count(*)', 'times'),
  figure('orders.total', 'sum(crm_orders.total)', 'yen'),
  figure('orders.average', 'avg(crm_orders.total)', 'yen'),
  moment('orders.last', 'last'),
  moment('orders.first', 'first'),
  bought('product'),
  boughtFigure('product', 'Count'),
  boughtFigure('product', 'Total'),
  bought('category'),
  boughtFigure('category', 'Count'),
  boughtFigure('category', 'Total'),
];
