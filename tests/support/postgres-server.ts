/** A PostgreSQL of the test's own, that may crash and come back at the same address. */
import { startCluster } from '../../tools/test/postgres.mjs';
import { reservedPort } from './reserved-port';

export type PostgresServer = Awaited<ReturnType<typeof startCluster>>;

/** What it says is committed survives a crash of it, as on a real site. */
export const startPostgresServer = async (): Promise<PostgresServer> =>
  startCluster({ port: await reservedPort(), settings: ['synchronous_commit=on'] });
