import type { Core } from '@strapi/strapi';

import { consentService } from '../consent';
import { database, type PersonalData } from '../kernel';
import { addressesWrittenTo, copiesOfPerson, forgetRecipient } from './store/personal-data';

export const messageData = ({ strapi }: { strapi: Core.Strapi }): PersonalData => ({
  key: 'messages',
  copy: (customerId) => copiesOfPerson(database(strapi), customerId),
  /** What has not gone out does not; reports keep their counts, without address and content. */
  async erase(unit, customerId) {
    for (const channel of ['email', 'sms'] as const) {
      const written = await addressesWrittenTo(unit.trx, customerId, channel);
      await consentService(strapi).forgetSuppressed(unit, channel, written);
    }
    await forgetRecipient(unit.trx, customerId);
  },
});
