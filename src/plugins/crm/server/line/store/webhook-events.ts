import type { Knex } from 'knex';

import { isPostgres, type Database } from '../../kernel';
import { personOf, type LineEvent } from '../domain/event';

const LEASE_MS = 60_000;
const MAX_ATTEMPTS = 8;
const BATCH = 100;
/** The lock in PostgreSQL. */
const CLAIM = 'crm_line_webhook_events';

/** Keeps what is new; an event that LINE sends again is the same row. Returns how many were new. */
export async function storeEvents(
  db: Database,
  account: string,
  events: readonly LineEvent[],
  now: number,
): Promise<number> {
  if (events.length === 0) return 0;
  const inserted: unknown[] = await db('crm_line_webhook_events')
    .insert(
      events.map((event) => ({
        webhook_event_id: event.webhookEventId,
        account,
        type: event.type,
        user_id: personOf(event),
        occurred_at: event.timestamp,
        received_at: now,
        payload: JSON.stringify(event),
        status: 'pending',
        attempts: 0,
        due_at: now,
      })),
    )
    .onConflict(['account', 'webhook_event_id'])
    .ignore()
    .returning('id');
  return inserted.length;
}

export interface StoredEvent {
  readonly id: number;
  readonly account: string;
  readonly user_id: string | null;
  readonly type: string;
  readonly payload: string;
  readonly attempts: number;
}

type ClaimedEvent = StoredEvent & { readonly occurred_at: number | string };

/** Those of whom an event is being worked on, or waits after a failure. */
const busyPeople = (db: Database, now: number) =>
  db('crm_line_webhook_events')
    .select('user_id')
    .where({ status: 'pending' })
    .where('due_at', '>', now)
    .whereNotNull('user_id');

async function claimIn(db: Database, now: number): Promise<ClaimedEvent[]> {
  const due = db('crm_line_webhook_events')
    .select('id')
    .where({ status: 'pending' })
    .where('due_at', '<=', now)
    .where((free) => void free.whereNull('user_id').orWhereNotIn('user_id', busyPeople(db, now)))
    .orderBy([{ column: 'occurred_at' }, { column: 'id' }])
    .limit(BATCH);
  return db('crm_line_webhook_events')
    .whereIn('id', due)
    .update({ due_at: now + LEASE_MS, attempts: db.raw('attempts + 1') })
    .returning(['id', 'account', 'user_id', 'type', 'payload', 'attempts', 'occurred_at']);
}

/**
 * Claims what is due, under a lease, oldest happening first. Nobody else gets an event of the same
 * person meanwhile, so that hers have their effect in their order. Index: crm_line_webhook_due.
 */
export async function claimEvents(db: Database, now: number): Promise<StoredEvent[]> {
  const rows = await db.transaction(async (trx) => {
    // One claims at a time: who is busy is not seen before the other has committed.
    if (isPostgres(trx)) await trx.raw('select pg_advisory_xact_lock(hashtext(?))', [CLAIM]);
    return claimIn(trx, now);
  });
  return rows
    .sort((a, b) => Number(a.occurred_at) - Number(b.occurred_at) || a.id - b.id)
    .map((row) => ({ ...row, id: Number(row.id) }));
}

/** False: another node finished it meanwhile. */
export async function finishEvent(
  db: Knex | Knex.Transaction,
  id: number,
  status: 'done' | 'ignored',
): Promise<boolean> {
  const changed = await db('crm_line_webhook_events')
    .where({ id, status: 'pending' })
    .update({ status, payload: null, last_error: null });
  return changed > 0;
}

export async function failEvent(
  db: Database,
  event: StoredEvent,
  now: number,
  error: string,
): Promise<void> {
  const dead = event.attempts >= MAX_ATTEMPTS;
  await db('crm_line_webhook_events')
    .where({ id: event.id })
    .update({
      status: dead ? 'dead' : 'pending',
      due_at: now + 1000 * 2 ** event.attempts,
      last_error: error.slice(0, 2000),
    });
}

export interface WebhookHealth {
  readonly lastReceivedAt: number | null;
  /** Stored but not worked on yet. */
  readonly pending: number;
  /** Given up after several attempts. */
  readonly dead: number;
}

/** Indexes: crm_line_webhook_received, crm_line_webhook_due. */
export async function webhookHealth(db: Database, account: string): Promise<WebhookHealth> {
  const last: { at?: number | string | null } | undefined = await db('crm_line_webhook_events')
    .where({ account })
    .max({ at: 'received_at' })
    .first();
  const counts: { status: string; count: number | string }[] = await db('crm_line_webhook_events')
    .where({ account })
    .whereIn('status', ['pending', 'dead'])
    .groupBy('status')
    .select('status')
    .count({ count: '*' });
  const count = (status: string) => Number(counts.find((row) => row.status === status)?.count ?? 0);
  return {
    lastReceivedAt: last?.at ? Number(last.at) : null,
    pending: count('pending'),
    dead: count('dead'),
  };
}

/** When the event that has waited longest came; null when none is late. Index: crm_line_webhook_due. */
export async function oldestPending(
  db: Database,
  account: string,
  now: number,
): Promise<number | null> {
  const row: { at?: number | string | null } | undefined = await db('crm_line_webhook_events')
    .where({ status: 'pending', account })
    .where('received_at', '<=', now)
    .min({ at: 'received_at' })
    .first();
  return row?.at ? Number(row.at) : null;
}
