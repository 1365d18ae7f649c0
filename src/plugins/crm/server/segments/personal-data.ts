import type { Core } from '@strapi/strapi';

import { database, type PersonalData } from '../kernel';
import { leaveAll, segmentNamesOf } from './store/membership';

export const segmentData = ({ strapi }: { strapi: Core.Strapi }): PersonalData => ({
  key: 'segments',
  copy: async (customerId) => {
    const names = await segmentNamesOf(database(strapi), [customerId]);
    return (names.get(customerId) ?? []).map(({ name }) => name);
  },
  erase: (unit, customerId) => leaveAll(unit.trx, customerId),
});
