import type { Order } from '../../../shared/commerce';

/** What a shop told; payments and refunds are no part of it. */
type Comparable = Pick<
  Order,
  'customerId' | 'orderedAt' | 'currency' | 'toldTotal' | 'toldStatus' | 'lines'
>;

/** Whether an order told again says anything new. The order of its lines does not matter. */
export function sameOrder(a: Comparable, b: Comparable): boolean {
  return fingerprint(a) === fingerprint(b);
}

function fingerprint(order: Comparable): string {
  const lines = order.lines.map((line) =>
    JSON.stringify([
      line.productCode,
      line.title,
      line.quantity,
      line.unitPrice,
      line.lineId ?? null,
    ]),
  );
  const { customerId, orderedAt, toldStatus, currency, toldTotal } = order;
  return JSON.stringify([customerId, orderedAt, toldStatus, currency, toldTotal, lines.sort()]);
}
