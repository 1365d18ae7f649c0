/** Reads of the report. Counts are of messages, except those who were reached on no channel: people. */
import type { Knex } from 'knex';

import type { Database } from '../../kernel';
import type { CampaignState } from '../../../shared/delivery';

import { OPEN, type MessageRow } from './message-row';

const STATUS_OF: Partial<Record<CampaignState, readonly string[]>> = {
  waiting: [...OPEN, 'leased'],
  accepted: ['accepted'],
  failed: ['failed'],
  unknown: ['unknown'],
  blocked: ['blocked'],
  cancelled: ['cancelled'],
};

interface EventWish {
  /** The first one names them all in `eventCounts`. */
  readonly types: readonly [string, ...string[]];
  readonly machine?: boolean;
}

const EVENT_OF: Partial<Record<CampaignState, EventWish>> = {
  opened: { types: ['open'], machine: false },
  clicked: { types: ['click'], machine: false },
  replied: { types: ['reply'] },
  unsubscribed: { types: ['unsubscribe'] },
  bounced: { types: ['bounce', 'soft-bounce', 'policy-bounce'] },
  complained: { types: ['complaint'] },
  'machine-opened': { types: ['open'], machine: true },
  'machine-clicked': { types: ['click'], machine: true },
};

/** A mail that came back twice, softly and then hard, came back: one person. */
const EVENT_TYPE = `case when e.type in ('soft-bounce', 'policy-bounce') then 'bounce' else e.type end`;

export interface StatusCount {
  readonly channel: string;
  readonly status: string;
  readonly guard_reason: string | null;
  readonly people: number | string;
}

export const statusCounts = (db: Database, campaignId: number): Knex.QueryBuilder =>
  db('crm_messages')
    .where({ campaign_id: campaignId })
    .groupBy('channel', 'status', 'guard_reason')
    .select('channel', 'status', 'guard_reason')
    .count('* as people');

/**
 * Blocked on every channel: whom one channel reaches is not counted, and nobody counts twice (the
 * first channel's reason stands). By crm_messages_person.
 */
function unreached(query: Knex.QueryBuilder, db: Database) {
  const others = () =>
    db('crm_messages as other')
      .select(db.raw('1'))
      .whereRaw('other.campaign_id = crm_messages.campaign_id')
      .whereRaw('other.customer_id = crm_messages.customer_id');
  return query
    .where('status', 'blocked')
    .whereNotExists(others().whereNot('other.status', 'blocked'))
    .whereNotExists(others().whereRaw('other.id < crm_messages.id'));
}

export interface UnreachedCount {
  readonly guard_reason: string | null;
  readonly people: number | string;
}

/** People whom the campaign reaches on no channel, by reason. */
export const unreachedCounts = (db: Database, campaignId: number): Knex.QueryBuilder =>
  unreached(db('crm_messages').where({ campaign_id: campaignId }), db)
    .groupBy('guard_reason')
    .select('guard_reason')
    .count('* as people');

export interface EventCount {
  readonly channel: string;
  readonly type: string;
  readonly is_machine: boolean | number;
  readonly people: number | string;
}

export const eventCounts = (db: Database, campaignId: number): Knex.QueryBuilder =>
  db('crm_message_events as e')
    .join('crm_messages as m', 'm.id', 'e.message_id')
    .where('e.campaign_id', campaignId)
    .groupByRaw(`m.channel, ${EVENT_TYPE}, e.is_machine`)
    .select('m.channel as channel', db.raw(`${EVENT_TYPE} as type`), 'e.is_machine as is_machine')
    .countDistinct('e.message_id as people');

export interface LinkCount {
  readonly key: string;
  readonly url: string;
  readonly is_machine: boolean | number | null;
  readonly people: number | string;
}

export const linkCounts = (db: Database, campaignId: number): Knex.QueryBuilder =>
  db('crm_links as l')
    .leftJoin('crm_message_events as e', (join) => {
      join
        .on('e.link_id', 'l.id')
        .andOnVal('e.campaign_id', campaignId)
        .andOnVal('e.type', 'click');
    })
    .where('l.campaign_id', campaignId)
    .groupBy('l.id', 'l.key', 'l.url', 'e.is_machine')
    .orderBy('l.id')
    .select('l.key as key', 'l.url as url', 'e.is_machine as is_machine')
    .countDistinct('e.message_id as people');

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Orders placed within a week of a person's first click, each once. */
export const revenueAfterClick = (db: Database, campaignId: number): Knex.QueryBuilder =>
  db
    .from(
      db('crm_message_events')
        .where({ campaign_id: campaignId, type: 'click', is_machine: false })
        .whereNotNull('customer_id')
        .groupBy('customer_id')
        .select('customer_id')
        .min('at as clicked_at')
        .as('c'),
    )
    .join('crm_orders as o', 'o.customer_id', 'c.customer_id')
    .whereRaw('o.ordered_at >= c.clicked_at')
    .whereRaw(`o.ordered_at < c.clicked_at + ${WEEK_MS}`)
    .whereIn('o.status', ['placed', 'paid'])
    .count('* as orders')
    .sum('o.total as amount');

/** Yen of what was accepted; null where nothing has a price. */
export const costOfAccepted = (db: Database, campaignId: number): Knex.QueryBuilder =>
  db('crm_messages').where({ campaign_id: campaignId, status: 'accepted' }).sum('cost as cost');

interface Numbered {
  readonly state: CampaignState;
  readonly channel?: string;
}

/** The people behind one number. */
function behind(db: Database, campaignId: number, { state, channel }: Numbered) {
  const query = db('crm_messages').where({ campaign_id: campaignId });
  if (channel) void query.where({ channel });
  else if (state === 'blocked') return unreached(query, db);
  const statuses = STATUS_OF[state];
  if (statuses) return query.whereIn('status', statuses);
  const event = EVENT_OF[state];
  if (!event) return query.whereRaw('1 = 0');
  const happened = db('crm_message_events as e')
    .where('e.campaign_id', campaignId)
    .whereIn('e.type', event.types)
    .whereRaw('e.message_id = crm_messages.id')
    .select(db.raw('1'));
  if (event.machine !== undefined) void happened.where('e.is_machine', event.machine);
  return query.whereExists(happened);
}

/** By message id after `cursor`. */
export async function recipientRows(
  db: Database,
  campaignId: number,
  page: Numbered & { cursor: number; limit: number },
): Promise<MessageRow[]> {
  return behind(db, campaignId, page)
    .where('id', '>', page.cursor)
    .orderBy('id')
    .limit(page.limit)
    .select('*');
}

export const recipientCount = (db: Database, campaignId: number, wish: Numbered) =>
  behind(db, campaignId, wish).count('* as people');

/** Which states a status and an event count for. */
export const stateOfStatus = (status: string): CampaignState | null =>
  (Object.entries(STATUS_OF).find(([, statuses]) => statuses.includes(status))?.[0] as
    CampaignState | undefined) ?? null;

export const stateOfEvent = (type: string, isMachine: boolean): CampaignState | null =>
  (Object.entries(EVENT_OF).find(
    ([, event]) =>
      event.types[0] === type && (event.machine === undefined || event.machine === isMachine),
  )?.[0] as CampaignState | undefined) ?? null;
