import type { Core } from '@strapi/strapi';

import { database, type PersonalData } from '../kernel';
import { ordersOf } from './store';

const MOST = 10_000;

export const orderData = ({ strapi }: { strapi: Core.Strapi }): PersonalData => ({
  key: 'orders',
  copy: async (customerId) => {
    const page = { before: Number.MAX_SAFE_INTEGER, limit: MOST };
    const orders = await ordersOf(database(strapi), customerId, page);
    return orders.map(({ id: _id, customerId: _customerId, ...order }) => order);
  },
  // The law wants orders kept for years. Nothing in them names her; the customer behind them does
  // not either any more.
  erase: () => Promise.resolve(),
});
