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

/** SQLite allows 32,766 parameters a statement; rows × columns of one insert must stay below. */
export const INSERT_CHUNK = 500;

export function chunked<T>(rows: readonly T[], size: number = INSERT_CHUNK): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < rows.length; start += size) {
    chunks.push(rows.slice(start, start + size));
  }
  return chunks;
}
