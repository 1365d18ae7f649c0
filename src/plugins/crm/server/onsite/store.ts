import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import type { OnsiteEvent } from '../../shared/onsite';
import { chunked, database, heavyRead, isPostgres, whereAmong, type Database } from '../kernel';
import type { Seen } from './domain/choose';

export interface EventRow {
  readonly message: string;
  readonly type: OnsiteEvent;
  readonly unit: string | null;
  readonly at: number;
}

export async function insertEvent(strapi: Core.Strapi, row: EventRow): Promise<void> {
  await database(strapi)('crm_onsite_events').insert(row);
}

/** How often these people were shown a message, by the index (unit, message, at). */
export async function seenBy(
  strapi: Core.Strapi,
  units: readonly string[],
  since: number,
): Promise<Map<string, Seen>> {
  const db = database(strapi);
  const rows: { message: string; today: unknown; ever: unknown }[] = await db('crm_onsite_events')
    .whereIn('unit', units)
    .where({ type: 'shown' })
    .groupBy('message')
    .select('message')
    .select({ ever: db.raw('count(*)') })
    .select({ today: db.raw('sum(case when at >= ? then 1 else 0 end)', [since]) });
  return new Map(
    rows.map(({ message, today, ever }) => [message, { today: Number(today), ever: Number(ever) }]),
  );
}

export interface Total {
  readonly message: string;
  readonly type: OnsiteEvent;
  readonly total: number;
}

/** By the index (message, type), off the request thread; with what was summed up before. */
export async function totals(strapi: Core.Strapi): Promise<readonly Total[]> {
  const db = database(strapi);
  const recent = db('crm_onsite_events')
    .groupBy('message', 'type')
    .select('message', 'type')
    .select({ total: db.raw('count(*)') });
  const columns = ['message', 'type', 'total'];
  const every = db
    .from(recent.as('recent'))
    .select(columns)
    .unionAll(db('crm_onsite_totals').select(columns))
    .as('every');
  const rows = await heavyRead<{ message: string; type: OnsiteEvent; total: unknown }>(
    strapi,
    db
      .from(every)
      .groupBy('message', 'type')
      .select('message', 'type')
      .select({ total: db.raw('sum(total)') }),
  );
  return rows.map((row) => ({ ...row, total: Number(row.total) }));
}

/**
 * Takes some of the oldest events away and adds them to the sums; answers how many. By the index of
 * `at`. What another node took at the same time is not counted again.
 */
export async function sumUpBefore(
  trx: Knex.Transaction,
  before: number,
  most: number,
): Promise<number> {
  const oldest = trx('crm_onsite_events')
    .where('at', '<', before)
    .orderBy('at')
    .limit(most)
    .select('id', 'message', 'type');
  if (isPostgres(trx)) void oldest.forUpdate().skipLocked();
  const gone: (Pick<Total, 'message' | 'type'> & { id: number | string })[] = await oldest;
  for (const some of chunked(gone)) {
    await trx('crm_onsite_events')
      .whereIn(
        'id',
        some.map(({ id }) => id),
      )
      .delete();
  }
  const sums = new Map<string, Total>();
  for (const { message, type } of gone) {
    const key = `${message} ${type}`;
    sums.set(key, { message, type, total: (sums.get(key)?.total ?? 0) + 1 });
  }
  if (sums.size > 0) {
    await trx('crm_onsite_totals')
      .insert([...sums.values()])
      .onConflict(['message', 'type'])
      .merge({ total: trx.raw('crm_onsite_totals.total + excluded.total') });
  }
  return gone.length;
}

interface Documents {
  findMany(params: object): Promise<Readonly<Record<string, unknown>>[]>;
}

/** Drafts too: an editor looks for what she wrote. */
export function allMessages(strapi: Core.Strapi, uid: string) {
  const documents = strapi.documents(uid as never) as unknown as Documents;
  return documents.findMany({ fields: ['name', 'kind'], sort: 'createdAt:desc', limit: 500 });
}

/** By the index (unit, message, at). */
export const eventsOf = (db: Database, unit: string): Promise<EventRow[]> =>
  db('crm_onsite_events').where({ unit }).orderBy('at').select('message', 'type', 'at');

/** By the same index, in one statement: an undone import removes people by the thousand. */
export async function forgetUnits(trx: Knex.Transaction, units: readonly string[]): Promise<void> {
  await whereAmong(trx, trx('crm_onsite_events'), 'unit', units).update({ unit: null });
}

export async function eventIds(trx: Knex.Transaction, unit: string): Promise<number[]> {
  const rows: { id: number | string }[] = await trx('crm_onsite_events')
    .where({ unit })
    .select('id');
  return rows.map(({ id }) => Number(id));
}

export async function giveEvents(
  trx: Knex.Transaction,
  ids: readonly number[],
  unit: string,
): Promise<void> {
  for (const some of chunked(ids)) {
    await trx('crm_onsite_events').whereIn('id', some).update({ unit });
  }
}
