/** A Strapi process of its own on the database of the running test, with its schedules on. */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

import { onTestFinished } from 'vitest';

const root = path.resolve(__dirname, '..', '..');

const PROGRAM = `
const { createStrapi } = require('@strapi/strapi');
createStrapi({ appDir: process.cwd(), distDir: process.cwd() + '/dist', autoReload: false, serveAdminPanel: false })
  .load()
  .then(() => process.stdout.write('ready\\n'), (error) => { console.error(error); process.exit(1); });
`;

export interface SenderProcess {
  /** No warning, no clean-up: what a crash or a lost machine does. */
  kill(): Promise<void>;
  /** What a deploy does: asks it to end, and waits until it has. Its exit code. */
  end(): Promise<number | null>;
}

/**
 * `env` is added to that of the running test, which names the database. It never outlives the test:
 * one that hangs in a statement would hold the database, and a core, from everything that follows.
 */
export async function startSender(env: Readonly<Record<string, string>>): Promise<SenderProcess> {
  const child = spawn(process.execPath, ['-e', PROGRAM], {
    cwd: root,
    env: { ...process.env, CRM_JOBS_ENABLED: 'true', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await ready(child);
  const ended = (signal: NodeJS.Signals) =>
    new Promise<number | null>((resolve) => {
      child.once('exit', resolve);
      child.kill(signal);
    });
  return {
    kill: async () => void (await ended('SIGKILL')),
    end: () => ended('SIGTERM'),
  };
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('ready')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`The sender ended with ${code}`)));
  });
}
