/** One writing statement that runs many times a second, prepared once. */
import { isPostgres, type Database } from './database';
import { statementOf, withSqlite } from './sqlite-statements';

type Bound = string | number | null;

/**
 * Runs a statement once for every list of bindings, in one transaction, and answers for each how
 * many rows it changed. On SQLite only; there a row at a time costs less than a statement that
 * names them all, which knex would build and SQLite prepare anew at every call.
 */
export async function runForEach(
  db: Database,
  sql: string,
  bindings: readonly (readonly Bound[])[],
): Promise<number[]> {
  if (isPostgres(db))
    throw new Error('On PostgreSQL a statement for each row is a round trip each');
  return withSqlite(db, (connection) => {
    const statement = statementOf(connection, sql);
    const all = () => bindings.map((values) => statement.run(...values).changes);
    return connection.inTransaction ? all() : connection.transaction(all)();
  });
}
