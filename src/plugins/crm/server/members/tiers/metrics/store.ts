/**
 * What a rank may be reached by. Each answers one row a person with `customer_id` and `figure`, for
 * all people or those narrowed by the caller; who has nothing is left out.
 */
import type { Knex } from 'knex';

import type { TierMetric } from '../../../../shared/tiers';
import { countedStatuses } from '../../../commerce';
import type { Database } from '../../../kernel';

interface Metric {
  readonly table: string;
  readonly at: string;
  readonly figure: string;
  readonly narrow: (query: Knex.QueryBuilder) => void;
}

/** The event that a till or a visit form sends. */
const VISIT = 'Store Visited';

const orders = {
  table: 'crm_orders',
  at: 'ordered_at',
  // Cancelled and refunded orders do not count, so a refund moves people down again.
  narrow: (query: Knex.QueryBuilder) => {
    query.whereIn('status', [...countedStatuses]);
  },
};

const metrics: Readonly<Record<TierMetric, Metric>> = {
  // By crm_orders_customer, which holds the total and the state.
  spend: { ...orders, figure: 'sum(total)' },
  orders: { ...orders, figure: 'count(*)' },
  // By crm_events_customer.
  visits: {
    table: 'crm_events',
    at: 'occurred_at',
    figure: 'count(*)',
    narrow: (query) => {
      query.where({ type: 'track', name: VISIT, is_bot: false }).whereNotNull('customer_id');
    },
  },
  // By crm_points_customer. What was earned; spending points costs no rank.
  points: {
    table: 'crm_points',
    at: 'at',
    figure: 'sum(points)',
    narrow: (query) => {
      query.where('points', '>', 0);
    },
  },
};

export function figuresQuery(
  db: Database,
  metric: TierMetric,
  { since, customerIds }: { since: number; customerIds?: readonly number[] },
): Knex.QueryBuilder {
  const { table, at, figure, narrow } = metrics[metric];
  const query = db(table).where(at, '>=', since).groupBy('customer_id');
  if (customerIds) query.whereIn('customer_id', [...customerIds]);
  narrow(query);
  return query.select('customer_id', db.raw(`${figure} as figure`));
}

export async function figuresOf(
  db: Database,
  metric: TierMetric,
  which: { since: number; customerIds: readonly number[] },
): Promise<Map<number, number>> {
  const rows: { customer_id: number; figure: number | string }[] = await figuresQuery(
    db,
    metric,
    which,
  );
  return new Map(rows.map((row) => [Number(row.customer_id), Number(row.figure)]));
}
