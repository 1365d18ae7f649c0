// @ts-check
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { DEMO } from './paths.mjs';
import { StopError } from '../setup/stop-error.mjs';

const FILE = path.join(DEMO, 'running.pid');

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Two demos on one database would harm it: the second one says where the first one is. */
export function takeLock() {
  mkdirSync(DEMO, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(FILE, String(process.pid), { flag: 'wx' });
  } catch {
    const pid = Number(readFileSync(FILE, 'utf8'));
    if (pid > 0 && isAlive(pid)) {
      throw new StopError(
        `The demo is already running (process ${pid}).`,
        `Stop it with Ctrl-C in its terminal, or: kill ${pid}`,
      );
    }
    writeFileSync(FILE, String(process.pid));
  }
  process.once('exit', () => rmSync(FILE, { force: true }));
}
