import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { z } from 'zod';

import type { Database } from '../../kernel';
import { friendRouteUid } from '../friend-routes/content-type';
import type { FriendKey } from './friends';

const rowSchema = z.object({ documentId: z.string(), name: z.string(), key: z.string() });
export type StoredRoute = z.output<typeof rowSchema>;

/** More posters nobody oversees. */
const MOST = 500;

export async function allRoutes(strapi: Core.Strapi): Promise<StoredRoute[]> {
  const rows: unknown[] = await strapi.db
    .query(friendRouteUid)
    .findMany({ orderBy: [{ id: 'desc' }], limit: MOST });
  return rows.map((row) => rowSchema.parse(row));
}

export async function routeOfKey(strapi: Core.Strapi, key: string): Promise<StoredRoute | null> {
  const row: unknown = await strapi.db.query(friendRouteUid).findOne({ where: { key } });
  return row ? rowSchema.parse(row) : null;
}

/** One more on this day (`2026-11-22`, the site's). */
export async function countOpen(db: Database, route: string, day: string): Promise<void> {
  await db('crm_line_route_opens')
    .insert({ route, day, opens: 1 })
    .onConflict(['route', 'day'])
    .merge({ opens: db.raw('crm_line_route_opens.opens + 1') });
}

export async function openCounts(db: Database): Promise<Map<string, number>> {
  const rows: { route: string; opens: number | string }[] = await db('crm_line_route_opens')
    .groupBy('route')
    .select('route')
    .sum({ opens: 'opens' });
  return new Map(rows.map(({ route, opens }) => [route, Number(opens)]));
}

/** By which link a LINE user came last, until she is a friend. */
export async function keepClaim(
  db: Database,
  userId: string,
  route: string,
  now: number,
): Promise<void> {
  await db('crm_line_route_claims')
    .insert({ user_id: userId, route, at: now })
    .onConflict('user_id')
    .merge();
}

export async function claimOf(db: Database, userId: string, since: number): Promise<string | null> {
  const row: { route: string } | undefined = await db('crm_line_route_claims')
    .where({ user_id: userId })
    .where('at', '>=', since)
    .first('route');
  return row?.route ?? null;
}

/** Index: crm_line_route_claims_age. */
export async function forgetClaims(db: Database, before: number): Promise<void> {
  await db('crm_line_route_claims').where('at', '<', before).delete();
}

/** Once: the way on which a friend came first is the way on which she came. */
export async function setRoute(
  db: Database,
  { account, userId }: FriendKey,
  route: string,
  at: number,
): Promise<void> {
  await db('crm_line_friends')
    .where({ account, user_id: userId })
    .whereNull('route')
    .update({ route, route_at: at });
}

export interface RouteFigures {
  readonly route: string;
  readonly friends: number | string;
  readonly following: number | string;
  readonly members: number | string;
}

/** Index: crm_line_friends_route. */
export const routeFiguresQuery = (db: Database): Knex.QueryBuilder =>
  db('crm_line_friends')
    .whereNotNull('route')
    .groupBy('route')
    .select('route')
    .count({ friends: '*', members: 'customer_id' })
    .select(db.raw("sum(case when status = 'following' then 1 else 0 end) as following"));

export interface RouteRevenue {
  readonly route: string;
  readonly orders: number | string;
  readonly amount: number | string | null;
}

/** What they bought after they came; an order counts once, at however many accounts she is a friend. */
export const routeRevenueQuery = (db: Database): Knex.QueryBuilder =>
  db
    .from(
      db('crm_line_friends')
        .whereNotNull('route')
        .whereNotNull('customer_id')
        .groupBy('route', 'customer_id')
        .select('route', 'customer_id')
        .min('route_at as came_at')
        .as('f'),
    )
    .join('crm_orders as o', 'o.customer_id', 'f.customer_id')
    .whereRaw('o.ordered_at >= f.came_at')
    .whereIn('o.status', ['placed', 'paid'])
    .groupBy('f.route')
    .select('f.route')
    .count({ orders: '*' })
    .sum({ amount: 'o.total' });
