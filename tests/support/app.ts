/**
 * A real Strapi with a real database for one test file: a fresh SQLite file, or a fresh PostgreSQL
 * database when TEST_DATABASE=postgres and TEST_POSTGRES_URL names a server. Needs `npm run build:server`.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import type { Core } from '@strapi/strapi';
import { copySqliteTemplate, createFromTemplate, onPostgres } from './database-template';

const root = path.resolve(__dirname, '..', '..');
// Strapi and our compiled plugin are CommonJS: required, not imported, so that both see one copy.
const requireFromHere = createRequire(path.join(root, 'package.json'));

export interface TestApp {
  readonly strapi: Core.Strapi;
  /** For example http://127.0.0.1:40123 */
  readonly origin: string;
  stop(): Promise<void>;
}

export interface TestAppOptions {
  /** Environment variables read by `config/`, set before boot. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * A SQLite file or the URL of a PostgreSQL database to use and keep, instead of a fresh one that is
   * dropped at the end.
   */
  readonly keepDatabase?: string;
  /** Adds content types of the test's own, as another project would have them. */
  readonly extend?: (strapi: Core.Strapi) => void;
  /** With the admin panel, for a browser. Needs `npm run build`. */
  readonly servesAdmin?: boolean;
  /** Packages of Strapi plugins that an operator has installed beside those of this application. */
  readonly plugins?: readonly string[];
}

const SECRET = 'test-secret-test-secret-test-secret-test';

interface TestDatabase {
  readonly env: Record<string, string>;
  drop(): Promise<void>;
}

async function createPostgresDatabase(name: string): Promise<TestDatabase> {
  const server = process.env.TEST_POSTGRES_URL;
  if (!server) throw new Error('TEST_DATABASE=postgres needs TEST_POSTGRES_URL; run npm test');
  await createFromTemplate(server, name);
  const own = new URL(server);
  own.pathname = `/${name}`;
  return {
    env: { DATABASE_CLIENT: 'postgres', DATABASE_URL: own.toString() },
    drop: async () => {
      await onPostgres(server, `drop database if exists ${name} with (force)`);
    },
  };
}

function createSqliteDatabase(name: string): TestDatabase {
  const folder = path.join(root, '.tmp', 'tests');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.db`);
  copySqliteTemplate(file);
  return {
    env: { DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: file },
    drop: async () => {
      for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    },
  };
}

async function testDatabase(name: string, kept: string | undefined): Promise<TestDatabase> {
  if (kept) {
    const env: Record<string, string> = kept.startsWith('postgres')
      ? { DATABASE_CLIENT: 'postgres', DATABASE_URL: kept }
      : { DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: kept };
    return { env, drop: () => Promise.resolve() };
  }
  if (process.env.TEST_DATABASE === 'postgres') return createPostgresDatabase(name);
  return createSqliteDatabase(name);
}

const secrets = {
  NODE_ENV: 'test',
  APP_KEYS: 'test-key-a,test-key-b',
  API_TOKEN_SALT: SECRET,
  ADMIN_JWT_SECRET: SECRET,
  TRANSFER_TOKEN_SALT: SECRET,
  JWT_SECRET: SECRET,
  ENCRYPTION_KEY: SECRET,
  CRM_SECRET: SECRET,
  CRM_WRITE_KEYS: 'test-write-key',
  CRM_ORDER_KEYS: 'test-key-for-orders',
  CRM_JOBS_ENABLED: 'false',
  STRAPI_TELEMETRY_DISABLED: 'true',
  LINE_CHANNEL_ID: '1000000001',
  LINE_CHANNEL_SECRET: 'test-line-secret',
  LINE_CHANNEL_ACCESS_TOKEN: 'test-line-token',
};

/** Strapi's destroy() removes every listener of the process, the test runner's channel included. */
async function destroyKeepingListeners(strapi: Core.Strapi): Promise<void> {
  const { removeAllListeners } = process;
  process.removeAllListeners = () => process;
  try {
    await strapi.destroy();
  } finally {
    process.removeAllListeners = removeAllListeners;
    // Strapi's own handlers would destroy it a second time when the runner ends this process.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.removeAllListeners(signal);
  }
}

/** Types must be there before the plugins register: i18n and others extend what they find. */
function extendBeforeSync(strapi: Core.Strapi, extend: (strapi: Core.Strapi) => void): void {
  const application = strapi as unknown as { runPluginsLifecycles(phase: string): Promise<void> };
  const run = application.runPluginsLifecycles.bind(application);
  application.runPluginsLifecycles = async (phase) => {
    if (phase === 'register') extend(strapi);
    await run(phase);
  };
}

export async function startApp(options: TestAppOptions = {}): Promise<TestApp> {
  const name = `enishi_test_${randomBytes(6).toString('hex')}`;
  const db = await testDatabase(name, options.keepDatabase);
  Object.assign(process.env, secrets, db.env, options.env);

  const { createStrapi } = requireFromHere('@strapi/strapi') as typeof import('@strapi/strapi');
  const strapi = createStrapi({
    appDir: root,
    distDir: path.join(root, 'dist'),
    autoReload: false,
    serveAdminPanel: options.servesAdmin ?? false,
  });
  if (!process.env.TEST_LOG) {
    for (const transport of strapi.log.transports) transport.silent = true;
  }
  if (options.extend) extendBeforeSync(strapi, options.extend);
  // Strapi looks among the dependencies of package.json for plugins.
  for (const name of options.plugins ?? []) strapi.config.set(`info.dependencies.${name}`, '*');
  await strapi.load();
  strapi.server.mount();
  const { httpServer } = strapi.server;
  // Test and server share a process: while one works, a connection must not grow old for the other.
  httpServer.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', () => resolve()));
  const address = httpServer.address();
  if (!address || typeof address === 'string') throw new Error('The server has no port');

  return {
    strapi,
    origin: `http://127.0.0.1:${address.port}`,
    async stop() {
      await new Promise<void>((resolve) => {
        httpServer.closeAllConnections();
        httpServer.close(() => resolve());
      });
      await destroyKeepingListeners(strapi);
      await db.drop();
    },
  };
}
