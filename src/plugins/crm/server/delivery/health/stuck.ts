import type { Core } from '@strapi/strapi';

import { database, type HealthCheck } from '../../kernel';

import { stuckLeases } from '../store/health';

/** The sweep comes every five seconds; whatever it leaves for so long, it does not find. */
const STUCK_MS = 60_000;

/** Rows of dead workers that nobody takes back. */
export const stuckCheck = (strapi: Core.Strapi): HealthCheck => ({
  name: 'delivery.stuck',
  async look(now) {
    const { rows, since } = await stuckLeases(database(strapi), now - STUCK_MS);
    return [
      {
        key: 'delivery.stuck',
        text: 'delivery.health.stuck',
        state: rows > 0 ? 'red' : 'green',
        params: { count: rows, age: { ms: since === null ? 0 : now - since } },
        path: null,
      },
    ];
  },
});
