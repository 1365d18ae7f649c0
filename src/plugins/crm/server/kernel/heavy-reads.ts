/**
 * Reads that may take longer than a page may wait: counts, expansions, exports, analytics. On
 * SQLite they run on a worker thread with a read-only connection of its own, because
 * better-sqlite3 would otherwise stop every request; on PostgreSQL they use the pool.
 * They see committed data only, never the caller's open transaction.
 */
import path from 'node:path';
import { Worker } from 'node:worker_threads';

import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { database, isPostgres } from './database';

interface Pending {
  resolve(rows: unknown[]): void;
  reject(error: Error): void;
}

interface Reply {
  readonly id: number;
  readonly rows?: unknown[];
  readonly error?: string;
}

class SqliteReader {
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;

  constructor(filename: string) {
    this.worker = new Worker(path.join(__dirname, 'heavy-reads-worker.js'), {
      workerData: { filename },
    });
    this.worker.unref();
    this.worker.on('message', (reply: Reply) => this.settle(reply));
    this.worker.on('error', (error) => this.failAll(error));
  }

  select(sql: string, bindings: readonly unknown[]): Promise<unknown[]> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.worker.postMessage({ id, sql, bindings });
    });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
    this.failAll(new Error('The database is closing'));
  }

  private settle({ id, rows, error }: Reply): void {
    const waiting = this.pending.get(id);
    this.pending.delete(id);
    if (error === undefined) waiting?.resolve(rows ?? []);
    else waiting?.reject(new Error(error));
  }

  private failAll(error: Error): void {
    for (const waiting of this.pending.values()) waiting.reject(error);
    this.pending.clear();
  }
}

const readers = new WeakMap<object, SqliteReader>();

function readerOf(strapi: Core.Strapi, filename: string): SqliteReader {
  const existing = readers.get(strapi);
  if (existing) return existing;
  const created = new SqliteReader(filename);
  readers.set(strapi, created);
  return created;
}

/** Runs a SELECT built with knex and returns its rows. On PostgreSQL bigints come as strings. */
export async function heavyRead<Row>(
  strapi: Core.Strapi,
  query: Knex.QueryBuilder,
): Promise<Row[]> {
  const db = database(strapi);
  if (isPostgres(db)) return (await query) as Row[];
  const { sql, bindings } = query.toSQL().toNative();
  const { filename } = db.client.config.connection as { filename: string };
  return (await readerOf(strapi, filename).select(sql, bindings)) as Row[];
}

export async function closeHeavyReads(strapi: Core.Strapi): Promise<void> {
  await readers.get(strapi)?.close();
  readers.delete(strapi);
}
