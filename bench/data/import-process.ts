/**
 * A process with a Strapi of its own that imports on command: two of them, one on an empty and one
 * on a full database, can be measured in turns. Talks over IPC.
 */
import { adminClient } from '../../tests/support/admin';
import { startApp } from '../../tests/support/app';
import { millionPeople, peopleFile } from './million-people';
import { peopleCsv } from './people-csv';

export interface ImportCommand {
  readonly from: number;
  readonly count: number;
}

export interface ImportAnswer {
  readonly created: number;
  readonly seconds: number;
  /** Bytes: resident before, and the most it rose to. */
  readonly restMemory: number;
  readonly mostMemory: number;
}

async function main(): Promise<void> {
  const send = (message: object) => process.send?.(message);
  const log = (line: string) => send({ log: line });
  const isFull = process.argv[2] === 'million';
  const file = peopleFile(isFull ? 'million-people' : `empty-${process.pid}`);
  const app = isFull ? (await millionPeople(log)).app : await startApp({ keepDatabase: file });
  const admin = await adminClient(app);
  process.on('message', ({ from, count }: ImportCommand) => {
    void (async () => {
      const file = Buffer.from(peopleCsv(from, count));
      const restMemory = process.memoryUsage.rss();
      let mostMemory = restMemory;
      const watch = setInterval(() => {
        mostMemory = Math.max(mostMemory, process.memoryUsage.rss());
      }, 20);
      const started = process.hrtime.bigint();
      const { body } = await admin.upload(
        '/crm/customers/import',
        file,
        'application/octet-stream',
      );
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      clearInterval(watch);
      const { created } = (body as { data: { created: number } }).data;
      const answer: ImportAnswer = { created, seconds, restMemory, mostMemory };
      send(answer);
    })();
  });
  send({ ready: file });
}

void main();
