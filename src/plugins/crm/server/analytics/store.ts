/**
 * Aggregates over the tables of earlier features, read only. They run beside the requests
 * (`heavyRead`), so a count over a million customers stops nobody.
 */
import type { Knex } from 'knex';

import { isPostgres, type Database } from '../kernel';

export interface Period {
  readonly from: number;
  readonly to: number;
}

/** Counts rows of two neighbouring periods in one scan. */
function inPeriods(
  db: Database,
  column: string,
  now: Period,
  before: Period,
  value = '1',
): Knex.Raw[] {
  const part = (period: Period, name: string) =>
    db.raw(`sum(case when ${column} >= ? and ${column} < ? then ${value} else 0 end) as ${name}`, [
      period.from,
      period.to,
    ]);
  return [part(now, 'added'), part(before, 'added_before')];
}

/** Strapi keeps its datetimes as epoch ms on SQLite and as UTC timestamps on PostgreSQL. */
const createdAtMs = (db: Database): string =>
  isPostgres(db) ? "extract(epoch from created_at at time zone 'UTC') * 1000" : 'created_at';

export const customerGrowth = (db: Database, now: Period, before: Period): Knex.QueryBuilder =>
  db('crm_customers').select(
    db.raw('count(*) as total'),
    ...inPeriods(db, createdAtMs(db), now, before),
  );

/** Index: the unique (kind, value). */
export const memberGrowth = (db: Database, now: Period, before: Period): Knex.QueryBuilder =>
  db('crm_identities')
    .where({ kind: 'member' })
    .select(db.raw('count(*) as total'), ...inPeriods(db, 'created_at', now, before));

/** Index: crm_orders_ordered_at. Cancelled and refunded orders are no revenue. */
export const orderFlow = (db: Database, now: Period, before: Period): Knex.QueryBuilder =>
  db('crm_orders')
    .where('ordered_at', '>=', before.from)
    .where('ordered_at', '<', now.to)
    .whereIn('status', ['placed', 'paid'])
    .select(
      ...inPeriods(db, 'ordered_at', now, before),
      db.raw('sum(case when ordered_at >= ? then total else 0 end) as amount', [now.from]),
      db.raw('sum(case when ordered_at < ? then total else 0 end) as amount_before', [now.from]),
    );

const CAMPAIGN_COLUMNS = [
  'id',
  'document_id',
  'name',
  'status',
  'started_at',
  'scheduled_at',
] as const;

export interface CampaignRow {
  readonly id: number;
  readonly document_id: string;
  readonly name: string;
  readonly status: string;
  readonly started_at: number | string | null;
  readonly scheduled_at: number | string | null;
}

export const latestCampaigns = (db: Database, limit: number): Knex.QueryBuilder =>
  db('crm_campaigns')
    .whereIn('status', ['sending', 'paused', 'sent'])
    .orderBy('started_at', 'desc')
    .limit(limit)
    .select(...CAMPAIGN_COLUMNS);

export const nextCampaign = (db: Database): Knex.QueryBuilder =>
  db('crm_campaigns')
    .where({ status: 'scheduled' })
    .orderBy('scheduled_at')
    .limit(1)
    .select(...CAMPAIGN_COLUMNS);

/** Index: crm_messages_report. */
export const campaignStatusCounts = (db: Database, ids: readonly number[]): Knex.QueryBuilder =>
  db('crm_messages')
    .whereIn('campaign_id', [...ids])
    .groupBy('campaign_id', 'status')
    .select('campaign_id', 'status')
    .count({ people: '*' });

/** Opened and clicked by people, machines left out. Index: crm_message_events_report. */
export const campaignEventCounts = (db: Database, ids: readonly number[]): Knex.QueryBuilder =>
  db('crm_message_events')
    .whereIn('campaign_id', [...ids])
    .whereIn('type', ['open', 'click'])
    .where({ is_machine: false })
    .groupBy('campaign_id', 'type')
    .select('campaign_id', 'type')
    .countDistinct({ people: 'message_id' });

export const campaignsByStatus = (db: Database): Knex.QueryBuilder =>
  db('crm_campaigns').groupBy('status').select('status').count({ count: '*' });

/** Index: crm_messages_due. `unknown` waits for a person however old it is. */
export const troubledMessages = (db: Database, failedSince: number): Knex.QueryBuilder =>
  db('crm_messages')
    .where({ status: 'unknown' })
    .orWhere((query) => {
      void query.where({ status: 'failed' }).where('created_at', '>=', failedSince);
    })
    .groupBy('status')
    .select('status')
    .count({ count: '*' });

/** Index: crm_line_webhook_due. */
export const lateLineEvents = (db: Database, receivedBefore: number): Knex.QueryBuilder =>
  db('crm_line_webhook_events')
    .where({ status: 'dead' })
    .orWhere((query) => {
      void query.where({ status: 'pending' }).where('received_at', '<', receivedBefore);
    })
    .groupBy('status')
    .select('status')
    .count({ count: '*' });

/** Index: crm_event_deliveries_due. */
export const deadDeliveries = (db: Database): Knex.QueryBuilder =>
  db('crm_domain_event_deliveries').where({ status: 'dead' }).count({ count: '*' });

export const segmentCount = (db: Database): Knex.QueryBuilder =>
  db('crm_segments').count({ count: '*' });
