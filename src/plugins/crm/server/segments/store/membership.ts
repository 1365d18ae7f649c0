/** The table of who is in which segment. Every write is the difference, as one statement a batch. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { chunked, database, heavyRead, isPostgres, type Database } from '../../kernel';
import type { CompiledRule } from '../compile';
import { contextOf, matchingIds } from './people';

export interface Difference {
  readonly entering: number[];
  readonly leaving: number[];
}

/** All ids of a statement in one cell: a million rows would cost seconds to hand over. */
async function idList(strapi: Core.Strapi, ids: Knex.QueryBuilder): Promise<number[]> {
  const db = database(strapi);
  const collect = isPostgres(db) ? 'json_agg(found.id)' : 'json_group_array(found.id)';
  const query = db
    .queryBuilder()
    .select(db.raw(`${collect} as ids`))
    .from(ids.as('found'));
  const [row] = await heavyRead<{ ids: string | number[] | null }>(strapi, query);
  const found: unknown = typeof row?.ids === 'string' ? JSON.parse(row.ids) : row?.ids;
  return Array.isArray(found) ? found.map(Number) : [];
}

/** Who matches and is not in, and who is in and does not match. */
export async function difference(
  strapi: Core.Strapi,
  segmentId: number,
  rule: CompiledRule,
): Promise<Difference> {
  const db = database(strapi);
  const members = db('crm_segment_members').where({ segment_id: segmentId });
  const entering = matchingIds(strapi, rule).whereNotIn(
    'crm_customers.id',
    members.clone().select('customer_id'),
  );
  const leaving = members
    .clone()
    .select({ id: 'customer_id' })
    .whereNotIn('customer_id', matchingIds(strapi, rule));
  return {
    entering: await idList(strapi, entering),
    leaving: await idList(strapi, leaving),
  };
}

/** `column` is one of `ids`, with one parameter for all of them. */
function whereOneOf(
  query: Knex.QueryBuilder,
  db: Database,
  column: string,
  ids: readonly number[],
) {
  return isPostgres(db)
    ? query.whereRaw('?? = any(?::int[])', [column, [...ids]])
    : query.whereRaw('?? in (select value from json_each(?))', [column, JSON.stringify(ids)]);
}

/**
 * Inserts what a statement selects and tells how many were new. Knex drops the conflict clause and
 * RETURNING of an insert from a select on SQLite, so the two are written here.
 */
async function insertMembers(trx: Knex.Transaction, entering: Knex.QueryBuilder): Promise<number> {
  const { sql, bindings } = entering.toSQL();
  const answer: unknown[] | { rows: unknown[] } = await trx.raw(
    `insert into crm_segment_members (segment_id, customer_id, entered_at) ${sql}
     on conflict (segment_id, customer_id) do nothing returning customer_id`,
    [...bindings],
  );
  return Array.isArray(answer) ? answer.length : answer.rows.length;
}

/**
 * Puts these people in or out as the rule says at this moment, so that a person who has changed
 * since the difference was read ends up where they belong.
 */
export async function applyToPeople(
  strapi: Core.Strapi,
  trx: Knex.Transaction,
  segmentId: number,
  rule: CompiledRule,
  customerIds: readonly number[],
): Promise<{ entered: number; left: number }> {
  const context = contextOf(strapi, trx, 'few');
  const matching = () => {
    const query = whereOneOf(trx('crm_customers'), trx, 'crm_customers.id', customerIds);
    rule.where(query, context);
    return query;
  };
  const left: number = await whereOneOf(
    trx('crm_segment_members').where({ segment_id: segmentId }),
    trx,
    'customer_id',
    customerIds,
  )
    .whereNotIn('customer_id', matching().select('crm_customers.id'))
    .delete();
  const entering = matching()
    .select(
      trx.raw('cast(? as integer)', [segmentId]),
      'crm_customers.id',
      trx.raw('cast(? as bigint)', [context.now.getTime()]),
    )
    .whereNotExists(
      trx('crm_segment_members')
        .select(trx.raw('1'))
        .where({ segment_id: segmentId })
        .whereRaw('?? = ??', ['crm_segment_members.customer_id', 'crm_customers.id']),
    );
  const entered = await insertMembers(trx, entering);
  return { entered, left };
}

export async function countMembers(db: Database, segmentId: number): Promise<number> {
  const row: { members?: number | string } | undefined = await db('crm_segment_members')
    .where({ segment_id: segmentId })
    .count({ members: '*' })
    .first();
  return Number(row?.members ?? 0);
}

export async function removeAllMembers(trx: Knex.Transaction, segmentId: number): Promise<void> {
  await trx('crm_segment_members').where({ segment_id: segmentId }).delete();
}

/** Statement of the members of a segment by its documentId; nobody when there is no such one. */
export function membersOf(db: Database, documentId: string): Knex.QueryBuilder {
  return db('crm_segment_members')
    .select('crm_segment_members.customer_id')
    .whereIn(
      'crm_segment_members.segment_id',
      db('crm_segments').select('crm_segments.id').where({ document_id: documentId }),
    );
}

/** Names of the segments of many people, in one query by the table's customer index. */
export async function segmentNamesOf(
  db: Database,
  customerIds: readonly number[],
): Promise<Map<number, { documentId: string; name: string }[]>> {
  const rows: { customer_id: number; document_id: string; name: string }[] = await db(
    'crm_segment_members as member',
  )
    .join('crm_segments as segment', 'segment.id', 'member.segment_id')
    .whereIn('member.customer_id', [...customerIds])
    .orderBy('segment.name')
    .select('member.customer_id', 'segment.document_id', 'segment.name');
  const names = new Map<number, { documentId: string; name: string }[]>();
  for (const row of rows) {
    const of = names.get(Number(row.customer_id)) ?? [];
    of.push({ documentId: row.document_id, name: row.name });
    names.set(Number(row.customer_id), of);
  }
  return names;
}

/** documentIds by customer, in one statement per chunk; who is in none is left out. */
export async function segmentsOfCustomers(
  db: Database,
  customerIds: readonly number[],
): Promise<Map<number, string[]>> {
  const found = new Map<number, string[]>();
  for (const part of chunked(customerIds)) {
    const rows: { customer_id: number; document_id: string }[] = await db(
      'crm_segment_members as member',
    )
      .join('crm_segments as segment', 'segment.id', 'member.segment_id')
      .whereIn('member.customer_id', part)
      .select('member.customer_id', 'segment.document_id');
    for (const row of rows) {
      const id = Number(row.customer_id);
      found.set(id, [...(found.get(id) ?? []), row.document_id]);
    }
  }
  return found;
}

export async function memberIdsPage(
  db: Database,
  documentId: string,
  { after = 0, limit }: { after?: number; limit: number },
): Promise<number[]> {
  const rows: { customer_id: number }[] = await membersOf(db, documentId)
    .where('crm_segment_members.customer_id', '>', after)
    .orderBy('crm_segment_members.customer_id')
    .limit(limit);
  return rows.map((row) => Number(row.customer_id));
}

/** Out of every segment, of people as of rules; their counts follow. */
export async function leaveAll(trx: Knex.Transaction, customerId: number): Promise<void> {
  const own = () => trx('crm_segment_members').where({ customer_id: customerId });
  const left: { segment_id: number }[] = await own().select('segment_id');
  await own().delete();
  const ids = left.map((row) => row.segment_id);
  await trx('crm_segments')
    .whereIn('id', ids)
    .update({ member_count: trx.raw('member_count - 1') });
}
