import type { Database } from '../../kernel';

export interface PersonMessage {
  readonly id: number;
  readonly channel: string;
  readonly status: string;
  readonly guard_reason: string | null;
  readonly error: string | null;
  readonly created_at: number | string;
  readonly sent_at: number | string | null;
  readonly payload: string | null;
  readonly campaign: string | null;
}

interface Page {
  readonly customerId: number;
  readonly before: number;
  readonly limit: number;
}

/** What a person was sent, or was not: rows that still wait are no news yet. */
const OVER = ['accepted', 'failed', 'unknown', 'blocked'];

/** By crm_messages_person. A row is ordered by when it was written, which is never after it was sent. */
export async function messagesOfPerson(db: Database, page: Page): Promise<PersonMessage[]> {
  return db('crm_messages as m')
    .leftJoin('crm_campaigns as c', 'c.id', 'm.campaign_id')
    .where('m.customer_id', page.customerId)
    .whereIn('m.status', OVER)
    .whereRaw('coalesce(m.sent_at, m.created_at) < ?', [page.before])
    .orderByRaw('coalesce(m.sent_at, m.created_at) desc')
    .limit(page.limit)
    .select(
      'm.id',
      'm.channel',
      'm.status',
      'm.guard_reason',
      'm.error',
      'm.created_at',
      'm.sent_at',
      'm.payload',
      'c.name as campaign',
    );
}

export interface PersonEvent {
  readonly id: number;
  readonly type: string;
  readonly at: number | string;
  readonly detail: string | null;
  readonly channel: string;
  readonly payload: string | null;
  readonly campaign: string | null;
  readonly url: string | null;
}

/** What she did, without what machines did for her. By crm_message_events_person. */
export async function eventsOfPerson(db: Database, page: Page): Promise<PersonEvent[]> {
  return db('crm_message_events as e')
    .join('crm_messages as m', 'm.id', 'e.message_id')
    .leftJoin('crm_campaigns as c', 'c.id', 'e.campaign_id')
    .leftJoin('crm_links as l', 'l.id', 'e.link_id')
    .where('e.customer_id', page.customerId)
    .where('e.at', '<', page.before)
    .where('e.is_machine', false)
    .orderBy('e.at', 'desc')
    .limit(page.limit)
    .select(
      'e.id',
      'e.type',
      'e.at',
      'e.detail',
      'm.channel',
      'm.payload',
      'c.name as campaign',
      'l.url',
    );
}
