import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { database, heavyRead, isPostgres, type Database } from '../../kernel';

/** Enough to know the values in use without reading a million rows for a drop-down. */
const NEWEST = 20_000;
const MOST = 200;

/** The elements of a JSON list in `column`, one row each, as `element.value`; no list has none. */
export function listElements(db: Database, column: string): Knex.Raw {
  const sql = isPostgres(db)
    ? "jsonb_array_elements_text(case when jsonb_typeof(??::jsonb) = 'array' then ??::jsonb else '[]'::jsonb end) as element(value)"
    : "json_each(case when substr(??, 1, 1) = '[' and json_valid(??) then ?? else '[]' end) as element";
  return db.raw(sql, isPostgres(db) ? [column, column] : [column, column, column]);
}

/** Different values among the newest customers, sorted; `list`: the elements of a JSON list. */
export async function valuesInUse(
  strapi: Core.Strapi,
  column: string,
  kind: 'text' | 'list',
): Promise<string[]> {
  const db = database(strapi);
  const newest = db('crm_customers').select({ cell: column }).orderBy('id', 'desc').limit(NEWEST);
  const query = db.queryBuilder().from(newest.as('newest')).limit(MOST);
  if (kind === 'text') query.distinct({ value: 'newest.cell' }).whereNotNull('newest.cell');
  else {
    const elements = listElements(db, 'newest.cell');
    query.crossJoin(elements).distinct({ value: 'element.value' });
  }
  const rows = await heavyRead<{ value: unknown }>(strapi, query);
  return rows
    .map((row) => String(row.value))
    .filter((value) => value !== '')
    .sort();
}

/** Names of the newest events: of all would be a walk through ten million. */
export async function eventNamesInUse(strapi: Core.Strapi): Promise<string[]> {
  const db = database(strapi);
  const newest = db('crm_events').select('name', 'type').orderBy('id', 'desc').limit(NEWEST);
  const query = db
    .queryBuilder()
    .from(newest.as('newest'))
    .whereIn('newest.type', ['track', 'page', 'screen'])
    .distinct({ value: 'newest.name' })
    .limit(MOST);
  const rows = await heavyRead<{ value: unknown }>(strapi, query);
  return rows.map((row) => String(row.value)).sort();
}
