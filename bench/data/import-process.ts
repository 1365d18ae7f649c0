/**
 * A process with a Strapi of its own that imports on command: two of them, one on an empty and one
 * on a full database, can be measured in turns. Talks over IPC.
 */
import { openAsBlob } from 'node:fs';
import { copyFile } from 'node:fs/promises';

import { adminClient, type AdminClient } from '../../tests/support/admin';
import { startApp } from '../../tests/support/app';
import { millionPeople, peopleFile } from './million-people';

export interface ImportCommand {
  /** Read from the disk while it is sent: as a text it would count as memory of the import's. */
  readonly file: string;
}

export interface ImportAnswer {
  readonly created: number;
  readonly seconds: number;
  /** Bytes that were resident: before, and every so often from the first row to the last. */
  readonly restMemory: number;
  readonly memory: readonly number[];
}

const LOOK_EVERY_MS = 20;

async function importFile(admin: AdminClient, file: string): Promise<ImportAnswer> {
  const blob = await openAsBlob(file);
  const restMemory = process.memoryUsage.rss();
  const memory: number[] = [];
  const watch = setInterval(() => memory.push(process.memoryUsage.rss()), LOOK_EVERY_MS);
  const started = process.hrtime.bigint();
  const answer = await admin.upload('/crm/customers/import', blob, 'application/octet-stream');
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  clearInterval(watch);
  const { created } = (answer.body as { data: { created: number } }).data;
  return { created, seconds, restMemory, memory };
}

/**
 * What is imported into the copy is new in the next run too. Without the segments that another bench
 * has left there: the empty database has none to keep current either.
 */
async function copyMillion(log: (line: string) => void, to: string): Promise<void> {
  const { app, file } = await millionPeople(log);
  await app.stop();
  await copyFile(file, to);
}

async function main(): Promise<void> {
  const send = (message: object) => process.send?.(message);
  const log = (line: string) => send({ log: line });
  const isFull = process.argv[2] === 'million';
  const file = peopleFile(`${isFull ? 'full' : 'empty'}-${process.pid}`);
  if (isFull) await copyMillion(log, file);
  const app = await startApp({ keepDatabase: file });
  await app.strapi.db.connection('crm_segments').delete();
  const admin = await adminClient(app);
  process.on('message', (command: ImportCommand) => {
    void importFile(admin, command.file).then(send);
  });
  send({ ready: file });
}

void main();
