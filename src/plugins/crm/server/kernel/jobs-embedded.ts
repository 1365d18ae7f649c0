/** The engine that needs nothing installed: node-cron for schedules, queues in this process. */
import type { Core } from '@strapi/strapi';

import { crmConfig } from './config';
import { JobQueue } from './job-queue';
import type { JobEngine, QueueWorker, Schedule } from './jobs';
import { Schedules } from './schedules';

class EmbeddedJobs implements JobEngine {
  private readonly queues: ReadonlyMap<string, JobQueue>;
  private readonly schedules: Schedules;
  private waiters: (() => void)[] = [];
  isStopping = false;

  constructor(
    private readonly strapi: Core.Strapi,
    workers: readonly QueueWorker[],
    schedules: readonly Schedule[],
  ) {
    this.queues = new Map(workers.map((worker) => [worker.queue, this.queueOf(worker)]));
    this.schedules = new Schedules(strapi, schedules, () => this.notify());
  }

  start(): Promise<void> {
    if (crmConfig(this.strapi).jobs.enabled) this.schedules.start();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.schedules.stop();
    for (const queue of this.queues.values()) queue.pause();
    await this.idle();
  }

  enqueue(name: string, pointer: string): void {
    const queue = this.queues.get(name);
    if (!queue) throw new Error(`No worker for the queue "${name}"`);
    queue.add(pointer);
  }

  idle(): Promise<void> {
    if (!this.busy()) return Promise.resolve();
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  fire(name: string): Promise<void> {
    return this.schedules.fire(name);
  }

  private queueOf({ queue, concurrency, work }: QueueWorker): JobQueue {
    return new JobQueue({
      concurrency,
      work: (pointer) => work({ strapi: this.strapi }, pointer),
      onFailed: (pointer, error) =>
        this.strapi.log.error(`crm: job ${queue} (${pointer}) failed: ${String(error)}`),
      onEnded: () => this.notify(),
    });
  }

  private busy(): boolean {
    return this.schedules.busy || [...this.queues.values()].some((queue) => queue.busy);
  }

  private notify(): void {
    if (this.busy()) return;
    for (const wake of this.waiters) wake();
    this.waiters = [];
  }
}

export const createEmbeddedJobs = (
  strapi: Core.Strapi,
  workers: readonly QueueWorker[],
  schedules: readonly Schedule[],
): JobEngine => new EmbeddedJobs(strapi, workers, schedules);
