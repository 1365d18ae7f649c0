import type { Core } from '@strapi/strapi';

import type { TimelineSource } from '../customers';
import { database } from '../kernel';
import { ordersOf } from './store';

export function orderTimeline({ strapi }: { strapi: Core.Strapi }): TimelineSource {
  return {
    kind: 'order',
    async entries({ customerId, before, limit }) {
      const orders = await ordersOf(database(strapi), customerId, { before, limit });
      return orders.map((order) => ({
        id: `order:${order.id}`,
        kind: 'order',
        type: order.status,
        at: order.orderedAt,
        title: {
          key: `timeline.order.${order.status}`,
          params: { number: order.orderNumber, total: order.total },
        },
        detail: {
          items: order.lines.map((line) => `${line.title} × ${line.quantity}`).join('\n'),
        },
      }));
    },
  };
}
