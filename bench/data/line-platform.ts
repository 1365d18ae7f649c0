/** The emulated LINE platform of `line-push`, in a process of its own. */
import { spawn } from 'node:child_process';
import path from 'node:path';

import { z } from 'zod';

export const CHANNEL = {
  id: '1657000001',
  secret: '8c570fa6dd201bb328f1c1eac23a96d8',
  token: 'long-lived-token-of-the-bench',
};

const requestSchema = z.object({
  path: z.string(),
  status: z.number(),
  headers: z.record(z.string(), z.unknown()),
});
const requestsSchema = z.object({
  requests: z.array(requestSchema),
  statuses: z.record(z.string(), z.number()),
});
const peopleSchema = z.object({ userIds: z.array(z.string()) });
const stateSchema = z.object({ total: z.number() });

export interface LinePlatform {
  readonly origin: string;
  /** New people who are friends; their user ids. */
  friends(count: number): Promise<readonly string[]>;
  /** The latest calls, 5,000 at most. */
  calls(): Promise<readonly z.output<typeof requestSchema>[]>;
  /** How many calls were refused as too fast so far. */
  refused(): Promise<number>;
  /** Messages that this person has got so far. */
  received(userId: string): Promise<number>;
  stop(): Promise<void>;
}

const root = path.resolve(__dirname, '..', '..');

async function started(port: number) {
  const cli = path.join(root, 'tools/line-emulator/cli.ts');
  const child = spawn(
    process.execPath,
    [
      path.join(root, 'node_modules/tsx/dist/cli.mjs'),
      ...[cli, '--port', String(port), '--channel-id', CHANNEL.id],
      ...['--channel-secret', CHANNEL.secret, '--channel-token', CHANNEL.token],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const origin = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The LINE emulator did not start')));
    child.stdout.on('data', (chunk: Buffer) => {
      const [, found] = /LINE emulator: (\S+)/.exec(chunk.toString()) ?? [];
      if (found) resolve(found);
    });
  });
  return { child, origin };
}

export async function startLinePlatform(): Promise<LinePlatform> {
  const { child, origin } = await started(0);
  const ask = async (method: string, where: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${origin}/__emu/${where}`, {
      method,
      ...(body && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status}`);
    return answer.json();
  };
  return {
    origin,
    friends: async (count) =>
      peopleSchema.parse(await ask('POST', 'users/bulk', { count })).userIds,
    calls: async () => requestsSchema.parse(await ask('GET', 'requests?limit=5000')).requests,
    refused: async () =>
      requestsSchema.parse(await ask('GET', 'requests?limit=1')).statuses['429'] ?? 0,
    received: async (userId) =>
      stateSchema.parse(await ask('GET', `users/${userId}/messages?limit=1`)).total,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}
