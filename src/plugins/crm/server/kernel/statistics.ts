/**
 * SQLite never looks by itself at what has come into its tables: its planner goes on guessing as on
 * the first day, and takes the index of a value that nearly everybody has. So they are looked at
 * every ten minutes, on the one connection that writes: a transaction that has read and would write
 * ends when another connection has written in between. PostgreSQL has its autovacuum for that.
 */
import type { Core } from '@strapi/strapi';

import { database, isPostgres, type Database } from './database';
import { giveWay } from './foreground';
import type { Schedule } from './jobs';

/** So many rows of each index are enough for the planner, and read in milliseconds. */
const ROWS = 400;
/** Every table, also those that nobody asked for yet, where it is worth it; says what it would do. */
const WORTH_IT = '0x10003';

/** Other connections read statistics only together with the schema. */
const tellOthers = (db: Database): Promise<void> =>
  db.transaction(async (trx) => {
    await trx.raw('create table crm_statistics_told (told integer)');
    await trx.raw('drop table crm_statistics_told');
  });

const known = async (db: Database): Promise<string> => {
  const table: unknown[] = await db.raw(`select 1 from sqlite_schema where name = 'sqlite_stat1'`);
  if (table.length === 0) return '';
  return JSON.stringify(await db.raw('select * from sqlite_stat1 order by tbl, idx'));
};

/** Indexes of tables never looked at, or that have grown or shrunk tenfold since. */
async function dueIndexes(db: Database): Promise<string[]> {
  const due: { optimize: string }[] = await db.raw(`pragma optimize(${WORTH_IT})`);
  const tables = due.flatMap(
    ({ optimize }) => /^ANALYZE "main"\."(\w+)"$/.exec(optimize)?.[1] ?? [],
  );
  const indexes: { name: string }[] = await db('sqlite_schema')
    .where({ type: 'index' })
    .whereIn('tbl_name', tables)
    .select('name');
  return indexes.map(({ name }) => name);
}

/** Index by index: one takes milliseconds, all of a large table a quarter of a second. */
async function lookAtTables(strapi: Core.Strapi): Promise<void> {
  const db = database(strapi);
  if (isPostgres(db)) return;
  await db.raw(`pragma analysis_limit = ${ROWS}`);
  const before = await known(db);
  for (const index of await dueIndexes(db)) {
    await giveWay(strapi);
    await db.raw('analyze ??', [index]);
  }
  if ((await known(db)) !== before) await tellOthers(db);
}

export const statisticsSweep: Schedule = {
  name: 'kernel.statistics',
  cron: '20 */10 * * * *',
  run: ({ strapi }) => lookAtTables(strapi),
};
