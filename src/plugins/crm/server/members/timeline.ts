import type { Core } from '@strapi/strapi';

import type { TimelineSource } from '../customers';
import { database } from '../kernel';
import { memberEventsBefore } from './store/events';

/** What a member did with her account. */
export const memberTimeline = ({ strapi }: { strapi: Core.Strapi }): TimelineSource => ({
  kind: 'member',
  async entries(query) {
    const events = await memberEventsBefore(database(strapi), query);
    return events.map(({ id, type, at, detail }) => ({
      id: `member-${id}`,
      kind: 'member',
      type,
      at,
      title: {
        key: `timeline.member.${type}`,
        params: Object.fromEntries(
          Object.entries(detail).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
        ),
      },
    }));
  },
});
