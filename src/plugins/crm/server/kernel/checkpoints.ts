/**
 * SQLite's write-ahead log is brought home by whoever commits when it has grown long: that commit
 * waits for the disk, and every request with it. Here a thread does it before it comes to that.
 * What the connection itself would do (`wal_autocheckpoint`) remains for when the thread is late.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';

import type { Core } from '@strapi/strapi';

import { database, isPostgres } from './database';

/** A log that was never longer needs no thread; once it was, the file stays so long. */
const LEAST_BYTES = 32_000_000;
const LOOK_EVERY_MS = 500;

interface Watch {
  readonly timer: NodeJS.Timeout;
  worker: Worker | null;
}

const watches = new WeakMap<object, Watch>();

const isLong = (log: string): Promise<boolean> =>
  stat(log).then(
    ({ size }) => size >= LEAST_BYTES,
    () => false,
  );

function start(strapi: Core.Strapi, filename: string): Worker {
  const worker = new Worker(path.join(__dirname, 'checkpoints-worker.js'), {
    workerData: { filename },
  });
  worker.unref();
  // Without it everything works as it would have anyway.
  worker.on('error', (error) => strapi.log.warn(`crm: no checkpoints beside: ${error.message}`));
  return worker;
}

/** Looks now and then whether the log is long; the thread exists only from then on. */
export function watchLog(strapi: Core.Strapi): void {
  const db = database(strapi);
  if (isPostgres(db)) return;
  const { filename } = db.client.config.connection as { filename: string };
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    if (watch.worker || (await isLong(`${filename}-wal`))) {
      watch.worker ??= watches.get(strapi) === watch ? start(strapi, filename) : null;
      watch.worker?.postMessage('look');
    }
    isLooking = false;
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  timer.unref();
  const watch: Watch = { timer, worker: null };
  watches.set(strapi, watch);
}

export async function closeWatch(strapi: Core.Strapi): Promise<void> {
  const watch = watches.get(strapi);
  watches.delete(strapi);
  if (!watch) return;
  clearInterval(watch.timer);
  await watch.worker?.terminate();
}
