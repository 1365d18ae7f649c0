/** One statement that runs at every request, prepared once. */
import BetterSqlite3, { type Database as Sqlite } from 'better-sqlite3';

import { isPostgres, type Database } from './database';
import { statementOf, withSqlite } from './sqlite-statements';

interface Client {
  readonly config: { readonly connection: { readonly filename?: string } };
}

/** Null: this database is read through the pool. */
const readers = new WeakMap<Client, Sqlite | null>();

/**
 * Rows of a reading statement whose text never changes. knex prepares anew at every call, which
 * costs more than a read by an index. On SQLite it reads through a connection of its own, so that
 * no page waits for the pool's only one, and sees what is committed. Outside of transactions.
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
  const client = db.client as Client;
  const values = bindings.map((value) => (typeof value === 'boolean' ? Number(value) : value));
  const reader = readerOf(client);
  const read = (connection: Sqlite) => statementOf(connection, sql).all(...values) as Row[];
  return reader ? read(reader) : withSqlite(db, read);
}

/** The same on SQLite's one connection, so that what a transaction has written is seen in it. */
export const preparedIn = <Row>(
  trx: Database,
  sql: string,
  bindings: readonly (string | number | null)[],
): Promise<Row[]> =>
  withSqlite(trx, (connection) => statementOf(connection, sql).all(...bindings) as Row[]);

/** Before the database is closed: the last connection tidies its file up. */
export function closePreparedReads(db: Database): void {
  const client = db.client as Client;
  readers.get(client)?.close();
  readers.set(client, null);
}

function readerOf(client: Client): Sqlite | null {
  const known = readers.get(client);
  if (known !== undefined) return known;
  const opened = open(client.config.connection.filename);
  readers.set(client, opened);
  return opened;
}

/** Without a write-ahead log a reader may meet a writer's lock, which this thread would wait for. */
function open(filename: string | undefined): Sqlite | null {
  if (!filename || filename === ':memory:') return null;
  const connection = new BetterSqlite3(filename, { readonly: true, fileMustExist: true });
  if (connection.pragma('journal_mode', { simple: true }) === 'wal') return connection;
  connection.close();
  return null;
}
