// @ts-check
import { spawn } from 'node:child_process';
import net from 'node:net';

import { nextFree } from '../setup/ports.mjs';
import { findProgram } from './programs.mjs';
import { installSystemPackages } from './system-packages.mjs';

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function ping(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (answer) => resolve(String(answer).startsWith('+PONG')));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('data', () => socket.end());
  });
}

/**
 * A Redis that keeps nothing, on a free port, or the one that TEST_REDIS_URL names.
 *
 * @param {import('../setup/progress.mjs').Step} step
 * @returns {Promise<import('./postgres.mjs').Service>}
 */
export async function startRedis(step) {
  const given = process.env.TEST_REDIS_URL;
  if (given) {
    step.detail('TEST_REDIS_URL');
    return { url: given, stop: async () => {} };
  }
  return ownRedis(step, false);
}

/**
 * @param {import('../setup/progress.mjs').Step} step
 * @param {boolean} [detached] out of reach of the terminal's Ctrl-C
 * @returns {Promise<import('./postgres.mjs').Service>}
 */
export async function ownRedis(step, detached = true) {
  if (!findProgram(['redis-server', 'valkey-server'])) {
    step.detail('installing');
    await installSystemPackages('Redis', ['redis-server'], 'brew install redis');
  }
  const program = findProgram(['redis-server', 'valkey-server']);
  if (!program) throw new Error('redis-server was installed but is not on PATH');

  const port = await nextFree(56_400);
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn(program, args, { stdio: 'ignore', detached });
  for (let attempt = 0; !(await ping(port)); attempt += 1) {
    if (attempt === 100 || server.exitCode !== null)
      throw new Error('redis-server does not answer');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  step.detail(`answers PING on port ${port}`);
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      const exited = new Promise((resolve) => server.once('exit', resolve));
      if (server.exitCode === null && server.kill('SIGTERM')) await exited;
    },
  };
}
