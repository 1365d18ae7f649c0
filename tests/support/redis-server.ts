/** A Redis of the test's own, that may be emptied, stopped and started again at the same address. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

import Redis from 'ioredis';

export interface RedisServer {
  readonly url: string;
  /** As `redis-cli` would: one command, its answer. */
  command(name: string, ...parameters: string[]): Promise<unknown>;
  /** Everything is gone, and nobody is told. */
  flush(): Promise<void>;
  kill(): Promise<void>;
  /** Empty again: it writes nothing to disk. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

function launch(port: number, settings: readonly string[]): Promise<ChildProcess> {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', [...args, ...settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('Ready to accept connections')) resolve(child);
    });
    // `npm test` installs it; a test of Redis without Redis has to fail.
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
  });
}

export async function startRedisServer(settings: readonly string[] = []): Promise<RedisServer> {
  const port = await freePort();
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
