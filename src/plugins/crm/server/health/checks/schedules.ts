import type { Core } from '@strapi/strapi';

import {
  knownNodes,
  scheduleRuns,
  type HealthCheck,
  type HealthFinding,
  type ScheduleRun,
} from '../../kernel';

/** A tick may come late while the machine is busy; twice missed is not busy. */
const PATIENCE_MS = 90_000;

/** Before anybody could have run it, nothing is late. */
const isLate = ({ everyMs, lastAt }: ScheduleRun, since: number, now: number): boolean =>
  now - Math.max(lastAt ?? 0, since) > everyMs + PATIENCE_MS;

/** What runs by itself at its time: did it? */
export const schedulesCheck = (strapi: Core.Strapi): HealthCheck => ({
  name: 'health.schedules',
  async look(now) {
    const nodes = await knownNodes(strapi);
    const since = nodes.length > 0 ? Math.min(...nodes.map(({ startedAt }) => startedAt)) : now;
    const runs = await scheduleRuns(strapi);
    const late = runs.filter((run) => isLate(run, since, now));
    const ages = late.map(({ lastAt }) => now - (lastAt ?? since));
    const finding: HealthFinding = {
      key: 'health.schedules',
      text: 'health.schedules',
      state: late.length > 0 ? 'red' : 'green',
      params: {
        count: late.length > 0 ? late.length : runs.length,
        names: late.map(({ name }) => name).join(', '),
        age: { ms: Math.max(0, ...ages) },
      },
      path: null,
    };
    return [finding];
  },
});
