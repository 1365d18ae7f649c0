import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

/** A knex connection or an open transaction: every store function takes one as first argument. */
export type Database = Knex;

/** Outside a transaction only. On SQLite (one connection) using it inside one deadlocks. */
export function database(strapi: Core.Strapi): Database {
  return strapi.db.connection as unknown as Knex;
}

export function isPostgres(db: Database): boolean {
  return String(db.client.config.client).startsWith('p');
}

/**
 * Why the plugin cannot live in this database, or null. The queues need `skip locked` with
 * `returning`, the tables partial indexes and migrations that are undone as a whole; MySQL and
 * MariaDB lack one or more of them.
 */
export function databaseRefusal(client: string): string | null {
  if (client === 'postgres' || client === 'sqlite') return null;
  return `CRM works with PostgreSQL or SQLite, and this Strapi is set to "${client}". Set DATABASE_CLIENT, or the client in config/database, to "postgres" or "sqlite".`;
}

/** SQLite allows 32,766 parameters a statement; rows × columns of one insert must stay below. */
export const INSERT_CHUNK = 500;

export function chunked<T>(rows: readonly T[], size: number = INSERT_CHUNK): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < rows.length; start += size) {
    chunks.push(rows.slice(start, start + size));
  }
  return chunks;
}
