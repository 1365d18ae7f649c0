/** Events from another process, and how long they took. */
import { fork } from 'node:child_process';
import path from 'node:path';

import { z } from 'zod';

interface Common {
  readonly origin: string;
  readonly authorization: string;
  /** Message ids begin so. */
  readonly prefix: string;
}

export interface Batches extends Common {
  readonly batches: { readonly events: number; readonly size: number; readonly atOnce: number };
}

export interface Rate extends Common {
  readonly rate: { readonly perSecond: number; readonly lasts: number };
}

const answerSchema = z.object({
  id: z.number(),
  seconds: z.number(),
  /** Milliseconds. */
  p50: z.number(),
  p99: z.number(),
  most: z.number(),
  failed: z.number(),
});
export type EventsTook = z.output<typeof answerSchema>;

export interface EventLoad {
  run(command: Batches | Rate): Promise<EventsTook>;
  stop(): void;
}

export function startEventLoad(): EventLoad {
  const child = fork(path.join(__dirname, 'event-load-process.mjs'), { execArgv: [] });
  let next = 0;
  return {
    run: (command) =>
      new Promise((resolve) => {
        const id = (next += 1);
        const listen = (message: unknown) => {
          const answer = answerSchema.parse(message);
          if (answer.id !== id) return;
          child.off('message', listen);
          resolve(answer);
        };
        child.on('message', listen);
        child.send({ ...command, id });
      }),
    stop: () => {
      child.kill();
    },
  };
}
