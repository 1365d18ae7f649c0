import type { Core } from '@strapi/strapi';

import { database, type PersonalData } from '../kernel';
import { eventsOfPerson, forgetPerson } from './store/events';
import { forgetVisitors } from './store/visitors';

const MOST = 10_000;

export const behaviourData = ({ strapi }: { strapi: Core.Strapi }): PersonalData => ({
  key: 'behaviour',
  /** The newest ten thousand. */
  copy: (customerId) => eventsOfPerson(database(strapi), customerId, MOST),
  /** What happened stays as a number; who it was, and from which browser, is gone. */
  async erase(unit, customerId) {
    await forgetPerson(unit.trx, customerId);
    await forgetVisitors(unit.trx, customerId);
  },
});
