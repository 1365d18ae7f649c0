/** Who was sent a campaign and did not read it, as far as a person's doing can be told. */
import type { Knex } from 'knex';

import type { Database } from '../../kernel';

/** What shows that a person dealt with it; a machine's opening shows nothing. */
const READ = ['open', 'click', 'reply', 'unsubscribe', 'complaint'];

export interface PeopleRange {
  readonly after: number;
  readonly through?: number;
}

/**
 * `customer_id`s, once for every message that reached them. By crm_messages_person and
 * crm_message_events_person: a range of people is never a walk through the whole campaign.
 */
export function nonReaders(db: Database, campaignId: number, range: PeopleRange) {
  const query = db('crm_messages as sent')
    .where({ 'sent.campaign_id': campaignId, 'sent.status': 'accepted' })
    .where('sent.customer_id', '>', range.after)
    .whereNotExists(
      reads(db, campaignId).whereRaw('read.customer_id = sent.customer_id').select(db.raw('1')),
    )
    // Of whom nothing is noted, nobody can say that she has not read it.
    .whereNotExists(
      db('crm_contact_wishes as wish')
        .whereRaw('wish.customer_id = sent.customer_id')
        .where({ 'wish.is_untracked': true })
        .select(db.raw('1')),
    )
    .select('sent.customer_id as customer_id');
  if (range.through !== undefined) void query.where('sent.customer_id', '<=', range.through);
  return query;
}

const reads = (db: Database, campaignId: number): Knex.QueryBuilder =>
  db('crm_message_events as read')
    .where({ 'read.campaign_id': campaignId, 'read.is_machine': false })
    .whereIn('read.type', READ);

/** Of these people, who has read it by now. */
export async function readersAmong(
  db: Database,
  campaignId: number,
  customerIds: readonly number[],
): Promise<Set<number>> {
  if (customerIds.length === 0) return new Set();
  const rows: { customer_id: number }[] = await reads(db, campaignId)
    .whereIn('read.customer_id', [...customerIds])
    .distinct('read.customer_id as customer_id');
  return new Set(rows.map((row) => Number(row.customer_id)));
}
