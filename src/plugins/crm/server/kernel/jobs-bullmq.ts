/**
 * The engine of a cluster: BullMQ on Redis. A pointer waits once and runs once at a time in the
 * whole cluster; asked for while it runs, it runs once more afterwards. Redis holds pointers only:
 * what it loses the sweeps find again.
 */
import { setTimeout as delay } from 'node:timers/promises';

import type { Core } from '@strapi/strapi';
import type { Job, Queue, Worker } from 'bullmq';
import type Redis from 'ioredis';

import { crmConfig } from './config';
import type { JobEngine, QueueWorker, Schedule } from './jobs';
import { impatientRedis, patientRedis } from './redis';
import { Schedules } from './schedules';

export interface BullmqSettings {
  readonly redis: string;
  /** Begins the name of every key, so that several installations share one Redis. */
  readonly prefix: string;
  /** `web` puts work on the queues and takes none. */
  readonly role: 'all' | 'web' | 'worker';
  /** Work of a node that died or froze is given to another after one to two times this. */
  readonly lockSeconds: number;
}

interface Work {
  readonly pointer: string;
}

/** Additions on their way to Redis; what comes on top waits for its sweep. */
const MAX_ADDING = 1_000;
const CLOSE_MS = 5_000;
const LOOK_MS = 20;
/** Work is idempotent: a node that dies with it is no reason to give it up. */
const NEVER = 1_000_000;
/** What BullMQ says of a job that was flushed away, or given to another, under its worker. */
const LOST_PLACE = /^(Missing|Lock mismatch)/;

interface Open {
  readonly producer: Redis;
  readonly consumer: Redis | null;
  readonly queues: ReadonlyMap<string, Queue<Work>>;
  readonly workers: readonly Worker<Work>[];
}

async function hangUp({ producer, consumer, queues, workers }: Open): Promise<void> {
  for (const queue of queues.values()) await queue.close().catch(() => undefined);
  for (const worker of workers) worker.disconnect().catch(() => undefined);
  producer.disconnect();
  consumer?.disconnect();
}

class BullmqJobs implements JobEngine {
  private readonly schedules: Schedules;
  private open: Open | null = null;
  private adding = 0;
  private running = 0;
  private isAway = false;
  isStopping = false;

  constructor(
    private readonly strapi: Core.Strapi,
    private readonly workers: readonly QueueWorker[],
    schedules: readonly Schedule[],
    private readonly settings: BullmqSettings,
  ) {
    this.schedules = new Schedules(strapi, schedules, () => undefined);
  }

  async start(): Promise<void> {
    // Only who configures it pays for loading it.
    const bullmq = await import('bullmq');
    const works = this.settings.role !== 'web';
    const producer = this.watch(impatientRedis(this.settings.redis));
    const consumer = works ? this.watch(patientRedis(this.settings.redis)) : null;
    await producer.connect();
    this.open = {
      producer,
      consumer,
      queues: new Map(
        this.workers.map(({ queue }) => [queue, this.queueOf(bullmq, producer, queue)]),
      ),
      workers: consumer
        ? this.workers.map((worker) => this.workerOf(bullmq, consumer, worker))
        : [],
    };
    if (works && crmConfig(this.strapi).jobs.enabled) this.schedules.start();
  }

  enqueue(name: string, pointer: string): void {
    if (!this.workers.some(({ queue }) => queue === name)) {
      throw new Error(`No worker for the queue "${name}"`);
    }
    const queue = this.open?.queues.get(name);
    if (!queue || this.adding >= MAX_ADDING) return;
    this.adding += 1;
    queue
      .add('work', { pointer }, { deduplication: { id: pointer, keepLastIfActive: true } })
      .then(
        () => this.answered(),
        (error: unknown) => this.failed(error),
      )
      .finally(() => {
        this.adding -= 1;
      });
  }

  async idle(): Promise<void> {
    while (this.adding > 0 || this.running > 0 || this.schedules.busy || (await this.waiting())) {
      await delay(LOOK_MS);
    }
  }

  fire(name: string): Promise<void> {
    return this.schedules.fire(name);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.schedules.stop();
    const { open } = this;
    const closing = open?.workers.map((worker) => worker.close()) ?? [];
    while (this.running > 0 || this.schedules.busy) await delay(LOOK_MS);
    if (!open) return;
    // With Redis away there is nobody to say good-bye to.
    await Promise.race([Promise.allSettled(closing), delay(CLOSE_MS, undefined, { ref: false })]);
    this.open = null;
    await hangUp(open);
  }

  private queueOf({ Queue }: typeof import('bullmq'), connection: Redis, name: string) {
    const queue = new Queue<Work>(name, {
      connection,
      prefix: this.settings.prefix,
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
      streams: { events: { maxLen: 100 } },
    });
    queue.on('error', (error) => this.failed(error));
    return queue;
  }

  private workerOf(bullmq: typeof import('bullmq'), connection: Redis, worker: QueueWorker) {
    const lockMs = this.settings.lockSeconds * 1000;
    const made = new bullmq.Worker<Work>(
      worker.queue,
      async (job, token) => {
        // Taken in the moment of stopping: another node has it.
        if (this.isStopping && token) {
          await job.moveToWait(token);
          throw new bullmq.WaitingError();
        }
        await this.run(worker, job);
      },
      {
        connection,
        prefix: this.settings.prefix,
        concurrency: worker.concurrency,
        lockDuration: lockMs,
        stalledInterval: lockMs,
        maxStalledCount: NEVER,
        runRetryDelay: 1_000,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
      },
    );
    made.on('error', (error) => this.failed(error));
    return made;
  }

  private async run({ queue, work }: QueueWorker, job: Job<Work>): Promise<void> {
    this.running += 1;
    try {
      await work({ strapi: this.strapi }, job.data.pointer);
    } catch (error) {
      const { pointer } = job.data;
      this.strapi.log.error(`crm: job ${queue} (${pointer}) failed: ${String(error)}`);
      throw error;
    } finally {
      this.running -= 1;
    }
  }

  /** What is on the queues of the whole cluster; nothing while nobody can tell. */
  private async waiting(): Promise<number> {
    const queues = [...(this.open?.queues.values() ?? [])];
    const counts = await Promise.all(
      queues.map((queue) => queue.getJobCountByTypes('waiting', 'active', 'delayed')),
    ).catch(() => [0]);
    return counts.reduce((sum, count) => sum + count, 0);
  }

  private watch(redis: Redis): Redis {
    redis.on('error', (error: Error) => this.failed(error));
    redis.on('ready', () => this.answered());
    return redis;
  }

  private answered(): void {
    if (this.isAway) this.strapi.log.info('crm: Redis takes work again');
    this.isAway = false;
  }

  /** Once, however many pieces of work notice it. */
  private failed(error: unknown): void {
    if (this.isStopping || this.isAway) return;
    const reason = error instanceof Error ? error.message : String(error);
    if (LOST_PLACE.test(reason)) {
      this.strapi.log.warn(`crm: Redis forgot work that was being done: ${reason}`);
      return;
    }
    this.isAway = true;
    this.strapi.log.error(
      `crm: Redis takes no work (${reason}); it waits in the database until the sweeps find it`,
    );
  }
}

export const createBullmqJobs = (
  strapi: Core.Strapi,
  workers: readonly QueueWorker[],
  schedules: readonly Schedule[],
  settings: BullmqSettings,
): JobEngine => new BullmqJobs(strapi, workers, schedules, settings);
