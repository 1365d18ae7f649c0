import type { Core } from '@strapi/strapi';

import { database, type PersonalData } from '../kernel';
import { eventsOfPerson, forgetPerson } from './store';

const MOST = 10_000;

export const behaviourData = ({ strapi }: { strapi: Core.Strapi }): PersonalData => ({
  key: 'behaviour',
  /** The newest ten thousand. */
  copy: (customerId) => eventsOfPerson(database(strapi), customerId, MOST),
  /** What happened stays as a number; who it was, and from which browser, is gone. */
  erase: (unit, customerId) => forgetPerson(unit.trx, customerId),
});
