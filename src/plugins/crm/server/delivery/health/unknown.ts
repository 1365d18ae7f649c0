import type { Core } from '@strapi/strapi';

import { database, type HealthCheck, type HealthState } from '../../kernel';

import { countUnknown } from '../store/health';

/** A line that breaks now and then leaves one; so many at once mean that something goes wrong. */
const MANY = 50;

const stateOf = (count: number): HealthState => {
  if (count >= MANY) return 'red';
  return count > 0 ? 'yellow' : 'green';
};

/** Messages that a person has to decide about. */
export const unknownCheck = (strapi: Core.Strapi): HealthCheck => ({
  name: 'delivery.unknown',
  async look() {
    const count = await countUnknown(database(strapi));
    return [
      {
        key: 'delivery.unknown',
        text: 'delivery.health.unknown',
        state: stateOf(count),
        params: { count },
        path: 'campaigns/unknown',
      },
    ];
  },
});
