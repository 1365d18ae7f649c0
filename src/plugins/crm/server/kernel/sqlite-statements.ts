/** SQLite statements kept with their connection. knex prepares anew at every call. */
import type { Database as Sqlite, Statement } from 'better-sqlite3';

import type { Database } from './database';

interface Pool {
  acquireConnection(): Promise<Sqlite>;
  releaseConnection(connection: Sqlite): Promise<void>;
}

const prepared = new WeakMap<Sqlite, Map<string, Statement<unknown[]>>>();

export function statementOf(connection: Sqlite, sql: string): Statement<unknown[]> {
  const known = prepared.get(connection) ?? new Map<string, Statement<unknown[]>>();
  prepared.set(connection, known);
  const existing = known.get(sql);
  if (existing) return existing;
  const statement = connection.prepare<unknown[]>(sql);
  known.set(sql, statement);
  return statement;
}

/** Gives `use` the connection: that of the transaction when `db` is one, else one of the pool. */
export async function withSqlite<T>(db: Database, use: (connection: Sqlite) => T): Promise<T> {
  const pool = db.client as Pool;
  const connection = await pool.acquireConnection();
  try {
    return use(connection);
  } finally {
    await pool.releaseConnection(connection);
  }
}
