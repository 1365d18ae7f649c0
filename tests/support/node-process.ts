/** Another node: a Strapi process of its own that serves HTTP on the database of the running test. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const root = path.resolve(__dirname, '..', '..');

const PROGRAM = `
const { createStrapi } = require('@strapi/strapi');
const strapi = createStrapi({ appDir: process.cwd(), distDir: process.cwd() + '/dist', autoReload: false, serveAdminPanel: false });
strapi.log.level = process.env.NODE_LOG_LEVEL || strapi.log.level;
const kernel = require('./src/plugins/crm/dist/server/kernel');
const fire = async ([name, at]) => {
  kernel.clock(strapi).set(new Date(Number(at)));
  await kernel.jobs(strapi).fire(name);
  process.stdout.write('fired ' + name + ' ' + at + '\\n');
};
require('node:readline').createInterface({ input: process.stdin })
  .on('line', (line) => fire(line.split(' ')).catch((error) => { console.error(error); process.exit(1); }));
strapi.load().then(() => {
  strapi.server.mount();
  const server = strapi.server.httpServer;
  server.listen(0, '127.0.0.1', () => process.stdout.write('listening on ' + server.address().port + '\\n'));
}, (error) => { console.error(error); process.exit(1); });
`;

export interface NodeProcess {
  readonly origin: string;
  /** What it wrote to its log so far. */
  log(): string;
  /** Sets its clock and runs one schedule, as its tick would; resolves when it has run. */
  fire(schedule: string, at: number): Promise<void>;
  /** Stands still in the middle of what it does, and notices nothing of the time. */
  freeze(): void;
  thaw(): void;
  /** No warning, no clean-up: what a crash or a lost machine does. */
  stop(): Promise<void>;
}

/** The environment of the running test names the database. */
export async function startNode(env: Readonly<Record<string, string>> = {}): Promise<NodeProcess> {
  const child = spawn(process.execPath, ['-e', PROGRAM], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let log = '';
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      const found = /listening on (\d+)\n/.exec(log)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`A node ended with ${code}:\n${log}`)));
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    log: () => log,
    async fire(schedule, at) {
      const line = `fired ${schedule} ${at}\n`;
      child.stdin.write(`${schedule} ${at}\n`);
      while (!log.includes(line)) {
        if (child.exitCode !== null)
          throw new Error(`A node ended with ${child.exitCode}:\n${log}`);
        await delay(10);
      }
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}
