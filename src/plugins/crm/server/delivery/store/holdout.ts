/** Orders of two groups of a campaign's people. Groups by crm_messages_report. */
import type { Knex } from 'knex';

import { countedStatuses } from '../../commerce';
import type { Database } from '../../kernel';

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

export const peopleSent = (db: Database, campaignId: number): Knex.QueryBuilder =>
  db('crm_messages')
    .where({ campaign_id: campaignId, status: 'accepted' })
    .whereNotNull('customer_id')
    .distinct('customer_id');

export const peopleHeld = (db: Database, campaignId: number): Knex.QueryBuilder =>
  db('crm_messages')
    .where({ campaign_id: campaignId, status: 'blocked', guard_reason: 'holdout' })
    .whereNotNull('customer_id')
    .distinct('customer_id');

/** How many people, how many of them bought within a week of `since`, and for how much. */
export const ordersAfter = (
  db: Database,
  group: Knex.QueryBuilder,
  since: number,
): Knex.QueryBuilder =>
  db
    .from(group.as('g'))
    .leftJoin('crm_orders as o', (join) => {
      join
        .on('o.customer_id', 'g.customer_id')
        .andOn('o.ordered_at', '>=', db.raw('?', [since]))
        .andOn('o.ordered_at', '<', db.raw('?', [since + WEEK_MS]))
        .andOnIn('o.status', [...countedStatuses]);
    })
    .countDistinct('g.customer_id as people')
    .countDistinct('o.customer_id as buyers')
    .sum('o.total as amount');
