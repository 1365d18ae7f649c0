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
