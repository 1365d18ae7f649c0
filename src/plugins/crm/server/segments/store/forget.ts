import type { Knex } from 'knex';

import { whereAmong, type Database } from '../../kernel';
import { moveMemberCount } from './segments';

/** People who are no more leave their segments, and the segments' counts. */
export async function forgetMembers(db: Database, customerIds: readonly number[]): Promise<void> {
  if (customerIds.length === 0) return;
  const members = () => whereAmong(db, db('crm_segment_members'), 'customer_id', customerIds);
  const counts: { segment_id: number; count: number | string }[] = await members()
    .groupBy('segment_id')
    .select('segment_id')
    .count({ count: '*' });
  await members().delete();
  for (const { segment_id, count } of counts) {
    await moveMemberCount(db, Number(segment_id), -Number(count));
  }
}

/** As `forgetMembers`, and what is remembered of earlier stays. */
export async function forgetStays(db: Database, customerIds: readonly number[]): Promise<void> {
  if (customerIds.length === 0) return;
  await forgetMembers(db, customerIds);
  await whereAmong(db, db('crm_segment_stays'), 'customer_id', customerIds).delete();
}

/** The segments without a rule to be worked out anew that a person is in: picked, kept, imported. */
export async function keptSegmentsOf(trx: Knex.Transaction, customerId: number): Promise<number[]> {
  const rows: { segment_id: number }[] = await trx('crm_segment_members as member')
    .join('crm_segments as segment', 'segment.id', 'member.segment_id')
    .whereNot('segment.kind', 'dynamic')
    .where('member.customer_id', customerId)
    .select('member.segment_id');
  return rows.map((row) => Number(row.segment_id));
}
