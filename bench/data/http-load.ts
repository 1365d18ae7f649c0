/** Requests from another process, and what they took. */
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';

import { z } from 'zod';

export interface Load {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly requests: number;
  /** As fast as they are answered, so many at a time; without `perSecond`. */
  readonly atOnce?: number;
  /** At their time, answered or not. */
  readonly perSecond?: number;
  /** Every request comes from a browser of its own, whose id begins so. */
  readonly visitors?: string;
}

export interface Took {
  readonly seconds: number;
  /** Milliseconds that 95 of 100 requests stayed below. */
  readonly p95: number;
  readonly p99: number;
}

export interface LoadGenerator {
  run(load: Load): Promise<Took>;
  stop(): void;
}

const answerSchema = z.object({
  id: z.number(),
  seconds: z.number().optional(),
  p95: z.number().optional(),
  p99: z.number().optional(),
  problem: z.string().optional(),
});

export function startLoadGenerator(): LoadGenerator {
  const child: ChildProcess = fork(path.join(__dirname, 'http-load-process.mjs'), { execArgv: [] });
  let next = 0;
  return {
    run: (load) =>
      new Promise((resolve, reject) => {
        const id = (next += 1);
        const listen = (message: unknown) => {
          const answer = answerSchema.parse(message);
          if (answer.id !== id) return;
          child.off('message', listen);
          const { seconds, p95, p99, problem } = answer;
          if (seconds === undefined || p95 === undefined || p99 === undefined) {
            reject(new Error(problem));
          } else resolve({ seconds, p95, p99 });
        };
        child.on('message', listen);
        child.send({ ...load, id });
      }),
    stop: () => {
      child.kill();
    },
  };
}
