/** The stored rules, read straight from their columns. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { chunked, database, isPostgres, type Database } from '../../kernel';

interface Column {
  readonly table: string;
  readonly column: string;
}

interface JoinTable {
  readonly name: string;
  readonly joinColumn: { readonly name: string };
  readonly morphColumn: {
    readonly idColumn: { readonly name: string };
    readonly typeColumn: { readonly name: string };
  };
}

interface Meta {
  readonly tableName: string;
  readonly attributes: Readonly<
    Record<string, { readonly columnName?: string; readonly joinTable?: JoinTable }>
  >;
}

const metaOf = (strapi: Core.Strapi, uid: string) => strapi.db.metadata.get(uid) as unknown as Meta;

function columnOf(strapi: Core.Strapi, uid: string, field: string): Column {
  const meta = metaOf(strapi, uid);
  const column = meta.attributes[field]?.columnName;
  if (!column) throw new Error(`${uid} has no column for "${field}"`);
  return { table: meta.tableName, column };
}

/** Joins a running transaction: on SQLite a second connection would wait for ever. */
export function withConnection<T>(
  strapi: Core.Strapi,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  if (!strapi.db.inTransaction()) return work(database(strapi));
  return strapi.db.transaction(({ trx }) => work(trx as unknown as Database)) as Promise<T>;
}

/** A broken value is `undefined`, which the gate withholds; null stays null: no rule. */
export function parseStored(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? null;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

/** One statement for all ids of one type, by primary key. */
export async function rulesOf(
  strapi: Core.Strapi,
  rule: { uid: string; field: string },
  ids: readonly number[],
): Promise<Map<number, unknown>> {
  const { table, column } = columnOf(strapi, rule.uid, rule.field);
  const found = new Map<number, unknown>();
  await withConnection(strapi, async (db) => {
    for (const part of chunked(ids)) {
      const rows: { id: number; rule: unknown }[] = await db(table)
        .whereIn('id', part)
        .select('id', { rule: column });
      for (const row of rows) found.set(Number(row.id), parseStored(row.rule));
    }
  });
  return found;
}

export interface StoredText {
  /** As the database compares it. */
  readonly text: string;
  readonly rule: unknown;
}

const asText = (db: Database, column: string): Knex.Raw =>
  db.raw(isPostgres(db) ? '??::text' : 'cast(?? as text)', [column]);

/** The different rules of a type: few, however many entries there are. */
export async function distinctRules(
  strapi: Core.Strapi,
  uid: string,
  field: string,
): Promise<StoredText[]> {
  const { table, column } = columnOf(strapi, uid, field);
  const rows: { text: string }[] = await withConnection(strapi, (db) =>
    db(table)
      .whereNotNull(column)
      .distinct(db.raw('? as ??', [asText(db, column), 'text'])),
  );
  return rows.map(({ text }) => ({ text, rule: parseStored(text) }));
}

/** Ids of the entries with one of these rules, as a subquery for `$notIn`. */
export function entriesWithRules(
  strapi: Core.Strapi,
  uid: string,
  field: string,
  texts: readonly string[],
): Knex.QueryBuilder {
  const db = database(strapi);
  const { table, column } = columnOf(strapi, uid, field);
  return db(table)
    .select('id')
    .whereNotNull(column)
    .whereIn(asText(db, column) as unknown as string, texts);
}

export interface PlacedBlock {
  readonly entryId: number;
  readonly uid: string;
  readonly id: number;
}

/** The blocks of a zone in their order, of several entries. */
export async function blocksOfZone(
  strapi: Core.Strapi,
  uid: string,
  zone: string,
  entryIds: readonly number[],
): Promise<PlacedBlock[]> {
  const join = metaOf(strapi, uid).attributes[zone]?.joinTable;
  if (!join) return [];
  const { idColumn, typeColumn } = join.morphColumn;
  const rows: { entry: number; block: number; type: string }[] = await withConnection(
    strapi,
    (db) =>
      db(join.name)
        .whereIn(join.joinColumn.name, entryIds)
        .where({ field: zone })
        .orderBy('order')
        .select({ entry: join.joinColumn.name, block: idColumn.name, type: typeColumn.name }),
  );
  return rows.map(({ entry, block, type }) => ({
    entryId: Number(entry),
    uid: type,
    id: Number(block),
  }));
}
