/** Which messages of a campaign a number of its report counts, and the lists behind the numbers. */
import type { Knex } from 'knex';

import type { Database } from '../../kernel';
import type { CampaignState } from '../../../shared/delivery';

import { convertedMessages } from './conversions';
import { GATHERED, OPEN, type MessageRow } from './message-row';

const STATUS_OF: Partial<Record<CampaignState, readonly string[]>> = {
  waiting: [...OPEN, 'leased', GATHERED],
  accepted: ['accepted'],
  'handed-over': ['handed-over'],
  failed: ['failed'],
  unknown: ['unknown'],
  blocked: ['blocked'],
  cancelled: ['cancelled'],
};

interface EventWish {
  /** The first one names them all in `eventCounts`. */
  readonly types: readonly [string, ...string[]];
  readonly machine?: boolean;
}

/** How the events are called that tell of a message that came back. */
export const CAME_BACK = ['bounce', 'soft-bounce', 'policy-bounce'] as const;

const EVENT_OF: Partial<Record<CampaignState, EventWish>> = {
  opened: { types: ['open'], machine: false },
  clicked: { types: ['click'], machine: false },
  replied: { types: ['reply'] },
  unsubscribed: { types: ['unsubscribe'] },
  bounced: { types: CAME_BACK },
  complained: { types: ['complaint'] },
  'machine-opened': { types: ['open'], machine: true },
  'machine-clicked': { types: ['click'], machine: true },
};

/** Index: crm_message_events_message. */
function happened(db: Database, campaignId: number, { types, machine }: EventWish) {
  const events = db('crm_message_events as e')
    .where('e.campaign_id', campaignId)
    .whereIn('e.type', types)
    .whereRaw('e.message_id = crm_messages.id')
    .select(db.raw('1'));
  return machine === undefined ? events : events.where('e.is_machine', machine);
}

/**
 * Blocked on every channel: whom one channel reaches is not counted, and nobody counts twice (the
 * first channel's reason stands). By crm_messages_person.
 */
export function unreached(query: Knex.QueryBuilder, db: Database): Knex.QueryBuilder {
  const others = () =>
    db('crm_messages as other')
      .select(db.raw('1'))
      .whereRaw('other.campaign_id = crm_messages.campaign_id')
      .whereRaw('other.customer_id = crm_messages.customer_id');
  return query
    .where('status', 'blocked')
    .whereNotExists(others().whereNot('other.status', 'blocked'))
    .whereNotExists(others().whereRaw('other.id < crm_messages.id'));
}

export interface Numbered {
  readonly state: CampaignState;
  readonly channel?: string | undefined;
}

/** The messages behind one number. */
function behind(db: Database, campaignId: number, { state, channel }: Numbered): Knex.QueryBuilder {
  const query = db('crm_messages').where({ campaign_id: campaignId });
  if (channel) void query.where({ channel });
  else if (state === 'blocked') return unreached(query, db);
  if (state === 'converted') return query.whereIn('id', convertedMessages(db, campaignId));
  if (state === 'delivered') {
    const back = happened(db, campaignId, { types: CAME_BACK });
    return query.where('status', 'accepted').whereNotExists(back);
  }
  const event = EVENT_OF[state];
  return event
    ? query.whereExists(happened(db, campaignId, event))
    : query.whereIn('status', [...(STATUS_OF[state] ?? [])]);
}

/** By message id after `cursor`. */
export const recipientRows = (
  db: Database,
  campaignId: number,
  page: Numbered & { cursor: number; limit: number },
): Knex.QueryBuilder<MessageRow, MessageRow[]> =>
  behind(db, campaignId, page)
    .where('id', '>', page.cursor)
    .orderBy('id')
    .limit(page.limit)
    .select('*');

export const recipientCount = (
  db: Database,
  campaignId: number,
  wish: Numbered,
): Knex.QueryBuilder => behind(db, campaignId, wish).count('* as people');

/** Which states a status and an event count for. */
export const stateOfStatus = (status: string): CampaignState | null =>
  (Object.entries(STATUS_OF).find(([, statuses]) => statuses.includes(status))?.[0] as
    CampaignState | undefined) ?? null;

export const stateOfEvent = (type: string, isMachine: boolean): CampaignState | null =>
  (Object.entries(EVENT_OF).find(
    ([, event]) =>
      event.types[0] === type && (event.machine === undefined || event.machine === isMachine),
  )?.[0] as CampaignState | undefined) ?? null;
