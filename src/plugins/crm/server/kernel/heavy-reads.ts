/**
 * Reads that may take longer than a page may wait: counts, expansions, exports, analytics. On
 * SQLite they run on worker threads with read-only connections of their own, because
 * better-sqlite3 would otherwise stop every request; on PostgreSQL they use the pool.
 * They see committed data only, never the caller's open transaction.
 */
import path from 'node:path';
import { Worker } from 'node:worker_threads';

import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { database, isPostgres, type Database } from './database';

interface Task {
  readonly sql: string;
  readonly bindings: readonly unknown[];
  resolve(rows: unknown[]): void;
  reject(error: Error): void;
}

interface Reply {
  readonly rows?: unknown[];
  readonly error?: string;
}

/** Two: a slow count does not hold up the next, and a small machine keeps a core for requests. */
const READERS = 2;
/** A statement that runs longer has gone wrong; its thread is ended, because nothing else stops it. */
const LONGEST_MS = 120_000;

/** One thread, one connection, one statement at a time. */
class SqliteReader {
  private task: Task | null = null;
  private timer: NodeJS.Timeout | null = null;
  private worker: Worker | null = null;

  constructor(
    private readonly filename: string,
    private readonly onFree: () => void,
  ) {}

  get busy(): boolean {
    return this.task !== null;
  }

  run(task: Task): void {
    this.task = task;
    this.timer = setTimeout(() => this.fail(new Error('A read took too long')), LONGEST_MS);
    this.timer.unref();
    this.worker ??= this.start();
    this.worker.postMessage({ sql: task.sql, bindings: task.bindings });
  }

  /** Ends the thread; what it was doing fails, and the next task gets a new one. */
  fail(error: Error): void {
    const { worker } = this;
    this.worker = null;
    worker?.removeAllListeners();
    void worker?.terminate();
    this.finish((task) => task.reject(error));
  }

  private start(): Worker {
    const worker = new Worker(path.join(__dirname, 'heavy-reads-worker.js'), {
      workerData: { filename: this.filename },
    });
    worker.unref();
    worker.on('message', ({ rows, error }: Reply) =>
      this.finish((task) =>
        error === undefined ? task.resolve(rows ?? []) : task.reject(new Error(error)),
      ),
    );
    worker.on('error', (error) => this.fail(error));
    worker.on('exit', (code) => this.fail(new Error(`The reader ended with code ${code}`)));
    return worker;
  }

  private finish(settle: (task: Task) => void): void {
    const { task } = this;
    if (this.timer) clearTimeout(this.timer);
    this.task = null;
    if (task) settle(task);
    this.onFree();
  }
}

/** First come, first served, on the readers there are. */
class SqliteReaders {
  private readonly waiting: Task[] = [];
  private readonly readers: readonly SqliteReader[];
  private closed = false;

  constructor(filename: string) {
    this.readers = Array.from(
      { length: READERS },
      () => new SqliteReader(filename, () => this.pump()),
    );
  }

  select(sql: string, bindings: readonly unknown[]): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ sql, bindings, resolve, reject });
      this.pump();
    });
  }

  close(): void {
    this.closed = true;
    const error = new Error('The database is closing');
    for (const reader of this.readers) reader.fail(error);
    for (const task of this.waiting.splice(0)) task.reject(error);
  }

  private pump(): void {
    if (this.closed) return;
    const free = this.readers.find((reader) => !reader.busy);
    const task = free && this.waiting.shift();
    if (free && task) free.run(task);
  }
}

const pools = new WeakMap<object, SqliteReaders>();

function readersOf(strapi: Core.Strapi, filename: string): SqliteReaders {
  const existing = pools.get(strapi);
  if (existing) return existing;
  const created = new SqliteReaders(filename);
  pools.set(strapi, created);
  return created;
}

/** What PostgreSQL cannot join: a set under OR or NOT is looked into once per person. */
const LOOKS_INTO_SETS = /\bor\b|\bnot \(|\bnot in \(select\b/i;

/**
 * On PostgreSQL with room for such sets: with the default of 4 MB one of a few hundred thousand ids
 * is searched from its beginning each time. What only joins does better with what the server
 * gives: with more, every parallel worker would rather add up all orders for itself.
 */
async function readOnPostgres(db: Database, query: Knex.QueryBuilder): Promise<unknown[]> {
  const { sql } = query.toSQL();
  return db.transaction(async (trx) => {
    if (LOOKS_INTO_SETS.test(sql)) await trx.raw(`set local work_mem = '128MB'`);
    await trx.raw(`set local statement_timeout = ${LONGEST_MS}`);
    return (await query.transacting(trx)) as unknown[];
  });
}

/** Runs a SELECT built with knex and returns its rows. On PostgreSQL bigints come as strings. */
export async function heavyRead<Row>(
  strapi: Core.Strapi,
  query: Knex.QueryBuilder,
): Promise<Row[]> {
  const db = database(strapi);
  if (isPostgres(db)) return (await readOnPostgres(db, query)) as Row[];
  const { sql, bindings } = query.toSQL().toNative();
  const { filename } = db.client.config.connection as { filename: string };
  return (await readersOf(strapi, filename).select(sql, bindings)) as Row[];
}

export async function closeHeavyReads(strapi: Core.Strapi): Promise<void> {
  pools.get(strapi)?.close();
  pools.delete(strapi);
}
