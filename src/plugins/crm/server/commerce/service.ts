import type { Core } from '@strapi/strapi';

import type { Order, OrderDetail } from '../../shared/commerce';
import { database, type Database } from '../kernel';
import type { CommerceService } from './index';
import { recordOrders } from './record-orders';
import { recordPayments } from './record-payments';
import { recordProducts } from './record-products';
import { recordRefunds } from './record-refunds';
import { recordSubscriptions } from './record-subscriptions';
import { ordersOf, totalsOf } from './store/orders';
import { paymentsOf } from './store/payments';
import { refundedOfCustomer, refundsOf } from './store/refunds';
import { subscriptionsOf } from './store/subscriptions';

/** Nobody has more than a screen shows. */
const MOST_SUBSCRIPTIONS = 200;

const NO_ORDERS = { count: 0, spent: 0, lastOrderedAt: null } as const;

async function detailsOf(db: Database, orders: readonly Order[]): Promise<OrderDetail[]> {
  const numbers = orders.map(({ orderNumber }) => orderNumber);
  const payments = await paymentsOf(db, numbers);
  const refunds = await refundsOf(db, numbers);
  return orders.map((order) => {
    const isOwn = ({ orderNumber }: { orderNumber: string }) => orderNumber === order.orderNumber;
    return { ...order, payments: payments.filter(isOwn), refunds: refunds.filter(isOwn) };
  });
}

function only<T>([one]: readonly T[]): T {
  if (one === undefined) throw new Error('Nothing was answered for what was told');
  return one;
}

export function createCommerceService({ strapi }: { strapi: Core.Strapi }): CommerceService {
  const db = () => database(strapi);
  return {
    recordOrders: (unit, orders) => recordOrders(unit, orders),
    recordRefund: async (unit, refund) => only(await recordRefunds(strapi, unit, [refund])),
    recordPayment: async (unit, payment) =>
      only((await recordPayments(strapi, unit, { payments: [payment], onlyNew: false })).outcomes),
    recordProducts: (unit, products) => recordProducts(unit, products),
    recordSubscriptions: (unit, subscriptions) => recordSubscriptions(unit, subscriptions),
    subscriptionsOf: (customerId) => subscriptionsOf(db(), customerId, MOST_SUBSCRIPTIONS),
    ordersOf: (customerId, { before = Number.MAX_SAFE_INTEGER, limit = 50 } = {}) =>
      ordersOf(db(), customerId, { before, limit }),
    detailsOf: (orders) => detailsOf(db(), orders),
    refundedOf: (customerId) => refundedOfCustomer(db(), customerId),
    totals: async (customerId) => (await totalsOf(db(), [customerId])).get(customerId) ?? NO_ORDERS,
    totalsOf: (customerIds, since) => totalsOf(db(), customerIds, since?.getTime()),
  };
}
