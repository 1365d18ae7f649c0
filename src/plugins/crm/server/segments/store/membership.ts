/** The table of who is in which segment. Every write is the difference, as one statement a batch. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { chunked, database, heavyRead, isPostgres, whereAmong, type Database } from '../../kernel';
import type { CompiledRule } from '../compile';
import { contextOf, matchingIds } from './people';

export interface Difference {
  readonly entering: number[];
  readonly leaving: number[];
}

interface IdsRow {
  readonly ids: string | number[] | null;
}

/** All ids of a statement in one cell: a million rows would cost seconds to hand over. */
function inOneCell(db: Database, ids: Knex.QueryBuilder): Knex.QueryBuilder {
  const collect = isPostgres(db) ? 'json_agg(found.id)' : 'json_group_array(found.id)';
  return db
    .queryBuilder()
    .select(db.raw(`${collect} as ids`))
    .from(ids.as('found'));
}

function idsIn([row]: readonly IdsRow[]): number[] {
  const found: unknown = typeof row?.ids === 'string' ? JSON.parse(row.ids) : row?.ids;
  return Array.isArray(found) ? found.map(Number) : [];
}

export const idList = async (strapi: Core.Strapi, ids: Knex.QueryBuilder): Promise<number[]> =>
  idsIn(await heavyRead<IdsRow>(strapi, inOneCell(database(strapi), ids)));

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

/** Who went in and who went out of a segment. */
export interface Moved {
  readonly entered: number[];
  readonly left: number[];
}

interface MovedRow {
  readonly customer_id: number;
  readonly entered_at: number | string;
}

const idsOf = (rows: readonly MovedRow[]): number[] => rows.map((row) => Number(row.customer_id));

/** Rows that a write returns. Knex drops RETURNING of such statements on SQLite, so it is written here. */
async function returning(
  trx: Knex.Transaction,
  sql: string,
  bindings: readonly Knex.RawBinding[],
): Promise<MovedRow[]> {
  const answer: MovedRow[] | { rows: MovedRow[] } = await trx.raw(sql, [...bindings]);
  return Array.isArray(answer) ? answer : answer.rows;
}

interface Entry {
  readonly segmentId: number;
  readonly at: number;
}

/** Inserts whom a statement finds and tells who was new. */
async function insertMembers(
  trx: Knex.Transaction,
  { segmentId, at }: Entry,
  entering: Knex.QueryBuilder,
): Promise<number[]> {
  const { sql, bindings } = entering
    .select(trx.raw('cast(? as integer)', [segmentId]), 'crm_customers.id')
    .select(trx.raw('cast(? as bigint)', [at]))
    .toSQL();
  const rows = await returning(
    trx,
    `insert into crm_segment_members (segment_id, customer_id, entered_at) ${sql}
     on conflict (segment_id, customer_id) do nothing returning customer_id, entered_at`,
    bindings,
  );
  return idsOf(rows);
}

/** The same where nobody writes in between: a row that RETURNING hands over costs twice as much. */
async function insertFoundMembers(
  trx: Knex.Transaction,
  { segmentId, at }: Entry,
  entering: Knex.QueryBuilder,
): Promise<number[]> {
  const found = idsIn(await inOneCell(trx, entering.select('crm_customers.id')));
  if (found.length > 0) {
    await trx.raw(
      `insert into crm_segment_members (segment_id, customer_id, entered_at)
       select ?, value, ? from json_each(?)`,
      [segmentId, at, JSON.stringify(found)],
    );
  }
  return found;
}

/** These people go in as the statement on `crm_customers` finds them; who is in stays as they are. */
async function enter(
  trx: Knex.Transaction,
  segmentId: number,
  people: Knex.QueryBuilder,
  now: Date,
): Promise<number[]> {
  const isMember = trx('crm_segment_members')
    .select(trx.raw('1'))
    .where({ segment_id: segmentId })
    .whereRaw('?? = ??', ['crm_segment_members.customer_id', 'crm_customers.id']);
  const entering = people.whereNotExists(isMember);
  const insert = isPostgres(trx) ? insertMembers : insertFoundMembers;
  return insert(trx, { segmentId, at: now.getTime() }, entering);
}

/** Members that the statement finds go out, and their stays are kept. */
async function leave(
  trx: Knex.Transaction,
  segmentId: number,
  members: Knex.QueryBuilder,
  now: Date,
): Promise<number[]> {
  const { sql, bindings } = members.delete().toSQL();
  const gone = await returning(trx, `${sql} returning customer_id, entered_at`, bindings);
  const stays = gone.map((row) => ({
    segment_id: segmentId,
    customer_id: row.customer_id,
    entered_at: Number(row.entered_at),
    left_at: now.getTime(),
  }));
  for (const part of chunked(stays)) await trx('crm_segment_stays').insert(part);
  return idsOf(gone);
}

const membersAmong = (trx: Knex.Transaction, segmentId: number, ids: readonly number[]) =>
  whereAmong(trx, trx('crm_segment_members').where({ segment_id: segmentId }), 'customer_id', ids);

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
): Promise<Moved> {
  const context = contextOf(strapi, trx, 'few');
  const matching = () => {
    const query = whereAmong(trx, trx('crm_customers'), 'crm_customers.id', customerIds);
    rule.where(query, context);
    return query;
  };
  const leaving = membersAmong(trx, segmentId, customerIds).whereNotIn(
    'customer_id',
    matching().select('crm_customers.id'),
  );
  const left = await leave(trx, segmentId, leaving, context.now);
  return { left, entered: await enter(trx, segmentId, matching(), context.now) };
}

/** Puts people in by hand or from a file; unknown ids are nobody. */
export const addMembers = (
  trx: Knex.Transaction,
  segmentId: number,
  customerIds: readonly number[],
  now: Date,
): Promise<number[]> =>
  enter(
    trx,
    segmentId,
    whereAmong(trx, trx('crm_customers'), 'crm_customers.id', customerIds),
    now,
  );

export const removeMembers = (
  trx: Knex.Transaction,
  segmentId: number,
  customerIds: readonly number[],
  now: Date,
): Promise<number[]> => leave(trx, segmentId, membersAmong(trx, segmentId, customerIds), now);

/** Everybody in a segment, for comparing with a file. */
export async function allMemberIds(strapi: Core.Strapi, segmentId: number): Promise<number[]> {
  const db = database(strapi);
  return idList(
    strapi,
    db('crm_segment_members').where({ segment_id: segmentId }).select({ id: 'customer_id' }),
  );
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
  await trx('crm_segment_stays').where({ segment_id: segmentId }).delete();
}
