/** The large shop as a SQLite file. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import BetterSqlite3 from 'better-sqlite3';

import type { WorldStore } from './million-world';

/** `BENCH_DATA`: another folder, so that several checkouts share one copy. */
const folder = process.env.BENCH_DATA ?? path.resolve(__dirname, '..', '..', '.tmp', 'bench');

function fillFile(file: string, tables: readonly string[], statements: readonly string[]): void {
  const connection = new BetterSqlite3(file);
  try {
    connection.pragma('journal_mode = OFF');
    connection.pragma('synchronous = OFF');
    connection.pragma('cache_size = -1000000');
    connection.pragma('temp_store = MEMORY');
    const names = tables.map((table) => `'${table}'`).join(', ');
    const indexes = connection
      .prepare(
        `select name, sql from sqlite_master where type = 'index' and sql is not null and tbl_name in (${names})`,
      )
      .all() as { name: string; sql: string }[];
    for (const { name } of indexes) connection.exec(`drop index "${name}"`);
    for (const table of tables) connection.exec(`delete from ${table}`);
    for (const statement of statements) connection.exec(statement);
    for (const { sql } of indexes) connection.exec(sql);
    connection.exec('analyze');
    connection.pragma('journal_mode = WAL');
  } finally {
    connection.close();
  }
}

export function sqliteStore(world: string): WorldStore {
  const file = path.join(folder, `world-${world}.db`);
  const markFile = `${file}.fingerprint`;
  return {
    place: file,
    prepare: async () => void mkdirSync(folder, { recursive: true }),
    mark: async () => (existsSync(markFile) ? readFileSync(markFile, 'utf8') : null),
    fill: async (tables, statements, mark) => {
      fillFile(file, tables, statements);
      writeFileSync(markFile, mark);
    },
    forget: async () => {
      for (const suffix of ['', '-wal', '-shm', '.fingerprint']) {
        rmSync(file + suffix, { force: true });
      }
    },
    open: async () => {
      const connection = new BetterSqlite3(file, { readonly: true });
      connection.pragma('cache_size = -200000');
      return {
        rows: async (sql) => connection.prepare(sql).all() as Record<string, unknown>[],
        close: async () => void connection.close(),
      };
    },
  };
}
