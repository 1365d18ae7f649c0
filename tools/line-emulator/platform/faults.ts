import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/**
 * Ways in which the platform can misbehave. Those that end in `after-accept` do the work first:
 * the message is delivered, only the answer is lost.
 */
export const FAULT_KINDS = [
  'error-500',
  'error-500-after-accept',
  'timeout',
  'timeout-after-accept',
  'reset',
  'reset-after-accept',
  'rate-limit',
  'monthly-limit',
  'unauthorized',
  'slow',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export const newFaultSchema = z.object({
  kind: z.enum(FAULT_KINDS),
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).optional(),
  /** Beginning of the path; every Messaging API path when left out. */
  path: z.string().startsWith('/').max(500).default('/v2/'),
  /** How often it strikes; without it, until it is removed. */
  count: z.number().int().min(1).optional(),
  probability: z.number().min(0).max(1).default(1),
  /** For `slow`. */
  delayMs: z.number().int().min(0).max(600_000).default(3000),
});

export type NewFault = z.input<typeof newFaultSchema>;
export type Fault = z.output<typeof newFaultSchema> & { id: string; struck: number };

export interface Faults {
  add(fault: z.output<typeof newFaultSchema>): Fault;
  list(): Fault[];
  remove(id: string): boolean;
  clear(): void;
  /** The fault that strikes this request, if any; counts it. */
  strike(method: string, path: string): Fault | undefined;
}

export function createFaults(random: () => number = Math.random): Faults {
  let faults: Fault[] = [];

  return {
    add(fault) {
      const added = { ...fault, id: randomUUID(), struck: 0 };
      faults.push(added);
      return added;
    },
    list: () => [...faults],
    remove(id) {
      const before = faults.length;
      faults = faults.filter((fault) => fault.id !== id);
      return faults.length < before;
    },
    clear() {
      faults = [];
    },
    strike(method, path) {
      const fault = faults.find(
        (each) =>
          path.startsWith(each.path) &&
          (each.method === undefined || each.method === method) &&
          (each.probability >= 1 || random() < each.probability),
      );
      if (!fault) return undefined;
      fault.struck += 1;
      if (fault.count !== undefined && fault.struck >= fault.count) {
        faults = faults.filter((each) => each !== fault);
      }
      return fault;
    },
  };
}
