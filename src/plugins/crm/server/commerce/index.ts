/** PUBLIC: what other features may use of commerce. */
import type {
  Order,
  OrderDetail,
  OrderLine,
  OrderStatus,
  OrderTotals,
  Payment,
  PaymentStatus,
  Refund,
} from '../../shared/commerce';
import type { Product, Subscription } from '../../shared/products';
import { defineEvent, defineService, type Result, type UnitOfWork } from '../kernel';

export type { Order, OrderLine, OrderStatus, OrderTotals, Payment, Product, Refund, Subscription };
export { countedStatuses } from '../../shared/commerce';

/** Orders that are new or whose amount, state or owner changed; one event per batch. */
export const ordersPlaced = defineEvent<{ orderIds: number[]; customerIds: number[] }>(
  'order.placed',
);

/** Products that are in another category than before, or in one for the first time. */
export const productsChanged = defineEvent<{ codes: string[] }>('products.changed');

/** Subscriptions of these customers are new or changed; one event per batch. */
export const subscriptionsChanged = defineEvent<{ customerIds: number[] }>('subscriptions.changed');

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
  /** When the shop changed it: older than what is known, it is ignored. */
  readonly updatedAt?: Date;
  readonly lines: readonly OrderLine[];
}

/** What became of what was told, by the shop's own number, code or id. */
export interface Recorded<Written> {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly unchanged: readonly string[];
  /** Told late, after something newer. */
  readonly ignored: readonly string[];
  /** What was written, as it was before and as it is now. */
  readonly written: readonly Written[];
}

export type RecordedOrders = Recorded<{ readonly before: Order | null; readonly after: Order }>;
export type RecordedProducts = Recorded<{
  readonly before: Product | null;
  readonly after: Product & { readonly id: number };
}>;
export type RecordedSubscriptions = Recorded<{
  readonly before: Subscription | null;
  readonly after: Subscription;
}>;

/** Money given back for an order; the reference is the shop's own and counts once. */
export interface RefundInput {
  readonly orderNumber: string;
  readonly reference: string;
  /** Integer yen. */
  readonly amount: number;
  /** Now, when left out. */
  readonly refundedAt?: Date;
  readonly reason?: string;
  /** What came back, by the shop's id of the line or by the product. */
  readonly lines?: readonly {
    readonly lineId?: string;
    readonly productCode?: string;
    readonly quantity: number;
    readonly amount: number;
  }[];
}

/** A payment of an order; provider and reference decide whether it is new. */
export interface PaymentInput {
  readonly orderNumber: string;
  readonly provider?: string;
  readonly reference: string;
  readonly method: string;
  /** Integer yen. */
  readonly amount: number;
  readonly status: PaymentStatus;
  /** Of a payment that is made: now, when left out. */
  readonly paidAt?: Date;
  readonly updatedAt?: Date;
}

/** What became of something that was told. */
export type ToldOutcome = 'created' | 'updated' | 'unchanged' | 'ignored';

/** A payment or a refund that was taken, and its order as it is now. */
export interface RecordedMoney {
  readonly order: Order;
  readonly outcome: ToldOutcome;
}

/** Orders of customers. */
export interface CommerceService {
  /** Set-based; the same order twice is one order, a changed one replaces what was known. */
  recordOrders(unit: UnitOfWork, orders: readonly OrderInput[]): Promise<RecordedOrders>;
  /**
   * Lowers what the order counts for; the same reference twice is one refund. Refuses
   * `commerce.unknown-order` (404), `commerce.unknown-line` (422), `commerce.refund-too-large`,
   * `commerce.return-too-many` and `commerce.refund-differs` (409).
   */
  recordRefund(unit: UnitOfWork, refund: RefundInput): Promise<Result<RecordedMoney>>;
  /**
   * A placed order is paid once its payments make up its total. Refuses `commerce.unknown-order`
   * (404), `commerce.payment-elsewhere` and `commerce.refund-too-large` (409): more was given back
   * than would be left as paid.
   */
  recordPayment(unit: UnitOfWork, payment: PaymentInput): Promise<Result<RecordedMoney>>;
  /** Set-based; the code decides whether a product is new. */
  recordProducts(unit: UnitOfWork, products: readonly Product[]): Promise<RecordedProducts>;
  /** Set-based; the shop's own id decides whether a subscription is new. */
  recordSubscriptions(
    unit: UnitOfWork,
    subscriptions: readonly Omit<Subscription, 'id'>[],
  ): Promise<RecordedSubscriptions>;
  /** Newest first, a few hundred at most. */
  subscriptionsOf(customerId: number): Promise<Subscription[]>;
  /** Newest first, strictly before `before` (epoch ms). */
  ordersOf(customerId: number, page?: { before?: number; limit?: number }): Promise<Order[]>;
  /** The orders with their payments and refunds. */
  detailsOf(orders: readonly Order[]): Promise<OrderDetail[]>;
  /** Yen given back to a customer, of all orders. */
  refundedOf(customerId: number): Promise<number>;
  totals(customerId: number): Promise<OrderTotals>;
  /** Totals of many customers in one query, of all time or since; those without orders are left out. */
  totalsOf(customerIds: readonly number[], since?: Date): Promise<ReadonlyMap<number, OrderTotals>>;
}

/** Typed getter of the commerce service. */
export const commerceService = defineService<CommerceService>('commerce');
