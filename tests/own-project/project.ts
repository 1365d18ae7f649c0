/**
 * The fixture project, made on disk outside of this repository: its own sources, the plugin as it
 * is packed, and links to the packages that the two name in their package.json. Nothing else can be
 * required there, so a dependency that the plugin forgot to name is found out. Linked instead of
 * installed, because an installation takes minutes and a network.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(__dirname, '..', '..');
const run = promisify(execFile);

const PLUGIN = 'strapi-plugin-enishi-crm';
const STRAPI = path.join(root, 'node_modules/@strapi/strapi/bin/strapi.js');
const DATABASE = 'data.db';
const SECRETS = [
  'API_TOKEN_SALT',
  'ADMIN_JWT_SECRET',
  'TRANSFER_TOKEN_SALT',
  'JWT_SECRET',
  'ENCRYPTION_KEY',
  'CRM_SECRET',
];
const SECRET = 'own-project-own-project-own-project-secret';

export interface OwnProject {
  readonly folder: string;
  readonly origin: string;
  readonly database: string;
  /** Builds the admin, as the project's owner does before going live. */
  build(): Promise<void>;
  start(smtpPort: number): Promise<void>;
  stop(): Promise<void>;
}

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;

async function link(name: string, modules: string): Promise<void> {
  const target = path.join(modules, name);
  mkdirSync(path.dirname(target), { recursive: true });
  await symlink(path.join(root, 'node_modules', name), target, 'dir');
}

async function install(folder: string): Promise<void> {
  const modules = path.join(folder, 'node_modules');
  const plugin = path.join(modules, PLUGIN);
  const pack = path.join(root, 'tools/pack/main.mjs');
  const packed = await run(process.execPath, [pack, '--out', folder]);
  mkdirSync(plugin, { recursive: true });
  await run('tar', ['xzf', packed.stdout.trim(), '-C', plugin, '--strip-components=1']);
  const own = manifestOf(folder);
  const theirs = manifestOf(plugin);
  const names = [own.dependencies, theirs.dependencies, theirs.peerDependencies].flatMap((some) =>
    Object.keys(some ?? {}),
  );
  for (const name of new Set(names)) if (name !== PLUGIN) await link(name, modules);
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });

const environment = (port: number, folder: string): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  NODE_ENV: 'production',
  STRAPI_TELEMETRY_DISABLED: 'true',
  APP_KEYS: 'own-a,own-b',
  PORT: String(port),
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  DATABASE_FILENAME: path.join(folder, DATABASE),
  // Strapi's own packages are links out of the project: this leads them back to its plugin.
  NODE_PATH: path.join(folder, 'node_modules'),
  ...Object.fromEntries(SECRETS.map((name) => [name, SECRET])),
});

export async function ownProject(): Promise<OwnProject> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'enishi-own-project-'));
  cpSync(path.join(root, 'tests/fixtures/own-project'), folder, { recursive: true });
  mkdirSync(path.join(folder, 'public/uploads'), { recursive: true });
  await install(folder);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const database = path.join(folder, DATABASE);
  const env = environment(port, folder);
  let server: ChildProcess | null = null;
  return {
    folder,
    origin,
    database,
    async build() {
      await run(process.execPath, [STRAPI, 'build'], { cwd: folder, env, maxBuffer: 1 << 26 });
    },
    async start(smtpPort) {
      const log = createWriteStream(path.join(folder, 'server.log'));
      server = spawn(process.execPath, [STRAPI, 'start'], {
        cwd: folder,
        env: { ...env, SMTP_PORT: String(smtpPort) },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      server.stdout?.pipe(log, { end: false });
      server.stderr?.pipe(log, { end: false });
      await untilUp(server, `${origin}/_health`, path.join(folder, 'server.log'));
    },
    async stop() {
      const running = server;
      if (running && running.exitCode === null) {
        const gone = new Promise((resolve) => running.once('exit', resolve));
        running.kill('SIGTERM');
        await gone;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilUp(server: ChildProcess, url: string, log: string): Promise<void> {
  for (;;) {
    if (server.exitCode !== null)
      throw new Error(`It did not start:\n${readFileSync(log, 'utf8')}`);
    const up = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return;
    // Another process: there is no event to wait for but its answer.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
