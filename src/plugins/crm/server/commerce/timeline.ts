import type { Core } from '@strapi/strapi';

import type { Order, ReturnedLine } from '../../shared/commerce';
import type { TimelineEntry, TimelineSource } from '../customers';
import { clock, database } from '../kernel';
import { refundsOfCustomer } from './store/refunds';
import { findByNumbers, ordersOf } from './store/orders';
import { subscriptionMoments } from './store/subscriptions';

type Source = (feature: { strapi: Core.Strapi }) => TimelineSource;

/** As it was told: what was given back later stands where it happened. */
const orderTimeline: Source = ({ strapi }) => ({
  kind: 'order',
  async entries({ customerId, before, limit }) {
    const orders = await ordersOf(database(strapi), customerId, { before, limit });
    return orders.map((order) => ({
      id: `order:${order.id}`,
      kind: 'order',
      type: order.toldStatus,
      at: order.orderedAt,
      title: {
        key: `timeline.order.${order.toldStatus}`,
        params: { number: order.orderNumber, total: order.toldTotal },
      },
      detail: {
        items: order.lines.map((line) => `${line.title} × ${line.quantity}`).join('\n'),
      },
    }));
  },
});

/** As the order called it; a shop may take back what the order did not name. */
const titleOf = (order: Order | undefined, { lineId, productCode }: ReturnedLine): string =>
  order?.lines.find((line) =>
    lineId === null ? line.productCode === productCode : line.lineId === lineId,
  )?.title ?? productCode;

const refundTimeline: Source = ({ strapi }) => ({
  kind: 'refund',
  async entries({ customerId, before, limit }) {
    const refunds = await refundsOfCustomer(database(strapi), customerId, { before, limit });
    const returned = refunds.filter(({ lines }) => lines.length > 0);
    const orders = await findByNumbers(
      database(strapi),
      returned.map(({ orderNumber }) => orderNumber),
    );
    return refunds.map((refund) => {
      const order = orders.find(({ orderNumber }) => orderNumber === refund.orderNumber);
      const type = refund.lines.length > 0 ? 'returned' : 'refunded';
      return {
        id: `refund:${refund.orderNumber} ${refund.reference}`,
        kind: 'refund',
        type,
        at: refund.refundedAt,
        title: {
          key: `timeline.refund.${type}`,
          params: { number: refund.orderNumber, total: refund.amount },
        },
        detail: {
          items: refund.lines
            .map((line) => `${titleOf(order, line)} × ${line.quantity}`)
            .join('\n'),
          reason: refund.reason,
        },
      };
    });
  },
});

const subscriptionTimeline: Source = ({ strapi }) => ({
  kind: 'subscription',
  async entries({ customerId, before, limit }) {
    // What ends next year has not happened yet.
    const until = Math.min(before, clock(strapi).now().getTime() + 1);
    const moments = await subscriptionMoments(database(strapi), customerId, { until, limit });
    return moments.map(({ subscription, type, at }): TimelineEntry => ({
      id: `subscription:${subscription.id}:${type}`,
      kind: 'subscription',
      type,
      at,
      title: {
        key: `timeline.subscription.${type}`,
        params: { name: subscription.title, total: subscription.amount },
      },
    }));
  },
});

export const commerceTimelines: readonly Source[] = [
  orderTimeline,
  refundTimeline,
  subscriptionTimeline,
];
