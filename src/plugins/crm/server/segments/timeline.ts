import type { Core } from '@strapi/strapi';

import type { TimelineSource } from '../customers';
import { database } from '../kernel';
import { movesOfPerson } from './store/history';

/** Into which segments a person went, and out of which. */
export function segmentTimeline({ strapi }: { strapi: Core.Strapi }): TimelineSource {
  return {
    kind: 'segment',
    async entries(query) {
      const moves = await movesOfPerson(database(strapi), query);
      return moves.map(({ segmentId, name, at, entered }) => {
        const type = entered ? 'entered' : 'left';
        return {
          id: `segment:${segmentId}:${type}:${at}`,
          kind: 'segment',
          type,
          at,
          title: { key: `timeline.segment.${type}`, params: { name } },
        };
      });
    },
  };
}
