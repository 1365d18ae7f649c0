/** The log as a whole: its newest end, its oldest end, and counts over it. */
import type { Knex } from 'knex';

import { isPostgres, type Database } from '../../kernel';
import type { DayCount } from '../domain/roll-up';

export interface LogRow {
  readonly id: number | string;
  readonly type: string;
  readonly name: string;
  readonly customer_id: number | null;
  readonly visitor_id: string | null;
  readonly message_id: string;
  readonly occurred_at: number | string;
  readonly received_at: number | string;
  readonly is_bot: boolean | number;
}

const SHOWN = [
  'id',
  'type',
  'name',
  'customer_id',
  'visitor_id',
  'message_id',
  'occurred_at',
  'received_at',
  'is_bot',
] as const;

/** By the primary key, from its end. */
export const latestEvents = (db: Database, limit: number): Promise<LogRow[]> =>
  db('crm_events').orderBy('id', 'desc').limit(limit).select(SHOWN);

/** By the primary key, from its beginning: ids rise with the time of receipt. */
export const oldestEvents = (db: Database, limit: number): Promise<LogRow[]> =>
  db('crm_events').orderBy('id').limit(limit).select(SHOWN);

/** As `oldestEvents`, for whoever takes them away: what another node is taking is left to it. */
export function oldestToTake(trx: Knex.Transaction, limit: number): Promise<LogRow[]> {
  const oldest = trx('crm_events').orderBy('id').limit(limit).select<LogRow[]>(SHOWN);
  if (isPostgres(trx)) void oldest.forUpdate().skipLocked();
  return oldest;
}

/**
 * The first id received at an instant or later, found in two dozen looks at the primary key: the
 * log has no index by time, because every index costs more than the row itself.
 */
export async function firstIdSince(db: Database, since: number): Promise<number> {
  // Two statements: of both ends in one, SQLite reads the whole log, and nobody else is answered.
  const end = async (order: 'asc' | 'desc'): Promise<number> => {
    const row: { id: number | string } | undefined = await db('crm_events')
      .orderBy('id', order)
      .first('id');
    return Number(row?.id ?? 0);
  };
  let low = await end('asc');
  let high = (await end('desc')) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row: { id: number | string; received_at: number | string } | undefined = await db(
      'crm_events',
    )
      .where('id', '>=', middle)
      .orderBy('id')
      .first('id', 'received_at');
    if (row && Number(row.received_at) < since) low = Number(row.id) + 1;
    else high = middle;
  }
  return low;
}

export interface NamesQuery {
  readonly firstId: number;
  readonly from: number;
  readonly until: number;
}

/** Named events of a time, from the log; for a worker, it reads that part of it. */
export const namesInLog = (db: Database, { firstId, from, until }: NamesQuery) =>
  db('crm_events')
    .where('id', '>=', firstId)
    .where('occurred_at', '>=', from)
    .where('occurred_at', '<', until)
    .whereIn('type', ['track', 'page', 'screen'])
    .groupBy('type', 'name', 'is_bot')
    .select('type', 'name', 'is_bot')
    .count('* as events');

/** The same from days whose events are gone. By the primary key. */
export const namesInDays = (db: Database, days: { from: string; to: string }) =>
  db('crm_event_days')
    .whereBetween('day', [days.from, days.to])
    .whereIn('type', ['track', 'page', 'screen'])
    .groupBy('type', 'name', 'is_bot')
    .select('type', 'name', 'is_bot')
    .sum('events as events');

export interface AudienceQuery {
  readonly firstId: number;
  readonly since: number;
  readonly type: string;
  readonly name: string;
  readonly times: number;
}

/** How many unknown browsers did it so often; only the number leaves the database. */
export function unknownVisitors(db: Database, query: AudienceQuery): Knex.QueryBuilder {
  const each = db('crm_events as e')
    .leftJoin('crm_visitors as v', 'v.visitor_id', 'e.visitor_id')
    .where('e.id', '>=', query.firstId)
    .where('e.occurred_at', '>=', query.since)
    .where({ 'e.type': query.type, 'e.name': query.name, 'e.is_bot': false })
    .whereNotNull('e.visitor_id')
    .whereNull('e.customer_id')
    .whereNull('v.customer_id')
    .groupBy('e.visitor_id')
    .havingRaw('count(*) >= ?', [query.times])
    .select('e.visitor_id');
  return db.from(each.as('visitors')).count('* as visitors');
}

/** Adds the counts to their days. */
export async function addToDays(db: Database, counts: readonly DayCount[]): Promise<void> {
  for (const count of counts) {
    await db('crm_event_days')
      .insert(count)
      .onConflict(['day', 'type', 'name', 'is_bot'])
      .merge({ events: db.raw('crm_event_days.events + excluded.events') });
  }
}

export async function deleteEvents(db: Database, ids: readonly number[]): Promise<void> {
  await db('crm_events')
    .whereIn('id', [...ids])
    .delete();
}
