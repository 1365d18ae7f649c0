/** PUBLIC: what other features may use of commerce. */
import type { Order, OrderLine, OrderStatus, OrderTotals } from '../../shared/commerce';
import { defineEvent, defineService, type Result, type UnitOfWork } from '../kernel';

export type { Order, OrderLine, OrderStatus, OrderTotals };
export { countedStatuses } from '../../shared/commerce';

/** Orders that are new or whose amount, state or owner changed; one event per batch. */
export const ordersPlaced = defineEvent<{ orderIds: number[]; customerIds: number[] }>(
  'order.placed',
);

/** An order as it is told to us; its number decides whether it is new. */
export interface OrderInput {
  readonly orderNumber: string;
  readonly customerId: number;
  readonly orderedAt: Date;
  readonly status: OrderStatus;
  /** JPY when left out. */
  readonly currency?: string;
  /** Integer yen: what the customer paid, shipping and discounts included. */
  readonly total: number;
  readonly lines: readonly OrderLine[];
}

/** What became of the orders given, by order number. */
export interface RecordedOrders {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly unchanged: readonly string[];
  /** Orders that were written, as they were before and as they are now. */
  readonly written: readonly { readonly before: Order | null; readonly after: Order }[];
}

/** Money given back for an order; the reference is the shop's own and counts once. */
export interface RefundInput {
  readonly orderNumber: string;
  readonly reference: string;
  /** Integer yen. */
  readonly amount: number;
  /** Now, when left out. */
  readonly refundedAt?: Date;
}

/** Orders of customers. */
export interface CommerceService {
  /** Set-based; the same order twice is one order, a changed one replaces what was known. */
  recordOrders(unit: UnitOfWork, orders: readonly OrderInput[]): Promise<RecordedOrders>;
  /**
   * Lowers what the order counts for; the same reference twice is one refund. Refuses
   * `commerce.unknown-order` (404) and `commerce.refund-too-large` (409).
   */
  recordRefund(unit: UnitOfWork, refund: RefundInput): Promise<Result<Order>>;
  /** Newest first, strictly before `before` (epoch ms). */
  ordersOf(customerId: number, page?: { before?: number; limit?: number }): Promise<Order[]>;
  totals(customerId: number): Promise<OrderTotals>;
  /** Totals of many customers in one query, of all time or since; those without orders are left out. */
  totalsOf(customerIds: readonly number[], since?: Date): Promise<ReadonlyMap<number, OrderTotals>>;
}

/** Typed getter of the commerce service. */
export const commerceService = defineService<CommerceService>('commerce');
