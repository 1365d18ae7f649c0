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

const reference = z.string().trim().min(1).max(255);
const yen = z.number().int().min(-1_000_000_000_000).max(1_000_000_000_000);

/** An order as a shop tells it over the API; its number decides whether it is new. */
export const orderApiSchema = z.object({
  orderNumber: reference,
  /** Whose it is: the shop's number of the person, or the e-mail address. */
  customerNumber: reference.optional(),
  email: z.string().max(255).optional(),
  orderedAt: z.iso.datetime({ offset: true }),
  status: z.enum(orderStatuses).default('paid'),
  currency: z.string().length(3).default('JPY'),
  total: yen,
  lines: z
    .array(
      z.object({
        productCode: reference,
        title: z.string().max(1000),
        quantity: z.number().int(),
        unitPrice: yen,
      }),
    )
    .max(1000)
    .default([]),
});
export type OrderApiInput = z.infer<typeof orderApiSchema>;

/** Money given back for an order, in part or in full. The reference is the shop's own. */
export const refundApiSchema = z.object({
  reference,
  amount: z.number().int().positive().max(1_000_000_000_000),
  at: z.iso.datetime({ offset: true }).optional(),
});
export type RefundApiInput = z.infer<typeof refundApiSchema>;

/** Events of the signed webhook. The id is the shop's own: an event is taken once. */
export const orderWebhookEventSchema = z.discriminatedUnion('type', [
  z.object({ id: reference, type: z.literal('order'), data: orderApiSchema }),
  z.object({
    id: reference,
    type: z.literal('refund'),
    data: refundApiSchema.extend({ orderNumber: reference }),
  }),
]);
export type OrderWebhookEvent = z.infer<typeof orderWebhookEventSchema>;

export const orderWebhookSchema = z.object({
  events: z.array(orderWebhookEventSchema).min(1).max(500),
});

export const orderWebhookOutcomeSchema = z.object({
  id: z.string(),
  /** `known`: taken before. `refused`: send it again once the reason in `code` is gone. */
  outcome: z.enum(['taken', 'known', 'refused']),
  code: z.string().optional(),
});
export type OrderWebhookOutcome = z.infer<typeof orderWebhookOutcomeSchema>;

export const orderWebhookAnswerSchema = z.object({ data: z.array(orderWebhookOutcomeSchema) });
