/**
 * Many rows in one parameter. A statement with a placeholder for every cell costs more to build,
 * bind and prepare than to run; a JSON array is parsed by the database itself.
 */
import type { Knex } from 'knex';

import { isPostgres, type Database } from './database';

/** Rows a statement: what SQLite parses in one go without the memory of the whole batch twice. */
const BULK = 2000;

export type BulkRow = Readonly<Record<string, unknown>>;

export interface BulkInsert {
  readonly table: string;
  /** Columns to fill; a row may lack some. A value is what JSON can say, arrays and objects too. */
  readonly columns: readonly string[];
  readonly rows: readonly BulkRow[];
  /** Which conflict is no error, and what then happens: nothing, or these columns are overwritten. */
  readonly conflict?: {
    readonly columns: readonly string[];
    readonly merge: readonly string[] | 'ignore';
    /** Raw condition of the overwriting; `excluded` is the new row. */
    readonly where?: string;
  };
  readonly returning?: readonly string[];
}

function conflictClause(db: Database, { conflict }: BulkInsert): string {
  if (!conflict) return '';
  const names = (columns: readonly string[]) =>
    columns.map((column) => db.ref(column).toString()).join(', ');
  const target = ` on conflict (${names(conflict.columns)}) do `;
  if (conflict.merge === 'ignore') return `${target}nothing`;
  const set = conflict.merge.map((column) => {
    const name = db.ref(column).toString();
    return `${name} = excluded.${name}`;
  });
  return `${target}update set ${set.join(', ')}${conflict.where ? ` where ${conflict.where}` : ''}`;
}

/** `where true`: without it SQLite takes `on conflict` for the end of a join. */
function sourceOf(db: Database, { table, columns }: BulkInsert): string {
  if (isPostgres(db)) {
    const names = columns.map((column) => `r.${db.ref(column).toString()}`);
    const record = `jsonb_populate_recordset(null::${db.ref(table).toString()}, ?::jsonb)`;
    return `select ${names.join(', ')} from ${record} as r where true`;
  }
  const cells = columns.map((_, index) => `json_extract(value, '$[${index}]')`);
  return `select ${cells.join(', ')} from json_each(?) where true`;
}

/** Half a character, or a NUL byte: PostgreSQL refuses the whole statement for one of them. */
const UNSTORABLE = /[\p{Surrogate}\0]/gu;
const ESCAPED_UNSTORABLE = /\\u(?:d[89a-f]|0000)/;

function storable(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(UNSTORABLE, '\ufffd') : value;
}

function parameterOf(db: Database, columns: readonly string[], rows: readonly BulkRow[]): string {
  const told = isPostgres(db)
    ? rows
    : rows.map((row) => columns.map((column) => row[column] ?? null));
  const json = JSON.stringify(told);
  return ESCAPED_UNSTORABLE.test(json) ? JSON.stringify(told, storable) : json;
}

/** knex answers a raw insert with rows (SQLite) or with pg's whole result. */
const rowsOf = (answer: unknown): BulkRow[] => {
  if (Array.isArray(answer)) return answer as BulkRow[];
  const { rows } = answer as { rows?: BulkRow[] };
  return rows ?? [];
};

/** Inserts all rows in a statement per two thousand; answers the returned columns, in no order. */
export async function insertBulk(db: Database, insert: BulkInsert): Promise<BulkRow[]> {
  const { table, columns, rows, returning } = insert;
  const names = columns.map((column) => db.ref(column).toString()).join(', ');
  const answer = returning ? ` returning ${returning.join(', ')}` : '';
  const sql = `insert into ${db.ref(table).toString()} (${names}) ${sourceOf(db, insert)}${conflictClause(db, insert)}${answer}`;
  const returned: BulkRow[] = [];
  for (let start = 0; start < rows.length; start += BULK) {
    const parameter = parameterOf(db, columns, rows.slice(start, start + BULK));
    const part = rowsOf(await db.raw(sql, [parameter]));
    if (returning) for (const row of part) returned.push(row);
  }
  return returned;
}

/** `whereIn` with one parameter for the whole list. All values are texts, or all are numbers. */
export function whereAmong(
  db: Database,
  query: Knex.QueryBuilder,
  column: string,
  values: readonly (string | number)[],
): Knex.QueryBuilder {
  if (isPostgres(db)) return query.whereRaw('?? = any(?)', [column, [...values]]);
  return query.whereRaw('?? in (select value from json_each(?))', [column, JSON.stringify(values)]);
}
