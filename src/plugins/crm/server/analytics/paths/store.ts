/** Which pages were seen before orders: from the log, and from days whose events are gone. */
import type { Knex } from 'knex';

import type { PagePath } from '../../../shared/page-paths';
import { insertBulk, type Database } from '../../kernel';

export interface Instants {
  readonly from: number;
  readonly until: number;
}

const BOUGHT = ['placed', 'paid'];

/**
 * Orders by `crm_orders_ordered_at`, each one's events by `crm_events_customer`: the cost is that of
 * the orders asked about, however long the log.
 */
const pagesBefore = (db: Database, { from, until }: Instants, windowMs: number) =>
  db('crm_orders as o')
    .join('crm_events as e', (on) => {
      on.on('e.customer_id', 'o.customer_id')
        .andOn('e.occurred_at', '<', 'o.ordered_at')
        .andOn('e.occurred_at', '>=', db.raw('o.ordered_at - ?', [windowMs]));
    })
    .where('o.ordered_at', '>=', from)
    .where('o.ordered_at', '<', until)
    .whereIn('o.status', BOUGHT)
    .where({ 'e.type': 'page', 'e.is_bot': false });

export const pagesOfOrders = (
  db: Database,
  instants: Instants,
  windowMs: number,
): Knex.QueryBuilder =>
  pagesBefore(db, instants, windowMs)
    .groupBy('e.name')
    .select('e.name as page')
    .countDistinct('o.id as orders')
    .count('* as views');

export const ordersWithPages = (
  db: Database,
  instants: Instants,
  windowMs: number,
): Knex.QueryBuilder => pagesBefore(db, instants, windowMs).countDistinct('o.id as orders');

export const ordersOf = (db: Database, { from, until }: Instants): Knex.QueryBuilder =>
  db('crm_orders')
    .where('ordered_at', '>=', from)
    .where('ordered_at', '<', until)
    .whereIn('status', BOUGHT)
    .count('* as orders');

/** The last day that stands; null: none does. */
export async function lastKeptDay(db: Database): Promise<string | null> {
  const [row]: { day: string | null }[] = await db('crm_page_path_days').max('day as day');
  return row?.day ?? null;
}

export async function firstReceived(db: Database): Promise<number | null> {
  const row: { received_at: number | string } | undefined = await db('crm_events')
    .orderBy('id')
    .first('received_at');
  return row ? Number(row.received_at) : null;
}

/** Once a day stands it stays: its events are about to go. */
export async function keepDay(db: Database, day: string, rows: readonly PagePath[]): Promise<void> {
  await insertBulk(db, {
    table: 'crm_page_path_days',
    columns: ['day', 'page', 'orders', 'views'],
    rows: rows.map((row) => ({ day, ...row })),
    conflict: { columns: ['day', 'page'], merge: 'ignore' },
  });
}

/** By the primary key. */
export const keptPages = (db: Database, days: { from: string; to: string }): Knex.QueryBuilder =>
  db('crm_page_path_days')
    .whereBetween('day', [days.from, days.to])
    .groupBy('page')
    .select('page')
    .sum('orders as orders')
    .sum('views as views');
