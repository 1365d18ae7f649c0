import { randomUUID } from 'node:crypto';

import type { Database } from '../../kernel';

import { GATHERED, OPEN, type MessageRow } from './message-row';

export async function findMessage(db: Database, id: number): Promise<MessageRow | null> {
  const row: MessageRow | undefined = await db('crm_messages').where({ id }).first();
  return row ?? null;
}

/** True while something of the campaign still has to happen by itself. */
export async function hasOpenMessages(db: Database, campaignId: number): Promise<boolean> {
  const row: unknown = await db('crm_messages')
    .where({ campaign_id: campaignId })
    .whereIn('status', [...OPEN, 'leased', GATHERED])
    .first('id');
  return row !== undefined;
}

/** Rows a statement, while which SQLite answers nobody. */
const CANCEL_BATCH = 1_000;

/** In steps, so that a large campaign does not hold the database while it is cancelled. */
export async function cancelOpen(
  db: Database,
  campaignId: number,
  between: () => Promise<void>,
): Promise<number> {
  for (let total = 0; ;) {
    const changed = await db('crm_messages')
      .whereIn(
        'id',
        db('crm_messages')
          .where({ campaign_id: campaignId })
          .whereIn('status', [...OPEN, GATHERED])
          // What its provider may have by now cannot be taken back.
          .where((row) => void row.whereNot('status', GATHERED).orWhereNull('handed_over_at'))
          .limit(CANCEL_BATCH)
          .select('id'),
      )
      .update({ status: 'cancelled' });
    total += changed;
    if (changed < CANCEL_BATCH) return total;
    await between();
  }
}

const AGAIN = {
  status: 'queued',
  error: null,
  attempts: 0,
  handed_over_at: null,
  first_handed_over_at: null,
  lease_owner: null,
  is_sent_again: true,
} as const;

/**
 * A person decided about a row whose fate the provider could not tell. True when it was open. Sent
 * again it is another message for the provider: under the key of the first one it might be refused.
 */
export async function decideUnknown(
  db: Database,
  id: number,
  decision: 'resend' | 'sent',
  now: number,
): Promise<boolean> {
  const change =
    decision === 'resend'
      ? { ...AGAIN, due_at: now, retry_key: randomUUID() }
      : { status: 'accepted', sent_at: now, error: 'decided' };
  const changed = await db('crm_messages').where({ id, status: 'unknown' }).update(change);
  return changed > 0;
}

/** By message id after `cursor`; there are few. Index: crm_messages_due. */
export async function unknownRows(
  db: Database,
  cursor: number,
  limit: number,
): Promise<MessageRow[]> {
  return db('crm_messages')
    .where({ status: 'unknown' })
    .where('id', '>', cursor)
    .orderBy('id')
    .limit(limit)
    .select('*');
}
