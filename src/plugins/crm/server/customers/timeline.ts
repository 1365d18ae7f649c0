import type { Core } from '@strapi/strapi';

import { database } from '../kernel';
import type { TimelineSource } from './extensions';
import { mergesOf } from './store/merges';

/** What happened to the record itself. */
export function recordTimeline({ strapi }: { strapi: Core.Strapi }): TimelineSource {
  return {
    kind: 'record',
    async entries({ customerId, before, limit }) {
      const merges = await mergesOf(database(strapi), { into: customerId, before, limit });
      return merges.map((merge) => ({
        id: `record:${merge.id}`,
        kind: 'record',
        type: 'merged',
        at: merge.at,
        title: {
          key: merge.undoneAt === null ? 'timeline.record.merged' : 'timeline.record.merge-undone',
          params: { name: merge.name },
        },
      }));
    },
  };
}
