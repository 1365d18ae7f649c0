/** When each schedule last fired, and when it should have. */
import type { Core } from '@strapi/strapi';

import { database } from './database';
import type { Schedule } from './jobs';

const known = new WeakMap<object, readonly Schedule[]>();

export function rememberSchedules(strapi: Core.Strapi, schedules: readonly Schedule[]): void {
  known.set(strapi, schedules);
}

export interface ScheduleRun {
  readonly name: string;
  /** The longest time between two of its ticks. */
  readonly everyMs: number;
  /** Null: never, as far as is remembered. */
  readonly lastAt: number | null;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Fields of a cron expression from the largest: one step of it, and the most when it is restricted. */
const FIELDS = [
  { unit: 31 * DAY, whole: 366 * DAY },
  { unit: DAY, whole: 7 * DAY },
  { unit: DAY, whole: 31 * DAY },
  { unit: HOUR, whole: DAY },
  { unit: MINUTE, whole: HOUR },
  { unit: SECOND, whole: MINUTE },
] as const;

/** Month, weekday, day, hour, minute, second; a short expression means second 0. */
function largestFirst(cron: string): string[] {
  const parts = cron.trim().split(/\s+/);
  const [second, minute, hour, day, month, weekday] = parts.length === 5 ? ['0', ...parts] : parts;
  return [month, weekday, day, hour, minute, second].map((field) => field ?? '*');
}

/**
 * The longest time between two ticks of a cron expression, from above: the largest field that is not
 * `*` decides. "every so many" counts as that many.
 */
export function longestGap(cron: string): number {
  const fields = largestFirst(cron);
  const at = fields.findIndex((field) => field !== '*');
  const size = FIELDS[at];
  if (!size) return SECOND;
  const step = /^\*\/(\d+)$/.exec(fields[at] ?? '')?.[1];
  return step === undefined ? size.whole : Number(step) * size.unit;
}

/** By the primary key of `crm_schedule_runs`: one look a schedule. */
export async function scheduleRuns(strapi: Core.Strapi): Promise<ScheduleRun[]> {
  const db = database(strapi);
  const runs: ScheduleRun[] = [];
  for (const { name, cron } of known.get(strapi) ?? []) {
    const last: { slot: number | string } | undefined = await db('crm_schedule_runs')
      .where({ name })
      .orderBy('slot', 'desc')
      .first('slot');
    const lastAt = last ? Number(last.slot) * SECOND : null;
    runs.push({ name, everyMs: longestGap(cron), lastAt });
  }
  return runs;
}
