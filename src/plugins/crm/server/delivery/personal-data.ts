import type { Core } from '@strapi/strapi';

import { database, type PersonalData } from '../kernel';
import { copiesOfPerson, forgetRecipient } from './store/personal-data';

export const messageData = ({ strapi }: { strapi: Core.Strapi }): PersonalData => ({
  key: 'messages',
  copy: (customerId) => copiesOfPerson(database(strapi), customerId),
  /** What has not gone out does not; reports keep their counts, without address and content. */
  erase: (unit, customerId) => forgetRecipient(unit.trx, customerId),
});
