import { chunked, type Database } from '../../kernel';

export const memberEventTypes = [
  'registered',
  'confirmed',
  'logged-in',
  'logged-out',
  'profile-changed',
  'password-changed',
  'tier-changed',
  'line-linked',
  'line-unlinked',
  'plan-granted',
  'plan-paused',
  'plan-resumed',
  'plan-ended',
  'plan-changed',
  'left',
  'erased',
  'welcome-sent',
  'email-changed',
] as const;
export type MemberEventType = (typeof memberEventTypes)[number];

export interface MemberEvent {
  readonly id: number;
  readonly customerId: number;
  readonly type: MemberEventType;
  readonly at: number;
  readonly detail: Readonly<Record<string, string | number | null>>;
}

interface RawEvent {
  id: number;
  customer_id: number;
  type: MemberEventType;
  at: number | string;
  detail: string | null;
}

const eventOfRow = (row: RawEvent): MemberEvent => ({
  id: Number(row.id),
  customerId: Number(row.customer_id),
  type: row.type,
  at: Number(row.at),
  detail: JSON.parse(row.detail ?? '{}') as MemberEvent['detail'],
});

export async function insertMemberEvents(
  db: Database,
  events: readonly Omit<MemberEvent, 'id'>[],
): Promise<void> {
  if (events.length === 0) return;
  await db('crm_member_events').insert(
    events.map(({ customerId, type, at, detail }) => ({
      customer_id: customerId,
      type,
      at,
      detail: JSON.stringify(detail),
    })),
  );
}

/** Index `crm_member_events_customer`. */
export async function memberEventsBefore(
  db: Database,
  query: { customerId: number; before: number; limit: number },
): Promise<MemberEvent[]> {
  const rows: RawEvent[] = await db('crm_member_events')
    .where({ customer_id: query.customerId })
    .where('at', '<', query.before)
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(query.limit);
  return rows.map(eventOfRow);
}

/** The newest first. Index `crm_member_events_customer`. */
export async function memberEventsOfTypes(
  db: Database,
  customerId: number,
  types: readonly MemberEventType[],
  limit: number,
): Promise<MemberEvent[]> {
  const rows: RawEvent[] = await db('crm_member_events')
    .where({ customer_id: customerId })
    .whereIn('type', [...types])
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit);
  return rows.map(eventOfRow);
}

/** Index `crm_member_events_customer`. */
export async function hasEventOfType(
  db: Database,
  customerId: number,
  type: MemberEventType,
): Promise<boolean> {
  const query = db('crm_member_events').where({ customer_id: customerId, type });
  return (await query.first('id')) !== undefined;
}

/** Since when each of these is a member; those who never registered are left out. */
export async function registrationsOf(
  db: Database,
  customerIds: readonly number[],
): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  for (const part of chunked(customerIds)) {
    const rows: { customer_id: number; at: number | string }[] = await db('crm_member_events')
      .whereIn('customer_id', part)
      .where({ type: 'registered' })
      .groupBy('customer_id')
      .select('customer_id')
      .min({ at: 'at' });
    for (const row of rows) found.set(Number(row.customer_id), Number(row.at));
  }
  return found;
}

/** What happened stays, without the address or name that stood beside it. */
export async function forgetDetails(trx: Database, customerId: number): Promise<void> {
  await trx('crm_member_events').where({ customer_id: customerId }).update({ detail: '{}' });
}

/** The tier that each last change led to; who never changed is left out. */
export async function lastTierOf(
  db: Database,
  customerIds: readonly number[],
): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  for (const part of chunked(customerIds)) {
    const rows: RawEvent[] = await db('crm_member_events')
      .whereIn('customer_id', part)
      .where({ type: 'tier-changed' })
      .orderBy(['at', 'id']);
    for (const row of rows) {
      const { customerId, detail } = eventOfRow(row);
      if (typeof detail.to === 'string') found.set(customerId, detail.to);
    }
  }
  return found;
}
