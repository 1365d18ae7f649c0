/** The ticks of both job engines: every node proposes, the database lets one of them run. */
import { setTimeout as delay } from 'node:timers/promises';

import type { Core } from '@strapi/strapi';
import cron, { type ScheduledTask } from 'node-cron';

import { clock } from './clock';
import { crmConfig } from './config';
import { database } from './database';
import type { Schedule } from './jobs';

/**
 * A process that was busy or frozen at the moment of a tick makes up for it afterwards, unless
 * another node has. Without this a daily tick would wait for tomorrow.
 */
const LATE_MS = 600_000;
/** Set back by more than this, the same second comes a second time, and is another one. */
const SET_BACK_MS = 60_000;
const CLAIM_AGAIN_MS = 1_000;
const CLAIM_TRIES = 60;

export class Schedules {
  private readonly running = new Set<string>();
  private tasks: ScheduledTask[] = [];
  private hasStopped = false;
  /** How far the clock on the wall is ahead of one that only goes on. */
  private ahead = Number.NEGATIVE_INFINITY;

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
        missedExecutionTolerance: LATE_MS,
      }),
    );
  }

  /** No more ticks; what runs goes on. */
  async stop(): Promise<void> {
    this.hasStopped = true;
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
      if (this.wasSetBack()) await forgetTicksToCome(this.strapi);
      if (!(await this.claimInTheEnd(schedule.name, date))) return;
      this.strapi.log.debug(`crm: schedule ${schedule.name} fires for ${date.toISOString()}`);
      await this.fire(schedule.name);
    } catch (error) {
      this.strapi.log.error(`crm: schedule ${schedule.name} failed: ${String(error)}`);
    } finally {
      this.running.delete(schedule.name);
      this.onEnded();
    }
  }

  /** Once after each time. Without it nothing would fire until the clock is where it was. */
  private wasSetBack(): boolean {
    const before = this.ahead;
    this.ahead = clock(this.strapi).shared().getTime() - performance.now();
    return this.ahead < before - SET_BACK_MS;
  }

  /** A tick that falls into a restart of the database waits for it. */
  private async claimInTheEnd(name: string, date: Date): Promise<boolean> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await claimTick(this.strapi, name, date);
      } catch (error) {
        if (tries === CLAIM_TRIES || this.hasStopped) throw error;
        await delay(CLAIM_AGAIN_MS);
      }
    }
  }
}

/** They were claimed when the clock was wrong; what has still to come has not fired. */
async function forgetTicksToCome(strapi: Core.Strapi): Promise<void> {
  const slot = Math.floor(clock(strapi).shared().getTime() / 1000);
  strapi.log.warn('crm: the clock was set back; schedules fire by the new time');
  await database(strapi)('crm_schedule_runs').where('slot', '>', slot).delete();
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
