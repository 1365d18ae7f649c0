/**
 * A long file is read by a thread of its own: taking it apart and normalising what it says is a
 * third of an import's work, and none of it needs the database.
 */
import path from 'node:path';
import {
  MessageChannel,
  Worker,
  receiveMessageOnPort,
  type MessagePort,
} from 'node:worker_threads';

import type { FileEncoding } from './file-records';
import type { ReadChunk, RowsToRead } from './read-rows';

export interface FileToRead extends RowsToRead {
  readonly file: string;
  readonly encoding: FileEncoding;
}

/** What the thread is begun with. */
export interface ThreadStart {
  readonly toRead: FileToRead;
  /** Where it puts the chunks, each before it tells of it. */
  readonly chunks: MessagePort;
}

/** What the thread tells. */
export type ThreadMessage =
  { readonly chunk: true } | { readonly end: true } | { readonly error: string };

/** Megabytes. A workbook's shared texts are the most that is ever held at once. */
const MOST_MEMORY = 384;
/** Megabytes of what is soon forgotten; V8's own choice is several times what reading needs. */
const MOST_FRESH = 12;

function nextChunk(chunks: MessagePort): ReadChunk {
  const taken = receiveMessageOnPort(chunks) as { message: ReadChunk } | undefined;
  if (!taken) throw new Error('The thread told of a chunk that is not there');
  return taken.message;
}

/**
 * The rows of the file. However the caller ends, the thread ends with it. Chunks that were read
 * ahead stay bytes until it is their turn: rows that lie in the heap while three batches are written
 * outlive the young generation, and the process grows by hundreds of megabytes of them.
 */
export async function* readInThread(toRead: FileToRead): AsyncGenerator<ReadChunk> {
  const { port1: chunks, port2 } = new MessageChannel();
  const start: ThreadStart = { toRead, chunks: port2 };
  const worker = new Worker(path.join(__dirname, 'read-rows-worker.js'), {
    workerData: start,
    transferList: [port2],
    // What the process was begun with (a loader, a debugger) is not for it, and would come first.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY, maxYoungGenerationSizeMb: MOST_FRESH },
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
        const chunk = nextChunk(chunks);
        worker.postMessage('more');
        yield chunk;
      } else if ('end' in message) return;
      else throw new Error(`The file could not be read on: ${message.error}`);
    }
  } finally {
    chunks.close();
    await worker.terminate();
  }
}
