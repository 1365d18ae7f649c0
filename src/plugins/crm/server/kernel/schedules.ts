/** The ticks of both job engines: every node proposes, the database lets one of them run. */
import type { Core } from '@strapi/strapi';
import cron, { type ScheduledTask } from 'node-cron';

import { clock } from './clock';
import { crmConfig } from './config';
import { database } from './database';
import type { Schedule } from './jobs';

export class Schedules {
  private readonly running = new Set<string>();
  private tasks: ScheduledTask[] = [];

  constructor(
    private readonly strapi: Core.Strapi,
    private readonly schedules: readonly Schedule[],
    /** After every run, whether it failed or not. */
    private readonly onEnded: () => void,
  ) {}

  get busy(): boolean {
    return this.running.size > 0;
  }

  start(): void {
    const { timeZone } = crmConfig(this.strapi);
    this.tasks = this.schedules.map((schedule) =>
      cron.schedule(schedule.cron, ({ date }) => this.tick(schedule, date), {
        timezone: timeZone,
        name: schedule.name,
      }),
    );
  }

  /** No more ticks; what runs goes on. */
  async stop(): Promise<void> {
    for (const task of this.tasks) await task.destroy();
    this.tasks = [];
  }

  async fire(name: string): Promise<void> {
    const schedule = this.schedules.find((candidate) => candidate.name === name);
    if (!schedule) throw new Error(`No schedule "${name}"`);
    await schedule.run({ strapi: this.strapi }, clock(this.strapi).now());
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
      this.onEnded();
    }
  }
}

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
