/** The flood of `page-during-flood`, from another process. */
import { fork } from 'node:child_process';
import path from 'node:path';

import { z } from 'zod';

export interface Flood {
  readonly origin: string;
  readonly authorization: string;
  /** Events. */
  readonly perSecond: number;
  /** Events in a call. */
  readonly size: number;
  /** Connections whose question never ends. */
  readonly sockets: number;
}

const resultSchema = z.object({
  /** How many calls were answered so: `200`, `429`, `ECONNRESET`. */
  answered: z.record(z.string(), z.number()),
  /** Events that were answered for. */
  taken: z.number(),
  /** Refusals without a time to come back at. */
  unsaid: z.number(),
  /** Connections that were still open. */
  stood: z.number(),
});
export type FloodResult = z.output<typeof resultSchema>;

/** Floods until it is ended. */
export function startFlood(flood: Flood): { end(): Promise<FloodResult> } {
  const child = fork(path.join(__dirname, 'flood-process.mjs'), { execArgv: [] });
  child.send(flood);
  return {
    end: () =>
      new Promise((resolve, reject) => {
        child.once('message', (message) => resolve(resultSchema.parse(message)));
        child.once('error', reject);
        child.send({ end: true });
      }),
  };
}
