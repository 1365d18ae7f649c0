/** Reads of the report. Counts are of messages, except those who were reached on no channel: people. */
import type { Knex } from 'knex';

import type { Database } from '../../kernel';

import { CAME_BACK, unreached } from './recipients';

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

/** Sent, and come back: what was accepted without them was delivered. */
export const returnedCounts = (db: Database, campaignId: number): Knex.QueryBuilder =>
  db('crm_message_events as e')
    .join('crm_messages as m', 'm.id', 'e.message_id')
    .where('e.campaign_id', campaignId)
    .whereIn('e.type', CAME_BACK)
    .where('m.status', 'accepted')
    .groupBy('m.channel')
    .select('m.channel as channel')
    .countDistinct('e.message_id as people');

/** Yen of what was accepted; null where nothing has a price. */
export const costOfAccepted = (db: Database, campaignId: number): Knex.QueryBuilder =>
  db('crm_messages').where({ campaign_id: campaignId, status: 'accepted' }).sum('cost as cost');
