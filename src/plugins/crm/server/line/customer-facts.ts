import type { Core } from '@strapi/strapi';

import type { LineFact } from '../../shared/line';
import type { CustomerFactSource } from '../customers';
import { database } from '../kernel';
import { friendsOfCustomers } from './store';

/** The LINE account linked last, beside each person in lists and on the record. */
export const lineFacts = ({ strapi }: { strapi: Core.Strapi }): CustomerFactSource => ({
  key: 'line',
  async of(customerIds) {
    const friends = await friendsOfCustomers(database(strapi), customerIds);
    const facts = new Map<number, LineFact>();
    for (const friend of friends) {
      if (friend.customerId === null || facts.has(friend.customerId)) continue;
      const { account, status, displayName, pictureUrl, linkedAt } = friend;
      facts.set(friend.customerId, { account, status, displayName, pictureUrl, linkedAt });
    }
    return facts;
  },
});
