import type { Core } from '@strapi/strapi';

import { database, type PersonalData } from '../kernel';
import { forgetPerson } from './leaving';
import { metBy } from './store/people';

export const experimentData = ({ strapi }: { strapi: Core.Strapi }): PersonalData => ({
  key: 'experiments',
  copy: async (customerId) =>
    (await metBy(database(strapi), customerId)).map(({ experiment, variant, exposed_at: at }) => ({
      experiment,
      variant,
      metAt: new Date(Number(at)).toISOString(),
    })),
  // That somebody met it, and what it led to, still counts; that it was she is gone.
  erase: ({ trx }, customerId) => forgetPerson(strapi, trx, customerId),
});
