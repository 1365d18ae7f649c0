import type { Core } from '@strapi/strapi';

import { database, giveWay, isPostgres, type Database } from '../../kernel';

/** So many rows of each index are enough for SQLite's planner, and soon read. */
const SQLITE_LIMIT = 1000;
/** By less than this share of what it was, a table is asked as before. */
const WORTH_IT = 0.1;

/** Indexes of which nothing is known, or whose tables have grown since. */
async function outdatedIndexes(
  db: Database,
  tables: readonly string[],
  rows: number,
): Promise<string[]> {
  const indexes: { name: string }[] = await db('sqlite_schema')
    .where({ type: 'index' })
    .whereIn('tbl_name', [...tables])
    .select('name');
  const [looked] = await db('sqlite_schema').where({ name: 'sqlite_stat1' }).select('name');
  // A column of numbers, of which the first says how many rows there were.
  const known: { idx: string; stat: string }[] = looked
    ? await db('sqlite_stat1').whereNotNull('idx').select('idx', 'stat')
    : [];
  const before = new Map(known.map(({ idx, stat }) => [idx, Number.parseInt(stat, 10)]));
  return indexes
    .map(({ name }) => name)
    .filter((name) => rows > (before.get(name) ?? 0) * WORTH_IT);
}

/**
 * Until told, PostgreSQL takes a table just filled for an empty one and plans the next campaign so;
 * SQLite guesses for ever. There index by index: of a whole table it counts every row, which for a
 * million people stopped all pages for seconds. `rows`: of the file that
 * was read into them.
 */
export async function refreshStatistics(
  strapi: Core.Strapi,
  tables: readonly string[],
  rows: number,
): Promise<void> {
  const db = database(strapi);
  if (isPostgres(db)) {
    for (const table of tables) await db.raw('analyze ??', [table]);
    return;
  }
  await db.raw(`pragma analysis_limit = ${SQLITE_LIMIT}`);
  for (const name of await outdatedIndexes(db, tables, rows)) {
    await giveWay(strapi);
    await db.raw('analyze ??', [name]);
  }
}
