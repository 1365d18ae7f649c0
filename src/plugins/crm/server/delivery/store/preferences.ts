/** What people said beside yes and no: not this topic, not so often, not for a while, not looked at. */
import type { Database } from '../../kernel';

import type { Wishes } from '../domain/stricter-wishes';

interface WishRow {
  readonly customer_id: number;
  readonly paused_until: number | string | null;
  readonly weekly_max: number | null;
  readonly is_untracked: boolean | number;
}

/** A merge can leave several rows: the strictest holds. */
const strictest = (
  rows: readonly WishRow[],
): Pick<Wishes, 'pausedUntil' | 'weeklyMax' | 'isUntracked'> => {
  const until = rows.flatMap((row) => (row.paused_until === null ? [] : Number(row.paused_until)));
  const most = rows.flatMap((row) => row.weekly_max ?? []);
  return {
    pausedUntil: until.length > 0 ? Math.max(...until) : null,
    weeklyMax: most.length > 0 ? Math.min(...most) : null,
    isUntracked: rows.some((row) => Boolean(row.is_untracked)),
  };
};

export async function wishesOf(db: Database, customerId: number): Promise<Wishes> {
  const refused: { topic_id: number }[] = await db('crm_topic_refusals')
    .where({ customer_id: customerId })
    .select('topic_id');
  const rows: WishRow[] = await db('crm_contact_wishes').where({ customer_id: customerId });
  return { refusedTopics: new Set(refused.map((row) => Number(row.topic_id))), ...strictest(rows) };
}

export async function writeWishes(
  trx: Database,
  customerId: number,
  wishes: Wishes,
  now: number,
): Promise<void> {
  await trx('crm_topic_refusals').where({ customer_id: customerId }).delete();
  await trx('crm_contact_wishes').where({ customer_id: customerId }).delete();
  const refused = [...wishes.refusedTopics].map((topic) => ({
    customer_id: customerId,
    topic_id: topic,
    refused_at: now,
  }));
  if (refused.length > 0) await trx('crm_topic_refusals').insert(refused);
  const { pausedUntil, weeklyMax, isUntracked } = wishes;
  if (pausedUntil === null && weeklyMax === null && !isUntracked) return;
  await trx('crm_contact_wishes').insert({
    customer_id: customerId,
    paused_until: pausedUntil,
    weekly_max: weeklyMax,
    is_untracked: isUntracked,
    updated_at: now,
  });
}

/** Of a batch: who does not want this now, and why. By the indexes on customer_id. */
export async function unwilling(
  db: Database,
  { topic, now }: { readonly topic: number | null; readonly now: number },
  customerIds: readonly number[],
): Promise<Map<number, 'topic' | 'paused'>> {
  const found = new Map<number, 'topic' | 'paused'>();
  if (topic !== null) {
    const refused: { customer_id: number }[] = await db('crm_topic_refusals')
      .where({ topic_id: topic })
      .whereIn('customer_id', [...customerIds])
      .select('customer_id');
    for (const row of refused) found.set(Number(row.customer_id), 'topic');
  }
  const resting: { customer_id: number }[] = await db('crm_contact_wishes')
    .where('paused_until', '>', now)
    .whereIn('customer_id', [...customerIds])
    .select('customer_id');
  for (const row of resting) found.set(Number(row.customer_id), 'paused');
  return found;
}

/** How many messages a week these people want at most; who said nothing is left out. */
export async function weeklyMaxOf(
  db: Database,
  customerIds: readonly number[],
): Promise<Map<number, number>> {
  const rows: WishRow[] = await db('crm_contact_wishes')
    .whereIn('customer_id', [...customerIds])
    .whereNotNull('weekly_max');
  const wishes = new Map<number, number>();
  for (const row of rows) {
    const known = wishes.get(Number(row.customer_id)) ?? Infinity;
    wishes.set(Number(row.customer_id), Math.min(known, Number(row.weekly_max)));
  }
  return wishes;
}

/** Of these people, whose opens and clicks nobody is to note. By crm_contact_wishes_person. */
export async function untrackedAmong(
  db: Database,
  customerIds: readonly number[],
): Promise<Set<number>> {
  if (customerIds.length === 0) return new Set();
  const rows: { customer_id: number }[] = await db('crm_contact_wishes')
    .where({ is_untracked: true })
    .whereIn('customer_id', [...customerIds])
    .select('customer_id');
  return new Set(rows.map((row) => Number(row.customer_id)));
}
