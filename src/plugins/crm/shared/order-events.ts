/** Events of the signed webhook, and what it answers. */
import { z } from 'zod';

import {
  instant,
  orderApiSchema,
  paymentApiSchema,
  reference,
  refundApiSchema,
} from './commerce-api';
import { productApiSchema, subscriptionApiSchema } from './products';

const ofOrder = z.object({ orderNumber: reference });
const told = { id: reference, occurredAt: instant.optional() };

/**
 * Events of the signed webhook. The id is the shop's own: an event is taken once. `occurredAt`: what
 * came before something we know already changes nothing.
 */
export const orderWebhookEventSchema = z.discriminatedUnion('type', [
  z.object({ ...told, type: z.literal('order'), data: orderApiSchema }),
  z.object({ ...told, type: z.literal('refund'), data: ofOrder.and(refundApiSchema) }),
  z.object({ ...told, type: z.literal('payment'), data: ofOrder.and(paymentApiSchema) }),
  z.object({ ...told, type: z.literal('product'), data: productApiSchema }),
  z.object({ ...told, type: z.literal('subscription'), data: subscriptionApiSchema }),
]);
export type OrderWebhookEvent = z.infer<typeof orderWebhookEventSchema>;

export const orderWebhookSchema = z.object({
  events: z.array(orderWebhookEventSchema).min(1).max(500),
});

export const orderWebhookOutcomeSchema = z.object({
  id: z.string(),
  /**
   * `known`: taken before. `ignored`: something newer is known. `refused`: send it again once the
   * reason in `code` is gone.
   */
  outcome: z.enum(['taken', 'known', 'ignored', 'refused']),
  code: z.string().optional(),
});
export type OrderWebhookOutcome = z.infer<typeof orderWebhookOutcomeSchema>;

export const orderWebhookAnswerSchema = z.object({ data: z.array(orderWebhookOutcomeSchema) });
