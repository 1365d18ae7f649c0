/**
 * A large shop in a database with the real schema: by default 1,000,000 customers, 5,000,000 orders
 * and 10,000,000 events. Filled by set-based SQL, then kept (SQLite: a file in `.tmp/bench`;
 * PostgreSQL: a database on the server of TEST_POSTGRES_URL) until the statements change.
 */
import { createHash } from 'node:crypto';

import { startApp, type TestApp } from '../../tests/support/app';
import type { BenchOptions } from '../bench';
import { FILLED, fillStatements, type Part } from './million-sql';
import { postgresStore } from './million-postgres';
import { sqliteStore } from './million-sqlite';

export { NOW, sizesOf } from './million-sql';

/** Where a filled database is kept between runs. */
export interface WorldStore {
  /** What `startApp` takes as `keepDatabase`. */
  readonly place: string;
  prepare(): Promise<void>;
  /** The mark of what it was filled with, or null. */
  mark(): Promise<string | null>;
  /** Fills the empty tables with their indexes off, then builds those and the statistics. */
  fill(tables: readonly string[], statements: readonly string[], mark: string): Promise<void>;
  forget(): Promise<void>;
  /** A connection of one's own for statements written by hand; `?`-free SQL. */
  open(): Promise<RawConnection>;
}

export interface RawConnection {
  rows(sql: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export interface MillionWorld {
  readonly app: TestApp;
  readonly raw: RawConnection;
  /** Ends both. */
  close(): Promise<void>;
}

export async function millionWorld(
  log: (line: string) => void,
  { database, people }: BenchOptions,
  part: Part = 'shop',
): Promise<MillionWorld> {
  const name = part === 'shop' ? String(people) : `${part}_${people}`;
  const store = (database === 'postgres' ? postgresStore : sqliteStore)(name);
  const statements = fillStatements(people, database, part);
  const wanted = createHash('sha256').update(JSON.stringify(statements)).digest('hex');
  await store.prepare();
  if ((await store.mark()) !== wanted) {
    log(
      `making ${people.toLocaleString('en')} customers on ${database}, some minutes and only once`,
    );
    await store.forget();
    await store.prepare();
    // Once for the schema; nothing else may have the database open while it is filled.
    await (await startApp({ keepDatabase: store.place })).stop();
    await store.fill(FILLED, statements, wanted);
  }
  const app = await startApp({ keepDatabase: store.place });
  const raw = await store.open();
  return {
    app,
    raw,
    close: async () => {
      await raw.close();
      await app.stop();
    },
  };
}
