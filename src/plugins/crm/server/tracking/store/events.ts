import type { Knex } from 'knex';

import { insertBulk, whereAmong, type BulkRow, type Database } from '../../kernel';

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

const COLUMNS = [
  'message_id',
  'type',
  'name',
  'customer_id',
  'visitor_id',
  'occurred_at',
  'received_at',
  'properties',
  'is_bot',
] as const satisfies readonly (keyof EventRow)[];

/** Inserts what is not there yet and returns the customers (or null) of the rows that were new. */
export async function insertEvents(
  trx: Database,
  rows: readonly EventRow[],
): Promise<(number | null)[]> {
  const news = await insertBulk(trx, {
    table: 'crm_events',
    columns: COLUMNS,
    rows: rows as unknown as readonly BulkRow[],
    conflict: { columns: ['message_id'], merge: 'ignore' },
    returning: ['customer_id'],
  });
  return news.map((row) => (row.customer_id === null ? null : Number(row.customer_id)));
}

/** The customers behind the numbers that other systems know them by. */
export async function customersByNumber(
  db: Database,
  numbers: readonly string[],
): Promise<Map<string, number>> {
  if (numbers.length === 0) return new Map();
  const rows: { value: string; customer_id: number }[] = await whereAmong(
    db,
    db('crm_identities').where({ kind: 'customer-number' }).select('value', 'customer_id'),
    'value',
    numbers,
  );
  return new Map(rows.map((row) => [row.value, Number(row.customer_id)]));
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

/** What a link alone had made hers, and a login of somebody else has shown to be doubtful. */
export async function disownVisitorEvents(
  trx: Knex.Transaction,
  visitorId: string,
  customerId: number,
): Promise<void> {
  await trx('crm_events')
    .where({ visitor_id: visitorId, customer_id: customerId })
    .update({ customer_id: null });
}

export interface BehaviourRow {
  readonly id: number | string;
  readonly type: string;
  readonly name: string;
  readonly occurred_at: number | string;
  readonly properties: string;
}

/** What people did; the rest of the log says who somebody is. */
const SHOWN = ['track', 'page', 'screen'];

/** A person's events before an instant, newest first, by the index (customer_id, occurred_at). */
export async function eventsOfCustomer(
  db: Database,
  query: { customerId: number; before: number; limit: number },
): Promise<BehaviourRow[]> {
  return db('crm_events')
    .where({ customer_id: query.customerId })
    .where('occurred_at', '<', query.before)
    .whereIn('type', SHOWN)
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
