import type { Core } from '@strapi/strapi';

import { database, giveWay, isPostgres } from '../../kernel';

/** So many rows of each index are enough for SQLite's planner, and soon read. */
const SQLITE_LIMIT = 1000;

/**
 * Until told, PostgreSQL takes a table just filled for an empty one and plans the next campaign so;
 * SQLite guesses for ever. There index by index: of a whole table it counts every row, which for a
 * million people stopped all pages for seconds.
 */
export async function refreshStatistics(
  strapi: Core.Strapi,
  tables: readonly string[],
): Promise<void> {
  const db = database(strapi);
  if (isPostgres(db)) {
    for (const table of tables) await db.raw('analyze ??', [table]);
    return;
  }
  await db.raw(`pragma analysis_limit = ${SQLITE_LIMIT}`);
  const indexes: { name: string }[] = await db('sqlite_schema')
    .where({ type: 'index' })
    .whereIn('tbl_name', [...tables])
    .select('name');
  for (const { name } of indexes) {
    await giveWay(strapi);
    await db.raw('analyze ??', [name]);
  }
}
