import { isPostgres, type Database } from '../../kernel';

/**
 * Until told, PostgreSQL takes a table just filled for an empty one and plans the next campaign so;
 * SQLite guesses for ever. So many rows of each index are enough for it, and soon read.
 */
const SQLITE_LIMIT = 1000;

export async function refreshStatistics(db: Database, tables: readonly string[]): Promise<void> {
  if (!isPostgres(db)) await db.raw(`pragma analysis_limit = ${SQLITE_LIMIT}`);
  for (const table of tables) await db.raw('analyze ??', [table]);
}
