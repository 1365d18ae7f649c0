/** `npm run cluster`: it starts, every node serves behind the balancer, and it leaves nothing behind. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';

import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';

import { isOpen, occupyPort } from './demo-process';

const root = path.resolve(__dirname, '..', '..');
const parent = path.join(root, '.tmp', 'cluster-tests');

const summarySchema = z.object({
  site: z.url(),
  mailbox: z.url(),
  line: z.url(),
  nodes: z.record(z.string(), z.url()),
  postgres: z.url(),
  redis: z.url(),
});

/** In a folder of its own, so that one that somebody tries out is left alone. */
async function startCluster() {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(path.join(parent, 'run-'));
  const free = await occupyPort();
  await free.release();
  const child = spawn(
    process.execPath,
    ['tools/cluster/main.mjs', '--json', '--empty', '--ports-from', String(free.port)],
    {
      cwd: root,
      env: { ...process.env, ENISHI_DEMO_DIR: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  });
  let said = '';
  let wrong = '';
  child.stderr.on('data', (chunk: Buffer) => (wrong += chunk.toString()));
  const summary = await new Promise<z.infer<typeof summarySchema>>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.endsWith('\n')) resolve(summarySchema.parse(JSON.parse(said)));
    });
    void exited.then((code) => reject(new Error(`the cluster ended with ${code}:\n${wrong}`)));
  });
  return { summary, child, exited };
}

const portsOf = ({ site, mailbox, line, nodes, postgres, redis }: z.infer<typeof summarySchema>) =>
  [site, mailbox, line, ...Object.values(nodes), postgres, redis].map((url) =>
    Number(new URL(url).port),
  );

it('starts three nodes, a worker and a balancer at once, and stops all of them', async () => {
  const { summary, child, exited } = await startCluster();
  expect(Object.keys(summary.nodes)).toEqual(['node1', 'node2', 'node3', 'worker']);
  const served = new Set<string | null>();
  for (let asked = 0; asked < 6; asked += 1) {
    const health = await fetch(`${summary.site}/_health`);
    expect(health.ok).toBe(true);
    served.add(health.headers.get('x-served-by'));
    const page = await fetch(`${summary.site}/`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('</html>')]);
    served.add(page.headers.get('x-served-by'));
  }
  expect([...served].sort()).toEqual(['node1', 'node2', 'node3']);

  child.kill('SIGTERM');
  expect(await exited).toBe(0);
  const open = async () => (await Promise.all(portsOf(summary).map(isOpen))).includes(true);
  await expect.poll(open, { timeout: 60_000 }).toBe(false);
});
