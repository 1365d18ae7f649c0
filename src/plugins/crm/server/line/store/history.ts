import type { Database } from '../../kernel';
import type { FriendKey } from './friends';

export type HistoryType = 'followed' | 'blocked' | 'linked' | 'unlinked' | 'gave-way';

export async function addHistory(
  db: Database,
  entry: FriendKey & { customerId: number | null; type: HistoryType; at: number },
): Promise<void> {
  await db('crm_line_history').insert({
    account: entry.account,
    user_id: entry.userId,
    customer_id: entry.customerId,
    type: entry.type,
    at: entry.at,
  });
}

/**
 * What happened before the link becomes hers: the greeting and the first messages stand on her
 * timeline too. Rows that belong to somebody else stay there.
 */
export async function adoptPast(db: Database, key: FriendKey, customerId: number): Promise<void> {
  const nobodys = { account: key.account, user_id: key.userId, customer_id: null };
  await db('crm_line_history').where(nobodys).update({ customer_id: customerId });
  await db('crm_line_messages').where(nobodys).update({ customer_id: customerId });
}

/** What a LINE user did stands on the wrong person's timeline: it goes with the LINE user. */
export async function movePast(
  db: Database,
  key: FriendKey,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const theirs = { account: key.account, user_id: key.userId, customer_id: from };
  await db('crm_line_history').where(theirs).update({ customer_id: to });
  await db('crm_line_messages').where(theirs).update({ customer_id: to });
}

interface PastQuery {
  readonly customerId: number;
  readonly before: number;
  readonly limit: number;
}

export interface HistoryEntry {
  readonly id: number;
  readonly account: string;
  readonly type: HistoryType;
  readonly at: number;
}

/** Index: crm_line_history_customer. */
export async function historyOf(db: Database, query: PastQuery): Promise<HistoryEntry[]> {
  const rows: (HistoryEntry & { at: number | string })[] = await db('crm_line_history')
    .select('id', 'account', 'type', 'at')
    .where({ customer_id: query.customerId })
    .where('at', '<', query.before)
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(query.limit);
  return rows.map((row) => ({ ...row, id: Number(row.id), at: Number(row.at) }));
}
