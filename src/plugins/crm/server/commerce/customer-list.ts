/** What commerce adds to people in lists: how often and how much they bought. */
import type { Core } from '@strapi/strapi';

import type { CustomerFactSource } from '../customers';
import { database } from '../kernel';
import { totalsOf } from './store/orders';

export function orderFacts({ strapi }: { strapi: Core.Strapi }): CustomerFactSource {
  return { key: 'orders', of: (customerIds) => totalsOf(database(strapi), customerIds) };
}
