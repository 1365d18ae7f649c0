import type { Core } from '@strapi/strapi';

import { database, type PersonalData } from '../kernel';
import { forgetStays } from './store/forget';
import { staysOfPerson } from './store/history';

export const segmentData = ({ strapi }: { strapi: Core.Strapi }): PersonalData => ({
  key: 'segments',
  copy: (customerId) => staysOfPerson(database(strapi), customerId),
  erase: (unit, customerId) => forgetStays(unit.trx, [customerId]),
});
