/** The thread behind `heavy-reads`: one read-only connection, one statement at a time. */
import { execFileSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

import BetterSqlite3 from 'better-sqlite3';

interface Request {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

const { filename } = workerData as { filename: string };
/** So much nicer than the threads that answer requests. */
const NICER = 5;
const NICEST = 19;
const LONGEST_WAIT_MS = 5_000;

/**
 * Who asks for a page goes before who counts, where there are fewer cores than work. A nicer thread
 * keeps its core until the next tick (4 ms on most servers) when somebody wakes up beside it; one of
 * Linux's idle class gives it away at once. Where there is only one core, that class might wait for
 * ever behind a campaign that goes out.
 */
function giveWay(): void {
  // There, 0 is this thread; elsewhere it would be the process.
  if (process.platform !== 'linux') return;
  try {
    os.setPriority(0, Math.min(os.getPriority(0) + NICER, NICEST));
    if (os.availableParallelism() < 2) return;
    const thread = path.basename(readlinkSync('/proc/thread-self'));
    execFileSync('chrt', ['-i', '-p', '0', thread], { stdio: 'ignore', timeout: LONGEST_WAIT_MS });
  } catch {
    // A system that does not allow it, or has no such command, counts at the same pace as before.
  }
}

giveWay();
const connection = new BetterSqlite3(filename, { readonly: true });
connection.pragma('cache_size = -200000');
connection.pragma('busy_timeout = 5000');

/** better-sqlite3 binds numbers, strings, bigints, buffers and null only. */
const bindable = (value: unknown) => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.getTime();
  return value ?? null;
};

parentPort?.on('message', ({ sql, bindings }: Request) => {
  try {
    const rows = connection.prepare(sql).all(...bindings.map(bindable));
    parentPort?.postMessage({ rows });
  } catch (error) {
    parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
});
