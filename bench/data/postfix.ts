/**
 * Postfix's own load generator and sink, as Debian packs them: how fast SMTP can be on this machine
 * at all. They need no installation: the package is fetched and unpacked where nothing is found.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const root = path.resolve(__dirname, '..', '..');
const FOLDER = path.join(root, '.tmp', 'postfix');

interface Tools {
  readonly source: string;
  readonly sink: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Null where there is no Debian that could be asked. */
function findTools(): Tools | null {
  for (const base of ['/', path.join(FOLDER, 'root')]) {
    const source = path.join(base, 'usr/sbin/smtp-source');
    const sink = path.join(base, 'usr/sbin/smtp-sink');
    const libraries = path.join(base, 'usr/lib/postfix');
    if (existsSync(source) && existsSync(sink)) {
      return { source, sink, env: { ...process.env, LD_LIBRARY_PATH: libraries } };
    }
  }
  return null;
}

function fetchTools(): Tools | null {
  mkdirSync(FOLDER, { recursive: true });
  const options = { cwd: FOLDER, stdio: 'ignore' } as const;
  if (spawnSync('apt-get', ['download', 'postfix'], options).status !== 0) {
    // A fresh machine has no list yet.
    spawnSync('apt-get', ['update'], options);
    if (spawnSync('apt-get', ['download', 'postfix'], options).status !== 0) return null;
  }
  const [file] = readdirSync(FOLDER).filter((name) => name.endsWith('.deb'));
  if (!file) return null;
  const unpacked = spawnSync('dpkg-deb', ['-x', file, path.join(FOLDER, 'root')], options);
  return unpacked.status === 0 ? findTools() : null;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Resolves as soon as somebody listens there. */
async function untilOpen(address: string): Promise<void> {
  const [host = '', port = ''] = address.split(':');
  const isOpen = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(Number(port), host);
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
  for (let tries = 0; tries < 200; tries += 1) {
    if (await isOpen()) return;
    await delay(50);
  }
  throw new Error('smtp-sink does not listen');
}

export interface Postfix {
  /** Sends so many messages of that size over that many sessions; answers the seconds it took. */
  send(wish: { messages: number; bytes: number; sessions: number }): Promise<number>;
  stop(): void;
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`smtp-source ended with ${code}`)),
    );
  });
}

/** Null where the tools are neither there nor to be had. */
export async function startPostfix(): Promise<Postfix | null> {
  const tools = findTools() ?? fetchTools();
  if (!tools) return null;
  const { source, sink, env } = tools;
  const address = `127.0.0.1:${await freePort()}`;
  // As root it wants to know who to be afterwards.
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const server = spawn(sink, [...user, address, '100'], { env, stdio: 'ignore' });
  await untilOpen(address);
  return {
    async send({ messages, bytes, sessions }) {
      const args = ['-s', String(sessions), '-m', String(messages), '-l', String(bytes)];
      const whom = ['-f', 'news@enishi-records.example', '-t', 'person@example.jp'];
      const start = process.hrtime.bigint();
      await ended(spawn(source, [...args, ...whom, address], { env, stdio: 'ignore' }));
      return Number(process.hrtime.bigint() - start) / 1e9;
    },
    stop: () => {
      server.kill();
    },
  };
}
