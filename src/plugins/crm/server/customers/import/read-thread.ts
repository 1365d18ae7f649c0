/**
 * A long file is read by a thread of its own: taking it apart and normalising what it says is a
 * third of an import's work, and none of it needs the database.
 */
import path from 'node:path';
import { Worker } from 'node:worker_threads';

import type { FileEncoding } from './file-records';
import type { ReadChunk, RowsToRead } from './read-rows';

export interface FileToRead extends RowsToRead {
  readonly file: string;
  readonly encoding: FileEncoding;
}

/** What the thread tells. */
export type ThreadMessage =
  { readonly chunk: ReadChunk } | { readonly end: true } | { readonly error: string };

/** Megabytes. A workbook's shared texts are the most that is ever held at once. */
const MOST_MEMORY = 384;

/** The rows of the file. However the caller ends, the thread ends with it. */
export async function* readInThread(toRead: FileToRead): AsyncGenerator<ReadChunk> {
  const worker = new Worker(path.join(__dirname, 'read-rows-worker.js'), {
    workerData: toRead,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY },
  });
  worker.unref();
  const told: ThreadMessage[] = [];
  let wake = () => {};
  const tell = (message: ThreadMessage) => {
    told.push(message);
    wake();
  };
  worker.on('message', tell);
  worker.on('error', (error) => tell({ error: error.message }));
  worker.on('exit', (code) => tell({ error: `it ended with code ${code}` }));
  try {
    for (;;) {
      const message = told.shift();
      if (!message) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else if ('chunk' in message) {
        worker.postMessage('more');
        yield message.chunk;
      } else if ('end' in message) return;
      else throw new Error(`The file could not be read on: ${message.error}`);
    }
  } finally {
    await worker.terminate();
  }
}
