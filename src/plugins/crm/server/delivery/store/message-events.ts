/** What came of messages: append-only, one row per open, click, bounce, unsubscribe. */
import { chunked, type Database } from '../../kernel';

export interface MessageEvent {
  readonly message_id: number;
  readonly campaign_id: number | null;
  readonly customer_id: number | null;
  readonly type:
    | 'open'
    | 'click'
    | 'bounce'
    | 'soft-bounce'
    | 'policy-bounce'
    | 'complaint'
    | 'unsubscribe'
    | 'delivered'
    | 'reply';
  readonly at: number;
  readonly is_machine: boolean;
  readonly link_id: number | null;
  readonly detail: string | null;
}

export async function insertMessageEvents(
  db: Database,
  events: readonly MessageEvent[],
): Promise<void> {
  for (const part of chunked(events)) await db('crm_message_events').insert(part);
}

/** How many of a kind came from this message since `since`. By crm_message_events_message. */
export async function countEvents(
  db: Database,
  { messageId, type, since }: { messageId: number; type: MessageEvent['type']; since: number },
): Promise<number> {
  const row: { count?: number | string } | undefined = await db('crm_message_events')
    .where({ message_id: messageId, type })
    .where('at', '>=', since)
    .count({ count: '*' })
    .first();
  return Number(row?.count ?? 0);
}

/** Links of one message that were fetched since `since`, scanners' rows included. */
export async function recentClicks(
  db: Database,
  messageId: number,
  since: number,
): Promise<{ id: number; linkId: number }[]> {
  const rows: { id: number; link_id: number }[] = await db('crm_message_events')
    .where({ message_id: messageId, type: 'click' })
    .where('at', '>=', since)
    .select('id', 'link_id');
  return rows.map((row) => ({ id: Number(row.id), linkId: Number(row.link_id) }));
}

export async function markMachine(db: Database, ids: readonly number[]): Promise<void> {
  await db('crm_message_events').whereIn('id', ids).update({ is_machine: true });
}

/** When this message's own link last ended a channel, since `since`. By crm_message_events_message. */
export async function lastStopped(
  db: Database,
  { messageId, channel, since }: { messageId: number; channel: string; since: number },
): Promise<number | null> {
  const rows: { at: number | string; detail: string | null }[] = await db('crm_message_events')
    .where({ message_id: messageId, type: 'unsubscribe' })
    .where('at', '>=', since)
    .orderBy('at', 'desc')
    .select('at', 'detail');
  const found = rows.find(({ detail }) => (detail ?? '').split(',').includes(channel));
  return found ? Number(found.at) : null;
}
