import type { OrderStatus } from '../../../shared/commerce';

/** Money of an order that we were told of, in yen. */
export interface OrderMoney {
  /** What its payments brought; null: no payment was ever told, the state of the order speaks. */
  readonly paid: number | null;
  readonly refunded: number;
}

interface Told {
  readonly toldTotal: number;
  readonly toldStatus: OrderStatus;
}

/** What an order counts for: less what was given back; given back whole, it counts no more. */
export function settleOrder(
  { toldTotal, toldStatus }: Told,
  { paid, refunded }: OrderMoney,
): { readonly total: number; readonly status: OrderStatus } {
  const isPaid = toldStatus === 'placed' && paid !== null && paid > 0 && paid >= toldTotal;
  const status = isPaid ? 'paid' : toldStatus;
  if (refunded <= 0) return { total: toldTotal, status };
  if (refunded < toldTotal) return { total: toldTotal - refunded, status };
  return { total: toldTotal, status: status === 'cancelled' ? status : 'refunded' };
}

/** Nobody gives back more than was paid. An order that is only placed has brought nothing yet. */
export function refundable(
  { toldTotal, toldStatus }: Told,
  { paid, refunded }: OrderMoney,
): number {
  const told = toldStatus === 'placed' ? 0 : toldTotal;
  return Math.max(0, (paid ?? told) - refunded);
}
