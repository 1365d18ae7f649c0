/** The thread behind `read-thread`: reads ahead of who writes, but not far. */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';

import { fileRecords } from './file-records';
import { readRows, type ReadChunk } from './read-rows';
import type { FileToRead, ThreadMessage, ThreadStart } from './read-thread';

/** Chunks that wait to be taken: a batch each. */
const AHEAD = 2;

const port = parentPort;
const tell = (message: ThreadMessage) => port?.postMessage(message);

/** Without the headings. */
async function* rowsOfFile(toRead: FileToRead): AsyncGenerator<ReadChunk> {
  const { file, encoding, layout } = toRead;
  const source = await fileRecords(file, encoding, () => layout.delimiter);
  const first = await source.records.next();
  const rest = first.done ? [] : first.value.slice(1);
  const records = (async function* () {
    if (rest.length > 0) yield rest;
    yield* source.records;
  })();
  yield* readRows({ records, done: source.done }, toRead);
}

async function main(): Promise<void> {
  let ahead = 0;
  port?.on('message', () => {
    ahead -= 1;
  });
  const { toRead, chunks } = workerData as ThreadStart;
  for await (const chunk of rowsOfFile(toRead)) {
    chunks.postMessage(chunk);
    tell({ chunk: true });
    ahead += 1;
    while (port && ahead >= AHEAD) await once(port, 'message');
  }
  tell({ end: true });
}

main().catch((error: unknown) =>
  tell({ error: error instanceof Error ? error.message : String(error) }),
);
