import type { Core } from '@strapi/strapi';

import { database, type PersonalData } from '../kernel';
import { eventsOf, forgetUnits } from './store';

/** What she was shown; counts stay when she is forgotten, without her. */
export const onsiteData = ({ strapi }: { strapi: Core.Strapi }): PersonalData => ({
  key: 'onsite',
  copy: async (customerId) =>
    (await eventsOf(database(strapi), `c:${customerId}`)).map(({ message, type, at }) => ({
      message,
      type,
      at: new Date(Number(at)).toISOString(),
    })),
  erase: ({ trx }, customerId) => forgetUnits(trx, [`c:${customerId}`]),
});
