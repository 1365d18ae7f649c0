/** What a monthly quota is asked: what is promised already, what this campaign takes, who falls out. */
import type { Knex } from 'knex';

import type { ShortageRule } from '../../../shared/delivery';
import { countedStatuses } from '../../commerce';
import type { Database } from '../../kernel';

import { GATHERED, OPEN } from './message-row';

export interface SenderRows {
  readonly channel: string;
  readonly addressPrefix: string;
}

const bySender =
  ({ channel, addressPrefix }: SenderRows) =>
  (query: Knex.QueryBuilder) => {
    void query
      .where({ channel })
      .whereRaw('substr(address, 1, ?) = ?', [addressPrefix.length, addressPrefix]);
  };

const counted = async (query: Knex.QueryBuilder): Promise<number> => {
  const rows: { count: number | string }[] = await query.count({ count: '*' });
  return Number(rows[0]?.count ?? 0);
};

/** Open rows of other campaigns that are being sent. Index: crm_messages_due. */
export const reservedBySender = (
  db: Database,
  sender: SenderRows,
  campaignIds: readonly number[],
) =>
  counted(
    db('crm_messages')
      .whereIn('status', [...OPEN, 'leased', GATHERED])
      .whereIn('campaign_id', [...campaignIds])
      .modify(bySender(sender)),
  );

const queued = (db: Database, campaignId: number, sender: SenderRows) =>
  db('crm_messages').where({ campaign_id: campaignId, status: 'queued' }).modify(bySender(sender));

/** Rows of the campaign that this sender is to send. Index: crm_messages_report. */
export const queuedBySender = (db: Database, campaignId: number, sender: SenderRows) =>
  counted(queued(db, campaignId, sender));

type Order = (rows: Knex.QueryBuilder) => Knex.QueryBuilder;

const ORDERS: Readonly<Record<Exclude<ShortageRule, 'refuse'>, Order>> = {
  'trim-newest': (rows) => rows.orderBy('customer_id', 'desc'),
  'trim-longest': (rows) => rows.orderBy('customer_id', 'asc'),
  // Index: crm_orders_customer.
  'trim-spend': (rows) =>
    rows
      .orderByRaw(
        `coalesce((select sum(total) from crm_orders o where o.customer_id = crm_messages.customer_id
          and o.status in (${countedStatuses.map(() => '?').join(',')})), 0) desc`,
        [...countedStatuses],
      )
      .orderBy('customer_id', 'asc'),
};

/** Leaves the first `left` of the order and says of the others why they get nothing. */
export async function trimToQuota(
  db: Database,
  campaignId: number,
  sender: SenderRows,
  { rule, left }: { rule: Exclude<ShortageRule, 'refuse'>; left: number },
): Promise<void> {
  const beyond = ORDERS[rule](queued(db, campaignId, sender))
    .select('id')
    .offset(left);
  await db('crm_messages')
    .whereIn('id', db.from(beyond.as('beyond')).select('id'))
    .where({ status: 'queued' })
    .update({ status: 'blocked', guard_verdict: 'block', guard_reason: 'quota' });
}
