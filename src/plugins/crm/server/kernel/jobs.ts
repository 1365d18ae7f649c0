/**
 * Work that runs by itself. The database is the truth: a pointer on a queue only says which row to
 * look at, and every queue has a sweep that finds due rows, so a lost pointer loses no work.
 */
import type { Core } from '@strapi/strapi';

export interface QueueWorker {
  readonly queue: string;
  readonly concurrency: number;
  /** Must be idempotent: the same pointer may come twice, on two nodes. */
  readonly work: (context: { strapi: Core.Strapi }, pointer: string) => Promise<void>;
}

export interface Schedule {
  readonly name: string;
  /** Cron expression in the site's time zone; six fields begin with seconds. */
  readonly cron: string;
  /** Fires once per tick in a whole cluster. A run that overlaps the next on this node skips it. */
  readonly run: (context: { strapi: Core.Strapi }, now: Date) => Promise<void>;
}

export interface JobEngine {
  start(): Promise<void>;
  /** True once `stop` was called: long work ends at its next checkpoint. */
  readonly isStopping: boolean;
  /** Waits for what is running, takes nothing new. */
  stop(): Promise<void>;
  /**
   * Never throws and never waits for whoever does the work. Equal pointers that still wait are kept
   * once; one that is asked for while it runs is run once more afterwards, never twice at once.
   */
  enqueue(queue: string, pointer: string): void;
  /** Resolves when every queue is empty and idle. */
  idle(): Promise<void>;
  /** Runs one schedule now, as its tick would; for tests and operators. */
  fire(schedule: string): Promise<void>;
}

const engines = new WeakMap<object, JobEngine>();

export function installJobs(strapi: Core.Strapi, engine: JobEngine): void {
  engines.set(strapi, engine);
}

export function jobs(strapi: Core.Strapi): JobEngine {
  const engine = engines.get(strapi);
  if (!engine) throw new Error('The job engine was used before bootstrap()');
  return engine;
}
