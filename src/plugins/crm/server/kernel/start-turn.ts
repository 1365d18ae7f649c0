/**
 * Nodes that start at once take turns. Strapi makes and changes its tables, roles and permissions as
 * if it were alone: two that do it together end with "relation already exists", or with every role
 * twice. On SQLite there is one node, and this does nothing.
 */
import type { Core } from '@strapi/strapi';

import { database, isPostgres } from './database';

/** A connection of its own, as the driver of PostgreSQL gives it. */
interface Connection {
  query(sql: string): Promise<unknown>;
  end(): Promise<void>;
  /** Whoever is done with everything else may end, whatever this connection holds. */
  unref(): void;
  on(event: 'error', lost: () => void): void;
}

/** Any constant does, as long as every node takes the same one; another than the migrations'. */
const START_LOCK = 0x656e6974;
/** A node that hangs while it starts must not keep the others away for ever. */
const PATIENCE_SECONDS = 180;
const LOOK_MS = 50;

const turns = new WeakMap<object, () => void>();

/**
 * From before Strapi looks at the database until this node has started. The lock ends with its
 * transaction, and so with a node that dies.
 */
export async function startInTurn(strapi: Core.Strapi): Promise<void> {
  if (!isPostgres(database(strapi))) return;
  const connection = await connected(strapi);
  // Where nobody answers, Strapi says so itself, and better.
  if (!connection) return;
  connection.on('error', () => undefined);
  try {
    await connection.query(`begin; set local lock_timeout = '${PATIENCE_SECONDS}s'`);
    await connection.query(`select pg_advisory_xact_lock(${START_LOCK})`);
  } catch (error) {
    strapi.log.warn(`crm: another node has been starting for long; not waiting: ${String(error)}`);
  }
  connection.unref();
  const looking = setInterval(() => strapi.isLoaded && endTurn(strapi), LOOK_MS);
  looking.unref();
  turns.set(strapi, () => {
    clearInterval(looking);
    void connection.end().catch(() => undefined);
  });
}

/** Also of a node that ends before it has started. */
export function endTurn(strapi: Core.Strapi): void {
  turns.get(strapi)?.();
  turns.delete(strapi);
}

const connected = async (strapi: Core.Strapi): Promise<Connection | null> => {
  try {
    return (await database(strapi).client.acquireRawConnection()) as Connection;
  } catch {
    return null;
  }
};
