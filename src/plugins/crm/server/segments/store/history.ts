/** When people went into segments and out of them: members have no end yet, stays have. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import type { SegmentMove } from '../../../shared/segments';
import { database, heavyRead, type Database } from '../../kernel';
import { PERSON_COLUMNS } from './people';

type Row = Readonly<Record<string, unknown>>;

/**
 * One row for every entry and every exit of the stays and memberships that `of` narrows; it is told
 * which column says when.
 */
function moves(
  db: Database,
  of: (query: Knex.QueryBuilder, at: 'entered_at' | 'left_at') => Knex.QueryBuilder,
) {
  const columns = ['segment_id', 'customer_id'];
  const entered = { at: 'entered_at', entered: db.raw('1') };
  const left = { at: 'left_at', entered: db.raw('0') };
  // Each apart, because one part of a union cannot be ordered and limited for itself on SQLite.
  const part = (query: Knex.QueryBuilder) => db.queryBuilder().select('*').from(query.as('part'));
  return part(of(db('crm_segment_members').select(...columns, entered), 'entered_at')).unionAll([
    part(of(db('crm_segment_stays').select(...columns, entered), 'entered_at')),
    part(of(db('crm_segment_stays').select(...columns, left), 'left_at')),
  ]);
}

/**
 * The newest entries and exits of a segment, each kind from the end of its index
 * (segment_id, when, customer_id): a segment may have a million.
 */
export async function movesOfSegment(
  strapi: Core.Strapi,
  segmentId: number,
  limit: number,
): Promise<SegmentMove[]> {
  const db = database(strapi);
  const newest = db
    .queryBuilder()
    .from(
      moves(db, (query, at) =>
        query
          .where({ segment_id: segmentId })
          .orderBy([
            { column: at, order: 'desc' },
            { column: 'customer_id', order: 'desc' },
          ])
          .limit(limit),
      ).as('moved'),
    )
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'customer_id', order: 'desc' },
      { column: 'entered', order: 'desc' },
    ])
    .limit(limit);
  const query = db
    .queryBuilder()
    .from(newest.as('newest'))
    .join('crm_customers', 'crm_customers.id', 'newest.customer_id')
    .select('newest.at', 'newest.entered', PERSON_COLUMNS)
    .orderBy('newest.at', 'desc');
  const rows = await heavyRead<Row>(strapi, query);
  return rows.map(({ at, entered, ...person }) => ({
    at: Number(at),
    entered: Number(entered) === 1,
    person: person as unknown as SegmentMove['person'],
  }));
}

export interface MoveOfPerson {
  readonly segmentId: number;
  readonly name: string;
  readonly at: number;
  readonly entered: boolean;
}

/** Into and out of which segments a person went before an instant, newest first. */
export async function movesOfPerson(
  db: Database,
  { customerId, before, limit }: { customerId: number; before: number; limit: number },
): Promise<MoveOfPerson[]> {
  const rows: Row[] = await db
    .queryBuilder()
    .from(moves(db, (query) => query.where({ customer_id: customerId })).as('moved'))
    .join('crm_segments as segment', 'segment.id', 'moved.segment_id')
    .where('moved.at', '<', before)
    .orderBy('moved.at', 'desc')
    .limit(limit)
    .select('moved.segment_id', 'moved.at', 'moved.entered', 'segment.name');
  return rows.map((row) => ({
    segmentId: Number(row.segment_id),
    name: String(row.name),
    at: Number(row.at),
    entered: Number(row.entered) === 1,
  }));
}

export async function staysOfPerson(db: Database, customerId: number): Promise<object[]> {
  const own = await movesOfPerson(db, {
    customerId,
    before: Number.MAX_SAFE_INTEGER,
    limit: 10_000,
  });
  return own.map(({ name, at, entered }) => ({ segment: name, at, entered }));
}

/**
 * Forgets some stays that ended before an instant, the first written first; answers how many. By the
 * primary key: they are written as they end.
 */
export async function deleteStaysBefore(
  trx: Knex.Transaction,
  before: number,
  most: number,
): Promise<number> {
  const first = trx('crm_segment_stays').orderBy('id').limit(most).select('id', 'left_at');
  return trx('crm_segment_stays')
    .whereIn('id', trx.from(first.as('first')).where('left_at', '<', before).select('id'))
    .delete();
}
