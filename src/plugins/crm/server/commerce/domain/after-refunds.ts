import type { Order } from '../../../shared/commerce';

/** An order less what was given back; given back whole, it counts no more. */
export function afterRefunds<O extends Pick<Order, 'total' | 'status'>>(
  order: O,
  refunded: number,
): O {
  if (refunded <= 0) return order;
  const isWhole = refunded >= order.total;
  return {
    ...order,
    total: isWhole ? order.total : order.total - refunded,
    status: isWhole && order.status !== 'cancelled' ? 'refunded' : order.status,
  };
}
