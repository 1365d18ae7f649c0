/** The engine that needs nothing installed: node-cron for schedules, queues in this process. */
import type { Core } from '@strapi/strapi';
import cron, { type ScheduledTask } from 'node-cron';

import { clock } from './clock';
import { crmConfig } from './config';
import { database } from './database';
import type { JobEngine, QueueWorker, Schedule } from './jobs';

class Queue {
  private readonly waiting = new Set<string>();
  private running = 0;
  private paused = false;

  constructor(
    private readonly strapi: Core.Strapi,
    private readonly worker: QueueWorker,
    private readonly onChange: () => void,
  ) {}

  get busy(): boolean {
    return this.running > 0 || (!this.paused && this.waiting.size > 0);
  }

  add(pointer: string): void {
    this.waiting.add(pointer);
    this.pump();
  }

  pause(): void {
    this.paused = true;
  }

  private pump(): void {
    while (!this.paused && this.running < this.worker.concurrency) {
      const next = this.waiting.values().next();
      if (next.done) return;
      this.waiting.delete(next.value);
      void this.run(next.value);
    }
  }

  private async run(pointer: string): Promise<void> {
    this.running += 1;
    try {
      await this.worker.work({ strapi: this.strapi }, pointer);
    } catch (error) {
      this.strapi.log.error(`crm: job ${this.worker.queue} (${pointer}) failed: ${String(error)}`);
    } finally {
      this.running -= 1;
      this.pump();
      this.onChange();
    }
  }
}

class EmbeddedJobs implements JobEngine {
  private readonly queues: ReadonlyMap<string, Queue>;
  private readonly running = new Set<string>();
  private waiters: (() => void)[] = [];
  private tasks: ScheduledTask[] = [];

  constructor(
    private readonly strapi: Core.Strapi,
    workers: readonly QueueWorker[],
    private readonly schedules: readonly Schedule[],
  ) {
    this.queues = new Map(
      workers.map((worker) => [worker.queue, new Queue(strapi, worker, () => this.notify())]),
    );
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
