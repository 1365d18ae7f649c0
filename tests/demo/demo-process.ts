/** `npm run demo` as a person's terminal runs it, in a folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';

import { z } from 'zod';

const root = path.resolve(__dirname, '..', '..');

/** What `--json` prints. */
export const summarySchema = z.strictObject({
  site: z.url(),
  admin: z.url(),
  adminEmail: z.email(),
  adminPassword: z.string().min(8),
  mailbox: z.url(),
  smtpPort: z.number().int(),
  line: z.url(),
  apiToken: z.string().min(20),
  writeKey: z.string().min(10),
});

export type DemoSummary = z.infer<typeof summarySchema>;

export interface Demo {
  readonly process: ChildProcess;
  /** Everything printed so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves with what `--json` printed; rejects with the output when the demo ends instead. */
  ready(): Promise<DemoSummary>;
  exited: Promise<number | null>;
}

export function startDemo(folder: string, args: readonly string[]): Demo {
  const child = spawn(process.execPath, ['tools/demo/main.mjs', '--json', ...args], {
    cwd: root,
    env: { ...process.env, ENISHI_DEMO_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = new Promise<DemoSummary>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk;
      if (stdout.endsWith('\n')) resolve(summarySchema.parse(JSON.parse(stdout)));
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk));
    void exited.then((code) => reject(new Error(`the demo ended with ${code}:\n${stderr}`)));
  });
  ready.catch(() => undefined);
  return { process: child, stdout: () => stdout, stderr: () => stderr, ready: () => ready, exited };
}

/** Takes a port and keeps it until `release`. */
export async function occupyPort(): Promise<{ port: number; release(): Promise<void> }> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    release: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Whether somebody listens there. */
export function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
