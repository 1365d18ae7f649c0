import type { Core } from '@strapi/strapi';

import { database, type HealthCheck, type HealthFinding, type HealthState } from '../../kernel';

import { eventQueue } from '../store';

const MINUTE_MS = 60_000;
const LATE = { yellow: 2 * MINUTE_MS, red: 10 * MINUTE_MS };

const stateOf = (age: number): HealthState => {
  if (age >= LATE.red) return 'red';
  return age >= LATE.yellow ? 'yellow' : 'green';
};

/** What follows from what people did: segments, tiers, timelines. */
export const eventsCheck = (strapi: Core.Strapi): HealthCheck => ({
  name: 'health.events',
  async look(now) {
    const { dead, oldestDue } = await eventQueue(database(strapi), now);
    const age = oldestDue === null ? 0 : now - oldestDue;
    const waiting: HealthFinding = {
      key: 'health.events',
      text: 'health.events',
      state: stateOf(age),
      params: { age: { ms: age } },
      path: null,
    };
    const failed: HealthFinding = {
      key: 'health.events-dead',
      text: 'health.events-dead',
      state: dead > 0 ? 'yellow' : 'green',
      params: { count: dead },
      path: null,
    };
    return [waiting, failed];
  },
});
