import type { Core } from '@strapi/strapi';

import {
  knownNodes,
  NODE_SILENT_MS,
  scheduleRuns,
  type HealthCheck,
  type HealthFinding,
  type NodeRow,
  type ScheduleRun,
} from '../../kernel';

/** A tick may come late while the machine is busy; twice missed is not busy. */
const PATIENCE_MS = 90_000;

/**
 * Since when somebody could have run them: whoever has just come back after an outage is not late.
 * With nobody alive it is they who are missed.
 */
function ableSince(nodes: readonly NodeRow[], now: number): number {
  const working = nodes.filter(({ works }) => works);
  const alive = working.filter(({ seenAt }) => now - seenAt < NODE_SILENT_MS);
  const counted = alive.length > 0 ? alive : working;
  return Math.min(now, ...counted.map(({ startedAt }) => startedAt));
}

/** Before anybody could have run it, nothing is late. */
const isLate = ({ everyMs, lastAt }: ScheduleRun, since: number, now: number): boolean =>
  now - Math.max(lastAt ?? 0, since) > everyMs + PATIENCE_MS;

/** What runs by itself at its time: did it? */
export const schedulesCheck = (strapi: Core.Strapi): HealthCheck => ({
  name: 'health.schedules',
  async look(now) {
    const since = ableSince(await knownNodes(strapi), now);
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
