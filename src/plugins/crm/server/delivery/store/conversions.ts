/** Who ordered after clicking: within a week of a person's own first click in the campaign. */
import type { Knex } from 'knex';

import type { Database } from '../../kernel';

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Index: crm_message_events_report. */
const clicks = (db: Database, campaignId: number): Knex.QueryBuilder =>
  db('crm_message_events as e')
    .where({ 'e.campaign_id': campaignId, 'e.type': 'click', 'e.is_machine': false })
    .whereNotNull('e.customer_id')
    .groupBy('e.customer_id');

const firstClicks = (db: Database, campaignId: number) =>
  clicks(db, campaignId).select('e.customer_id as customer_id').min('e.at as clicked_at').as('c');

/** Index: crm_orders_customer. Cancelled and refunded orders are none. */
const orderedAfter = (query: Knex.QueryBuilder): Knex.QueryBuilder =>
  query
    .whereRaw('o.ordered_at >= c.clicked_at')
    .whereRaw(`o.ordered_at < c.clicked_at + ${WEEK_MS}`)
    .whereIn('o.status', ['placed', 'paid']);

/** Each order once. */
export const revenueAfterClick = (db: Database, campaignId: number): Knex.QueryBuilder =>
  orderedAfter(
    db
      .from(firstClicks(db, campaignId))
      .join('crm_orders as o', 'o.customer_id', 'c.customer_id')
      .count('* as orders')
      .sum('o.total as amount'),
  );

/** Ids of the messages in which those who ordered clicked first: one a person. */
export const convertedMessages = (db: Database, campaignId: number): Knex.QueryBuilder =>
  clicks(db, campaignId)
    .join(firstClicks(db, campaignId), (join) => {
      join.on('c.customer_id', 'e.customer_id').on('c.clicked_at', 'e.at');
    })
    .whereExists(
      orderedAfter(
        db('crm_orders as o').select(db.raw('1')).whereRaw('o.customer_id = e.customer_id'),
      ),
    )
    .min('e.message_id as id');

export interface ChannelCount {
  readonly channel: string;
  readonly people: number | string;
}

export const convertedCounts = (db: Database, campaignId: number): Knex.QueryBuilder =>
  db('crm_messages')
    .whereIn('id', convertedMessages(db, campaignId))
    .groupBy('channel')
    .select('channel')
    .count('* as people');
