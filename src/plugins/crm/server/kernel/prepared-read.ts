/** One statement that runs at every request, prepared once. */
import type { Database as Sqlite, Statement } from 'better-sqlite3';

import { isPostgres, type Database } from './database';

interface Pool {
  acquireConnection(): Promise<Sqlite>;
  releaseConnection(connection: Sqlite): Promise<void>;
}

const prepared = new WeakMap<Sqlite, Map<string, Statement<unknown[]>>>();

function statementOf(connection: Sqlite, sql: string): Statement<unknown[]> {
  const known = prepared.get(connection) ?? new Map<string, Statement<unknown[]>>();
  prepared.set(connection, known);
  const existing = known.get(sql);
  if (existing) return existing;
  const statement = connection.prepare<unknown[]>(sql);
  known.set(sql, statement);
  return statement;
}

/**
 * Rows of a reading statement whose text never changes. knex prepares anew at every call, which
 * costs more than a read by an index; on SQLite the statement is kept with its connection.
 * Outside of transactions, as everything that takes the connection itself.
 */
export async function preparedRead<Row>(
  db: Database,
  sql: string,
  bindings: readonly (string | number | boolean | null)[],
): Promise<Row[]> {
  if (isPostgres(db)) {
    const { rows }: { rows: Row[] } = await db.raw(sql, [...bindings]);
    return rows;
  }
  const pool = db.client as Pool;
  const connection = await pool.acquireConnection();
  try {
    const values = bindings.map((value) => (typeof value === 'boolean' ? Number(value) : value));
    return statementOf(connection, sql).all(...values) as Row[];
  } finally {
    await pool.releaseConnection(connection);
  }
}
