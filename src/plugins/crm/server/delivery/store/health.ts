/** What the health checks ask of the outbox. Each by a prefix of crm_messages_due. */
import type { Database } from '../../kernel';
import type { Lane } from '../domain/lane';

import { OPEN } from './message-row';

const inLane = (db: Database, { campaignId, channel }: Lane) => {
  const rows = db('crm_messages').where({ channel });
  return campaignId === null
    ? rows.whereNull('campaign_id')
    : rows.where({ campaign_id: campaignId });
};

/** Since when the oldest row of a lane has been due; null when nothing is. */
export async function oldestDue(db: Database, lane: Lane, now: number): Promise<number | null> {
  const dues: number[] = [];
  for (const status of OPEN) {
    const row: { due_at: number | string } | undefined = await inLane(db, lane)
      .where({ status })
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .first('due_at');
    if (row) dues.push(Number(row.due_at));
  }
  return dues.length > 0 ? Math.min(...dues) : null;
}

/** True when a worker has rows of the lane in its hands now. */
export async function isWorkedOn(db: Database, lane: Lane, now: number): Promise<boolean> {
  const row: unknown = await inLane(db, lane)
    .where({ status: 'leased' })
    .where('lease_until', '>=', now)
    .first('id');
  return row !== undefined;
}

export interface Stuck {
  readonly rows: number;
  /** When the oldest of their leases ended. */
  readonly since: number | null;
}

/** Rows of workers that ended without a word, and that no sweep has taken back. */
export async function stuckLeases(db: Database, before: number): Promise<Stuck> {
  const row: { rows?: number | string; since?: number | string | null } | undefined = await db(
    'crm_messages',
  )
    .where({ status: 'leased' })
    .where('lease_until', '<', before)
    .count({ rows: '*' })
    .min({ since: 'lease_until' })
    .first();
  const since = row?.since ?? null;
  return { rows: Number(row?.rows ?? 0), since: since === null ? null : Number(since) };
}

export async function countUnknown(db: Database): Promise<number> {
  const row: { rows?: number | string } | undefined = await db('crm_messages')
    .where({ status: 'unknown' })
    .count({ rows: '*' })
    .first();
  return Number(row?.rows ?? 0);
}

export interface MailboxState {
  readonly polledAt: number | null;
  readonly failedAt: number | null;
  readonly error: string | null;
}

export async function mailboxState(db: Database, key: string): Promise<MailboxState | null> {
  const row:
    | { polled_at: number | string | null; failed_at: number | string | null; error: string | null }
    | undefined = await db('crm_feedback_mailboxes').where({ key }).first();
  const at = (value: number | string | null) => (value === null ? null : Number(value));
  return row
    ? { polledAt: at(row.polled_at), failedAt: at(row.failed_at), error: row.error }
    : null;
}
