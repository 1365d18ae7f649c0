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
});
export type OrderLine = z.infer<typeof orderLineSchema>;

export const orderSchema = z.object({
  id: z.number().int(),
  orderNumber: z.string(),
  customerId: z.number().int(),
  orderedAt: z.number(),
  status: z.enum(orderStatuses),
  currency: z.string(),
  total: z.number().int(),
  lines: z.array(orderLineSchema),
});
export type Order = z.infer<typeof orderSchema>;

export const orderTotalsSchema = z.object({
  /** Placed and paid orders; cancelled and refunded ones do not count. */
  count: z.number().int(),
  spent: z.number().int(),
  lastOrderedAt: z.number().nullable(),
});
export type OrderTotals = z.infer<typeof orderTotalsSchema>;

export const customerOrdersSchema = z.object({
  data: z.array(orderSchema),
  totals: orderTotalsSchema,
  page: z.object({ next: z.number().optional() }),
});
export type CustomerOrders = z.infer<typeof customerOrdersSchema>;
