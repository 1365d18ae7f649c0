import type { Core } from '@strapi/strapi';

import { database, type PersonalData } from '../kernel';
import { commerceService } from './index';
import { blankReasons } from './store/refunds';
import { ordersOf } from './store/orders';

const MOST = 10_000;

export const orderData = ({ strapi }: { strapi: Core.Strapi }): PersonalData => ({
  key: 'orders',
  copy: async (customerId) => {
    const page = { before: Number.MAX_SAFE_INTEGER, limit: MOST };
    const orders = await ordersOf(database(strapi), customerId, page);
    const details = await commerceService(strapi).detailsOf(orders);
    return details.map(({ id: _id, customerId: _customerId, ...order }) => order);
  },
  // The law wants orders kept for years. Nothing in them names her, and the customer behind them
  // does not either any more; only why something came back is in somebody's own words.
  erase: (unit, customerId) => blankReasons(unit.trx, customerId),
});

export const subscriptionData = ({ strapi }: { strapi: Core.Strapi }): PersonalData => ({
  key: 'subscriptions',
  copy: async (customerId) => {
    const subscriptions = await commerceService(strapi).subscriptionsOf(customerId);
    return subscriptions.map(({ id: _id, customerId: _customerId, ...told }) => told);
  },
  // As with orders: what was agreed and paid is kept, and names nobody.
  erase: () => Promise.resolve(),
});
