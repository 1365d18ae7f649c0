import type { Knex } from 'knex';

import { chunked, type Database } from '../kernel';

export interface EventRow {
  readonly message_id: string;
  readonly type: string;
  readonly name: string;
  readonly customer_id: number | null;
  readonly visitor_id: string | null;
  readonly occurred_at: number;
  readonly received_at: number;
  readonly properties: string;
  readonly is_bot: boolean;
}

/** Inserts what is not there yet and returns the customers (or null) of the rows that were new. */
export async function insertEvents(
  trx: Knex.Transaction,
  rows: readonly EventRow[],
): Promise<(number | null)[]> {
  const inserted: (number | null)[] = [];
  for (const chunk of chunked(rows)) {
    const news: { customer_id: number | null }[] = await trx('crm_events')
      .insert(chunk)
      .onConflict('message_id')
      .ignore()
      .returning('customer_id');
    inserted.push(...news.map((row) => row.customer_id));
  }
  return inserted;
}

/** True when events of this browser already belong to another customer: a shared device. */
export async function belongsToAnother(
  trx: Knex.Transaction,
  visitorId: string,
  customerId: number,
): Promise<boolean> {
  const other: unknown = await trx('crm_events')
    .where({ visitor_id: visitorId })
    .whereNotNull('customer_id')
    .whereNot({ customer_id: customerId })
    .first('id');
  return other !== undefined;
}

export async function adoptVisitorEvents(
  trx: Knex.Transaction,
  visitorId: string,
  customerId: number,
): Promise<number> {
  return trx('crm_events')
    .where({ visitor_id: visitorId })
    .whereNull('customer_id')
    .update({ customer_id: customerId });
}

export interface BehaviourRow {
  readonly id: number | string;
  readonly type: string;
  readonly name: string;
  readonly occurred_at: number | string;
  readonly properties: string;
}

/** A person's events before an instant, newest first, by the index (customer_id, occurred_at). */
export async function eventsOfCustomer(
  db: Database,
  query: { customerId: number; before: number; limit: number },
): Promise<BehaviourRow[]> {
  return db('crm_events')
    .where({ customer_id: query.customerId })
    .where('occurred_at', '<', query.before)
    .whereNot('type', 'identify')
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit)
    .select('id', 'type', 'name', 'occurred_at', 'properties');
}

/** A browser's page views since an instant, newest first, by the index (visitor_id, occurred_at). */
export async function pagesOfVisitor(
  db: Database,
  query: { visitorId: string; since: number; limit: number },
): Promise<Pick<BehaviourRow, 'name' | 'properties'>[]> {
  return db('crm_events')
    .where({ visitor_id: query.visitorId, type: 'page' })
    .where('occurred_at', '>=', query.since)
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit)
    .select('name', 'properties');
}

/** The newest first. Index `crm_events_customer`. */
export async function eventsOfPerson(
  db: Database,
  customerId: number,
  limit: number,
): Promise<object[]> {
  return db('crm_events')
    .where({ customer_id: customerId })
    .orderBy('occurred_at', 'desc')
    .limit(limit)
    .select('type', 'name', 'occurred_at as occurredAt', 'properties');
}

/** The rows stay for the counts; neither she nor her browser is in them. */
export async function forgetPerson(trx: Database, customerId: number): Promise<void> {
  await trx('crm_events')
    .where({ customer_id: customerId })
    .update({ customer_id: null, visitor_id: null, properties: '{}' });
}
