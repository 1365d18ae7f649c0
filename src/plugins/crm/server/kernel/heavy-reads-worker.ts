/** The thread behind `heavy-reads`: one read-only connection, one statement at a time. */
import { parentPort, workerData } from 'node:worker_threads';

import BetterSqlite3 from 'better-sqlite3';

import { workWhenIdle } from './thread-priority';

interface Request {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

const { filename } = workerData as { filename: string };

workWhenIdle();
const connection = new BetterSqlite3(filename, { readonly: true });
connection.pragma('cache_size = -200000');
connection.pragma('busy_timeout = 5000');

/** better-sqlite3 binds numbers, strings, bigints, buffers and null only. */
const bindable = (value: unknown) => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.getTime();
  return value ?? null;
};

parentPort?.on('message', ({ sql, bindings }: Request) => {
  try {
    const rows = connection.prepare(sql).all(...bindings.map(bindable));
    parentPort?.postMessage({ rows });
  } catch (error) {
    parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
});
