/** Calls that were answered, by their key. */
import type { Database } from '../../kernel';

export interface StoredCall {
  readonly bodyHash: string;
  readonly answer: unknown;
}

/**
 * Takes the key for this transaction; false when it was taken before. Of two calls at once the
 * second waits here for what becomes of the first.
 */
export async function claimCall(
  db: Database,
  call: { readonly key: string; readonly bodyHash: string; readonly now: number },
): Promise<boolean> {
  const claimed: unknown[] = await db('crm_order_calls')
    .insert({ key: call.key, body_hash: call.bodyHash, answer: 'null', called_at: call.now })
    .onConflict('key')
    .ignore()
    .returning('key');
  return claimed.length > 0;
}

export async function findCall(db: Database, key: string): Promise<StoredCall | null> {
  const row: { body_hash: string; answer: string } | undefined = await db('crm_order_calls')
    .where({ key })
    .first();
  return row ? { bodyHash: row.body_hash, answer: JSON.parse(row.answer) as unknown } : null;
}

export async function answerCall(db: Database, key: string, answer: unknown): Promise<void> {
  await db('crm_order_calls')
    .where({ key })
    .update({ answer: JSON.stringify(answer) });
}

/** Index `crm_order_calls_age`. */
export async function forgetCalls(db: Database, before: number): Promise<void> {
  await db('crm_order_calls').where('called_at', '<', before).delete();
}
