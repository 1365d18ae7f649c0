import type { Core } from '@strapi/strapi';

import { database, type PersonalData } from '../kernel';
import { forgetPerson, metBy } from './store';

export const experimentData = ({ strapi }: { strapi: Core.Strapi }): PersonalData => ({
  key: 'experiments',
  copy: async (customerId) =>
    (await metBy(database(strapi), customerId)).map(({ experiment, variant, exposed_at: at }) => ({
      experiment,
      variant,
      metAt: new Date(Number(at)).toISOString(),
    })),
  // That somebody met it still counts; that it was she is gone.
  erase: ({ trx }, customerId) => forgetPerson(trx, customerId),
});
