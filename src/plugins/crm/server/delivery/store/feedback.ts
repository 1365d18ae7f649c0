/** Receipts of feedback, and the messages it is about. */
import { sha256, type Database } from '../../kernel';
import type { MessageReference } from '../domain/message-reference';

export interface Reported {
  readonly id: number;
  readonly campaign_id: number | null;
  readonly customer_id: number | null;
  readonly address: string | null;
}

const COLUMNS = ['id', 'campaign_id', 'customer_id', 'address'] as const;

const numbered = (row: Reported | undefined): Reported | null =>
  row
    ? {
        ...row,
        id: Number(row.id),
        campaign_id: row.campaign_id === null ? null : Number(row.campaign_id),
        customer_id: row.customer_id === null ? null : Number(row.customer_id),
      }
    : null;

/** By the primary key; the retry key proves that whoever names the message has seen it. */
export async function findReported(
  db: Database,
  references: readonly MessageReference[],
): Promise<Reported | null> {
  if (references.length === 0) return null;
  const row: Reported | undefined = await db('crm_messages')
    .where((query) => {
      for (const { id, retryKey } of references) void query.orWhere({ id, retry_key: retryKey });
    })
    .first(...COLUMNS);
  return numbered(row);
}

/** By crm_messages_person: the last mail to this person at this address. */
export async function lastMessageTo(
  db: Database,
  customerId: number,
  address: string,
): Promise<Reported | null> {
  const row: Reported | undefined = await db('crm_messages')
    .where({ customer_id: customerId, channel: 'email', status: 'accepted' })
    .whereRaw('lower(address) = ?', [address.toLowerCase()])
    .orderBy('created_at', 'desc')
    .first(...COLUMNS);
  return numbered(row);
}

/**
 * Mails to this address that bounced softly since then. Somebody who opened or clicked in between
 * has a mailbox that works: the count begins anew. By crm_message_events_person.
 */
export async function softBouncesSince(
  db: Database,
  { customer_id, address }: Reported,
  since: number,
): Promise<number> {
  const alive: { at?: number | string | null } | undefined = await db('crm_message_events')
    .where({ customer_id, is_machine: false })
    .whereIn('type', ['open', 'click', 'reply'])
    .where('at', '>=', since)
    .max({ at: 'at' })
    .first();
  const rows: { mails: number | string }[] = await db('crm_message_events as e')
    .join('crm_messages as m', 'm.id', 'e.message_id')
    .where('e.customer_id', customer_id)
    .where('e.type', 'soft-bounce')
    .where('e.at', '>=', Math.max(since, Number(alive?.at ?? 0)))
    .where('m.address', address)
    .countDistinct({ mails: 'e.message_id' });
  return Number(rows[0]?.mails ?? 0);
}

export interface Receipt {
  readonly source: string;
  readonly eventId: string;
  readonly kind: string;
  readonly messageId: number | null;
  readonly at: number;
}

/** False when this was told before. */
export async function insertReceipt(db: Database, receipt: Receipt): Promise<boolean> {
  const inserted: unknown[] = await db('crm_feedback')
    .insert({
      source: receipt.source,
      event_hash: sha256(receipt.eventId),
      kind: receipt.kind,
      message_id: receipt.messageId,
      received_at: receipt.at,
    })
    .onConflict(['source', 'event_hash'])
    .ignore()
    .returning('id');
  return inserted.length > 0;
}

/** By crm_feedback_received. */
export const forgetReceipts = (db: Database, before: number): Promise<number> =>
  db('crm_feedback').where('received_at', '<', before).delete();

/** How far a mailbox was read; its folder may be made anew, and then numbers begin anew. */
export interface MailboxMark {
  readonly uidValidity: string;
  readonly lastUid: number;
}

export async function mailboxMark(db: Database, key: string): Promise<MailboxMark | null> {
  const row: { uid_validity: string; last_uid: number | string } | undefined = await db(
    'crm_feedback_mailboxes',
  )
    .where({ key })
    .first();
  return row?.uid_validity
    ? { uidValidity: row.uid_validity, lastUid: Number(row.last_uid) }
    : null;
}

export async function saveMailboxMark(
  db: Database,
  key: string,
  mark: MailboxMark,
  polledAt: number,
): Promise<void> {
  await db('crm_feedback_mailboxes')
    .insert({
      key,
      uid_validity: mark.uidValidity,
      last_uid: mark.lastUid,
      polled_at: polledAt,
      error: null,
    })
    .onConflict('key')
    .merge();
}

/** What is known of how far it was read stays. */
export async function saveMailboxError(
  db: Database,
  key: string,
  error: string,
  failedAt: number,
): Promise<void> {
  await db('crm_feedback_mailboxes')
    .insert({ key, uid_validity: '', last_uid: 0, error: error.slice(0, 500), failed_at: failedAt })
    .onConflict('key')
    .merge(['error', 'failed_at']);
}
