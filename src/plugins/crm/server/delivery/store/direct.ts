import type { Database } from '../../kernel';

export interface DirectRow {
  readonly customer_id: number | null;
  readonly channel: string;
  readonly stream: 'transactional';
  readonly unique_key: string;
  /** Why it may go although no guard of campaigns is asked: what kind of message it is. */
  readonly guard_reason: 'transactional' | 'test';
  readonly address: string;
  readonly locale: string;
  readonly retry_key: string;
  readonly payload: string;
}

/** A message outside any campaign; the same unique key again changes nothing. */
export async function insertDirect(db: Database, row: DirectRow, now: number): Promise<void> {
  await db('crm_messages')
    .insert({
      ...row,
      campaign_id: null,
      status: 'queued',
      guard_verdict: 'allow',
      attempts: 0,
      due_at: now,
      created_at: now,
    })
    .onConflict('unique_key')
    .ignore();
}
