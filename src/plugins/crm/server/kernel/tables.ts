import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { database, isPostgres } from './database';

/**
 * One step in the life of the plugin's own tables. `id` is `<feature>/<NNNN>-<what>`, never
 * changed once released; `up` must be safe on a database that Strapi has just synchronised.
 */
export interface Migration {
  readonly id: string;
  up(schema: MigrationSchema): Promise<void>;
}

export interface MigrationSchema {
  readonly trx: Knex.Transaction;
  readonly postgres: boolean;
}

/** Any constant does, as long as every node takes the same one. */
const ADVISORY_LOCK = 0x656e6973;

/**
 * Runs what has not run yet, in manifest order, in one transaction. Several nodes may boot at
 * once: PostgreSQL nodes queue on an advisory lock, SQLite processes on the write lock.
 */
export async function migrate(strapi: Core.Strapi, migrations: readonly Migration[]) {
  const db = database(strapi);
  const postgres = isPostgres(db);
  await db.transaction(async (trx) => {
    if (postgres) await trx.raw('select pg_advisory_xact_lock(?)', [ADVISORY_LOCK]);
    await trx.raw(
      'create table if not exists crm_migrations (id varchar(255) primary key, ran_at bigint not null)',
    );
    const rows: { id: string }[] = await trx('crm_migrations').select('id');
    const done = new Set(rows.map((row) => row.id));
    for (const migration of migrations) {
      if (done.has(migration.id)) continue;
      await migration.up({ trx, postgres });
      await trx('crm_migrations').insert({ id: migration.id, ran_at: Date.now() });
    }
  });
}
