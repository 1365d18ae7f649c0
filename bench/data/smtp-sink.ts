/** The sink of `email-send`, in a process of its own. */
import { fork } from 'node:child_process';
import path from 'node:path';

import { z } from 'zod';

const startedSchema = z.object({ port: z.number() });
const countSchema = z.object({ mails: z.number(), people: z.number() });
type Count = z.output<typeof countSchema>;

export interface Sink {
  readonly port: number;
  reset(): Promise<void>;
  /** Mails taken since the last reset, and how many different people they were for. */
  count(): Promise<Count>;
  stop(): Promise<void>;
}

export async function startSink(): Promise<Sink> {
  const child = fork(path.join(__dirname, 'smtp-sink-process.mjs'));
  const next = () => new Promise<unknown>((resolve) => child.once('message', resolve));
  const { port } = startedSchema.parse(await next());
  const ask = async (question: 'reset' | 'count'): Promise<Count> => {
    const answer = next();
    child.send(question);
    return countSchema.parse(await answer);
  };
  return {
    port,
    reset: async () => {
      await ask('reset');
    },
    count: () => ask('count'),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.disconnect();
      }),
  };
}
