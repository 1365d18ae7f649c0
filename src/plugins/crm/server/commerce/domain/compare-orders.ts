import type { Order } from '../../../shared/commerce';

type Comparable = Omit<Order, 'id'>;

/** Whether an order told again says anything new. The order of its lines does not matter. */
export function sameOrder(a: Comparable, b: Comparable): boolean {
  return fingerprint(a) === fingerprint(b);
}

function fingerprint(order: Comparable): string {
  const lines = order.lines.map((line) =>
    JSON.stringify([line.productCode, line.title, line.quantity, line.unitPrice]),
  );
  const { customerId, orderedAt, status, currency, total } = order;
  return JSON.stringify([customerId, orderedAt, status, currency, total, lines.sort()]);
}

/** An order told twice in one batch: the last word counts, its place is the first one's. */
export function lastOfEach<Entry extends { readonly orderNumber: string }>(
  orders: readonly Entry[],
): Entry[] {
  return [...new Map(orders.map((order) => [order.orderNumber, order])).values()];
}
