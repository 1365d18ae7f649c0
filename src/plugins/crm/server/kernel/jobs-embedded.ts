/** The engine that needs nothing installed: node-cron for schedules, queues in this process. */
import type { Core } from '@strapi/strapi';
import cron, { type ScheduledTask } from 'node-cron';

import { clock } from './clock';
import { crmConfig } from './config';
import { database } from './database';
import { JobQueue } from './job-queue';
import type { JobEngine, QueueWorker, Schedule } from './jobs';

class EmbeddedJobs implements JobEngine {
  private readonly queues: ReadonlyMap<string, JobQueue>;
  private readonly running = new Set<string>();
  private waiters: (() => void)[] = [];
  private tasks: ScheduledTask[] = [];
  isStopping = false;

  constructor(
    private readonly strapi: Core.Strapi,
    workers: readonly QueueWorker[],
    private readonly schedules: readonly Schedule[],
  ) {
    this.queues = new Map(workers.map((worker) => [worker.queue, this.queueOf(worker)]));
  }

  start(): void {
    const { jobs, timeZone } = crmConfig(this.strapi);
    if (!jobs.enabled) return;
    this.tasks = this.schedules.map((schedule) =>
      cron.schedule(schedule.cron, ({ date }) => this.tick(schedule, date), {
        timezone: timeZone,
        name: schedule.name,
      }),
    );
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    for (const task of this.tasks) await task.destroy();
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

  async fire(name: string): Promise<void> {
    const schedule = this.schedules.find((candidate) => candidate.name === name);
    if (!schedule) throw new Error(`No schedule "${name}"`);
    await schedule.run({ strapi: this.strapi }, clock(this.strapi).now());
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
    return this.running.size > 0 || [...this.queues.values()].some((queue) => queue.busy);
  }

  private notify(): void {
    if (this.busy()) return;
    for (const wake of this.waiters) wake();
    this.waiters = [];
  }

  private async tick(schedule: Schedule, date: Date): Promise<void> {
    if (this.running.has(schedule.name)) return;
    this.running.add(schedule.name);
    try {
      if (await claimTick(this.strapi, schedule.name, date)) await this.fire(schedule.name);
    } catch (error) {
      this.strapi.log.error(`crm: schedule ${schedule.name} failed: ${String(error)}`);
    } finally {
      this.running.delete(schedule.name);
      this.notify();
    }
  }
}

export const createEmbeddedJobs = (
  strapi: Core.Strapi,
  workers: readonly QueueWorker[],
  schedules: readonly Schedule[],
): JobEngine => new EmbeddedJobs(strapi, workers, schedules);

/** One node of a cluster wins each tick: the first to write its (name, second). */
async function claimTick(strapi: Core.Strapi, name: string, tick: Date): Promise<boolean> {
  const slot = Math.floor(tick.getTime() / 1000);
  const db = database(strapi);
  const won: unknown[] = await db('crm_schedule_runs')
    .insert({ name, slot })
    .onConflict(['name', 'slot'])
    .ignore()
    .returning('name');
  if (won.length > 0) {
    await db('crm_schedule_runs')
      .where({ name })
      .where('slot', '<', slot - 86_400)
      .delete();
  }
  return won.length > 0;
}
