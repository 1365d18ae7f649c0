/** A Redis of the test's own, that may be emptied, stopped and started again at the same address. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import Redis from 'ioredis';

import { reservedPort } from './reserved-port';

export interface RedisServer {
  readonly url: string;
  /** As `redis-cli` would: one command, its answer. */
  command(name: string, ...parameters: string[]): Promise<unknown>;
  /** Everything is gone, and nobody is told. */
  flush(): Promise<void>;
  kill(): Promise<void>;
  /** Empty again, unless its settings keep something. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const program = () => {
  const found = ['redis-server', 'valkey-server'].find(
    (name) => spawnSync(name, ['--version']).status === 0,
  );
  // `npm test` installs it; a test of Redis without Redis has to fail.
  if (!found) throw new Error('There is no redis-server; run npm test, which installs it');
  return found;
};

function launch(port: number, settings: readonly string[]): Promise<ChildProcess> {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn(program(), [...args, ...settings], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2_000);
      if (said.includes('Ready to accept connections')) resolve(child);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}:\n${said}`)));
  });
}

export async function startRedisServer(settings: readonly string[] = []): Promise<RedisServer> {
  const port = await reservedPort();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'redis-'));
  const launchAgain = () => launch(port, ['--dir', folder, ...settings]);
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | null = await launchAgain();
  const command = async (name: string, ...parameters: string[]): Promise<unknown> => {
    const redis = new Redis(url);
    try {
      return await redis.call(name, ...parameters);
    } finally {
      redis.disconnect();
    }
  };
  const kill = async () => {
    const dying = child;
    child = null;
    if (!dying) return;
    const gone = new Promise((resolve) => dying.once('exit', resolve));
    dying.kill('SIGKILL');
    await gone;
  };
  return {
    url,
    command,
    flush: async () => void (await command('FLUSHALL')),
    kill,
    async start() {
      child ??= await launchAgain();
    },
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
