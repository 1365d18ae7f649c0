import type { Core } from '@strapi/strapi';

import type { TimelineSource } from '../customers';
import { database } from '../kernel';
import { eventsOfCustomer } from './store/events';

/** What the person did on the site, on their timeline: `timeline.behaviour.<type>`. */
export function behaviourTimeline({ strapi }: { strapi: Core.Strapi }): TimelineSource {
  return {
    kind: 'behaviour',
    async entries(query) {
      const rows = await eventsOfCustomer(database(strapi), query);
      return rows.map((row) => ({
        id: `behaviour:${row.id}`,
        kind: 'behaviour',
        type: row.type,
        at: Number(row.occurred_at),
        title: { key: `timeline.behaviour.${row.type}`, params: { name: row.name } },
      }));
    },
  };
}
