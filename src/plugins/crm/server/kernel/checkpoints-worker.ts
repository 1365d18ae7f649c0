/** The thread behind `checkpoints`. Passive: it waits for nobody, and nobody waits for it. */
import { parentPort, workerData } from 'node:worker_threads';

import BetterSqlite3 from 'better-sqlite3';

interface Log {
  readonly log: number;
  readonly checkpointed: number;
}

/** Pages. Shorter, and the same page would come home again and again while a file is imported. */
const LONG = 8000;

const { filename } = workerData as { filename: string };
const connection = new BetterSqlite3(filename, { fileMustExist: true });
connection.pragma('synchronous = NORMAL');

const ask = (mode: 'NOOP' | 'PASSIVE'): Log =>
  (connection.pragma(`wal_checkpoint(${mode})`) as Log[])[0] ?? { log: 0, checkpointed: 0 };

parentPort?.on('message', () => {
  const { log, checkpointed } = ask('NOOP');
  if (log >= LONG && checkpointed < log) ask('PASSIVE');
});
