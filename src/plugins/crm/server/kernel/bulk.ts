/**
 * Many rows at once. On PostgreSQL they travel in one parameter, a JSON array that the database
 * parses itself: a placeholder for every cell costs more to build, bind and prepare than to run.
 */
import type { Knex } from 'knex';

import { isPostgres, type Database } from './database';
import { statementOf, withSqlite } from './sqlite-statements';

/** Rows a statement: what is parsed in one go without the memory of the whole batch twice. */
const BULK = 2000;

export type BulkRow = Readonly<Record<string, unknown>>;

export type BulkCells = readonly unknown[];

export interface BulkInsert {
  readonly table: string;
  /** Columns to fill; a row may lack some. A value is what JSON can say, arrays and objects too. */
  readonly columns: readonly string[];
  /** By name, or as cells in the order of `columns`: of many rows that is a third less work. */
  readonly rows: readonly BulkRow[] | readonly BulkCells[];
  /** Which conflict is no error, and what then happens: nothing, or these columns are overwritten. */
  readonly conflict?: {
    readonly columns: readonly string[];
    readonly merge: readonly string[] | 'ignore';
    /** Raw condition of the overwriting; `excluded` is the new row. */
    readonly where?: string;
  };
  readonly returning?: readonly string[];
  /**
   * On SQLite too one statement for all rows, which JSON carries. For tables with a full-text index:
   * at every statement that a trigger makes longer, FTS5 writes out what it had gathered.
   */
  readonly isOneStatement?: boolean;
}

const quoted = new Map<string, string>();

/** A name as the database quotes it. knex makes much ado about it, and it is asked at every insert. */
function nameOf(db: Database, name: string): string {
  const key = `${isPostgres(db) ? 'p' : 's'} ${name}`;
  const known = quoted.get(key);
  if (known !== undefined) return known;
  const made = db.ref(name).toString();
  quoted.set(key, made);
  return made;
}

function conflictClause(db: Database, { conflict }: BulkInsert): string {
  if (!conflict) return '';
  const names = (columns: readonly string[]) =>
    columns.map((column) => nameOf(db, column)).join(', ');
  const target = ` on conflict (${names(conflict.columns)}) do `;
  if (conflict.merge === 'ignore') return `${target}nothing`;
  const set = conflict.merge.map((column) => {
    const name = nameOf(db, column);
    return `${name} = excluded.${name}`;
  });
  return `${target}update set ${set.join(', ')}${conflict.where ? ` where ${conflict.where}` : ''}`;
}

function sourceOf(db: Database, { table, columns, isOneStatement }: BulkInsert): string {
  if (!isPostgres(db)) {
    if (!isOneStatement) return `values (${columns.map(() => '?').join(', ')})`;
    const cells = columns.map((_, at) => `value ->> ${at}`);
    return `select ${cells.join(', ')} from json_each(?) where true`;
  }
  const names = columns.map((column) => `r.${nameOf(db, column)}`);
  const record = `jsonb_populate_recordset(null::${nameOf(db, table)}, ?::jsonb)`;
  return `select ${names.join(', ')} from ${record} as r where true`;
}

/** Half a character, or a NUL byte: PostgreSQL refuses the whole statement for one of them. */
const UNSTORABLE = /[\p{Surrogate}\0]/gu;
const ESCAPED_UNSTORABLE = /\\u(?:d[89a-f]|0000)/;
const PERHAPS_UNSTORABLE = /[\ud800-\udfff\0]/;

function storable(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(UNSTORABLE, '\ufffd') : value;
}

function jsonOf(value: unknown): string {
  const json = JSON.stringify(value);
  return ESCAPED_UNSTORABLE.test(json) ? JSON.stringify(value, storable) : json;
}

let lastNumber = 0;
let lastInteger = 0n;

/** Rows of a batch share an instant or two: the integer of it is made once. */
function integerOf(value: number): bigint {
  if (value !== lastNumber) {
    lastNumber = value;
    lastInteger = BigInt(value);
  }
  return lastInteger;
}

/** As SQLite binds it. A double in a column of text would be written with its ".0". */
function bindable(value: unknown): string | number | bigint | null {
  if (typeof value === 'string') {
    return PERHAPS_UNSTORABLE.test(value) ? value.replace(UNSTORABLE, '\ufffd') : value;
  }
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return null;
    return (value | 0) === value || !Number.isSafeInteger(value) ? value : integerOf(value);
  }
  if (typeof value === 'boolean') return value ? 1 : 0;
  return jsonOf(value);
}

const isCells = (row: BulkRow | BulkCells): row is BulkCells => Array.isArray(row);

/** What becomes of some rows. */
interface Written {
  readonly count: number;
  readonly returned: BulkRow[];
}

/** What a row that was inserted answers; null when only the database can tell. */
function toldBy({ columns, conflict, returning }: BulkInsert) {
  if (!returning || conflict) return null;
  if (!returning.every((column) => column === 'id' || columns.includes(column))) return null;
  const places = returning.map((column) => [column, columns.indexOf(column)] as const);
  return (row: BulkRow | BulkCells, id: number | bigint): BulkRow => {
    const told: Record<string, unknown> = {};
    for (const [column, at] of places) {
      const given = isCells(row) ? row[at] : row[column];
      told[column] = column === 'id' && given === undefined ? id : given;
    }
    return told;
  };
}

/** The cells of one row after the other, always in the same array. */
function binder(columns: readonly string[]): (row: BulkRow | BulkCells) => unknown[] {
  const values: unknown[] = columns.map(() => null);
  return (row) => {
    const cells = isCells(row) ? row : null;
    for (let at = 0; at < values.length; at += 1) {
      values[at] = bindable(cells ? cells[at] : (row as BulkRow)[columns[at] ?? '']);
    }
    return values;
  };
}

async function insertByJson(db: Database, sql: string, insert: BulkInsert): Promise<Written> {
  const { columns, rows, returning = [] } = insert;
  const answer = returning.length > 0 ? ` returning ${returning.join(', ')}` : '';
  const cells = rows.map((row) => (isCells(row) ? row : columns.map((column) => row[column])));
  return withSqlite(db, (connection) => {
    const statement = statementOf(connection, sql + answer);
    const json = jsonOf(cells);
    if (!answer) return { count: statement.run(json).changes, returned: [] };
    const returned = statement.all(json) as BulkRow[];
    return { count: returned.length, returned };
  });
}

/**
 * A statement prepared once and run for each row: less work than JSON that SQLite takes apart.
 * `returning` doubles the cost of a row, so what is known without it is not asked for.
 */
async function insertIntoSqlite(db: Database, sql: string, insert: BulkInsert): Promise<Written> {
  const { columns, rows, returning } = insert;
  const told = toldBy(insert);
  const answer = returning && !told ? ` returning ${returning.join(', ')}` : '';
  const valuesOf = binder(columns);
  return withSqlite(db, (connection) => {
    const statement = statementOf(connection, sql + answer);
    const all = () => {
      const returned: BulkRow[] = [];
      let count = 0;
      for (const row of rows) {
        const values = valuesOf(row);
        if (answer) for (const one of statement.all(values)) returned.push(one as BulkRow);
        else {
          const { lastInsertRowid, changes } = statement.run(values);
          count += changes;
          if (told) returned.push(told(row, lastInsertRowid));
        }
      }
      return { count: answer ? returned.length : count, returned };
    };
    return connection.inTransaction ? all() : connection.transaction(all)();
  });
}

const named = (columns: readonly string[], row: BulkRow | BulkCells): BulkRow =>
  isCells(row) ? Object.fromEntries(columns.map((column, at) => [column, row[at]])) : row;

async function insertIntoPostgres(db: Database, sql: string, insert: BulkInsert): Promise<Written> {
  const { rows, columns } = insert;
  const returned: BulkRow[] = [];
  let count = 0;
  for (let start = 0; start < rows.length; start += BULK) {
    const part = rows.slice(start, start + BULK).map((row) => named(columns, row));
    const answer: { rows: BulkRow[]; rowCount: number | null } = await db.raw(sql, [jsonOf(part)]);
    count += answer.rowCount ?? 0;
    for (const row of answer.rows) returned.push(row);
  }
  return { count, returned };
}

async function write(db: Database, insert: BulkInsert): Promise<Written> {
  const { table, columns, rows, returning } = insert;
  if (rows.length === 0) return { count: 0, returned: [] };
  const names = columns.map((column) => nameOf(db, column)).join(', ');
  const sql = `insert into ${nameOf(db, table)} (${names}) ${sourceOf(db, insert)}${conflictClause(db, insert)}`;
  if (!isPostgres(db)) {
    return insert.isOneStatement
      ? insertByJson(db, sql, insert)
      : insertIntoSqlite(db, sql, insert);
  }
  return insertIntoPostgres(
    db,
    returning ? `${sql} returning ${returning.join(', ')}` : sql,
    insert,
  );
}

/**
 * Inserts all rows, or none; answers the returned columns, in no order. Inside of a transaction
 * `db` is that transaction.
 */
export async function insertBulk(db: Database, insert: BulkInsert): Promise<BulkRow[]> {
  return (await write(db, insert)).returned;
}

/** The same, and answers how many were written: those that a conflict left out are not. */
export async function countInserted(db: Database, insert: BulkInsert): Promise<number> {
  return (await write(db, insert)).count;
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
