/** Contracts of commerce: orders and what they add up to. */
import { z } from 'zod';

export const orderStatuses = ['placed', 'paid', 'cancelled', 'refunded'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** Orders of these states count as spending. */
export const countedStatuses: readonly OrderStatus[] = ['placed', 'paid'];

export const orderLineSchema = z.object({
  productCode: z.string(),
  title: z.string(),
  quantity: z.number().int(),
  /** Integer yen. */
  unitPrice: z.number().int(),
  /** The shop's own id of the line; returns may name it. */
  lineId: z.string().optional(),
  /** What of it came back, and the yen given back for that. */
  returnedQuantity: z.number().int().optional(),
  returnedAmount: z.number().int().optional(),
});
export type OrderLine = z.infer<typeof orderLineSchema>;

export const orderSchema = z.object({
  id: z.number().int(),
  orderNumber: z.string(),
  customerId: z.number().int(),
  orderedAt: z.number(),
  status: z.enum(orderStatuses),
  currency: z.string(),
  /** What it counts for: as told, less what was given back. One given back whole does not count. */
  total: z.number().int(),
  /** As the shop told it last, before payments and refunds. */
  toldTotal: z.number().int(),
  toldStatus: z.enum(orderStatuses),
  /** Instant of the shop's change that we know; null when it never told one. */
  toldAt: z.number().nullable(),
  lines: z.array(orderLineSchema),
});
export type Order = z.infer<typeof orderSchema>;

export const paymentStatuses = ['pending', 'paid', 'failed', 'cancelled'] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

export const paymentSchema = z.object({
  orderNumber: z.string(),
  /** Who took the money, and its reference there; the two together are one payment. */
  provider: z.string(),
  reference: z.string(),
  method: z.string(),
  amount: z.number().int(),
  status: z.enum(paymentStatuses),
  paidAt: z.number().nullable(),
  toldAt: z.number().nullable(),
});
export type Payment = z.infer<typeof paymentSchema>;

export const returnedLineSchema = z.object({
  productCode: z.string(),
  lineId: z.string().nullable(),
  quantity: z.number().int(),
  amount: z.number().int(),
});
export type ReturnedLine = z.infer<typeof returnedLineSchema>;

export const refundSchema = z.object({
  orderNumber: z.string(),
  reference: z.string(),
  amount: z.number().int(),
  refundedAt: z.number(),
  reason: z.string().nullable(),
  lines: z.array(returnedLineSchema),
});
export type Refund = z.infer<typeof refundSchema>;

/** An order with the money of it. */
export const orderDetailSchema = orderSchema.extend({
  payments: z.array(paymentSchema),
  refunds: z.array(refundSchema),
});
export type OrderDetail = z.infer<typeof orderDetailSchema>;

export const orderTotalsSchema = z.object({
  /** Placed and paid orders; cancelled and refunded ones do not count. */
  count: z.number().int(),
  spent: z.number().int(),
  lastOrderedAt: z.number().nullable(),
});
export type OrderTotals = z.infer<typeof orderTotalsSchema>;

export const customerOrdersSchema = z.object({
  data: z.array(orderDetailSchema),
  totals: orderTotalsSchema,
  /** Yen given back, of all their orders. */
  refunded: z.number().int(),
  page: z.object({ next: z.number().optional() }),
});
export type CustomerOrders = z.infer<typeof customerOrdersSchema>;
