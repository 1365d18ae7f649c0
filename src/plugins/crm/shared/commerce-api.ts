/** What shops tell of orders, payments and refunds: over the API and in the signed webhook. */
import { z } from 'zod';

import { orderStatuses, paymentStatuses } from './commerce';

/** PostgreSQL stores no NUL. */
export const reference = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .refine((text) => !text.includes('\0'));
export const instant = z.iso.datetime({ offset: true });

/** More than any order is, and little enough that sums of them stay exact. */
export const MOST_YEN = 1_000_000_000_000;
export const MOST_PIECES = 1_000_000;

const yen = z.number().int().min(-MOST_YEN).max(MOST_YEN);
export const amount = z.number().int().min(0).max(MOST_YEN);
const pieces = z.number().int().min(0).max(MOST_PIECES);
/** We add up yen and convert nothing: an amount in another currency would be counted as yen. */
export const currency = z.literal('JPY').default('JPY');

const orderLine = z
  .object({
    /** The shop's own id of the line, for returns. */
    lineId: reference.optional(),
    productCode: reference,
    title: z.string().max(1000),
    quantity: pieces,
    /** Below zero: a discount. */
    unitPrice: yen,
  })
  .refine((line) => Math.abs(line.quantity * line.unitPrice) <= MOST_YEN);

/** An order as a shop tells it over the API; its number decides whether it is new. */
export const orderApiSchema = z.object({
  orderNumber: reference,
  /** Whose it is: the shop's number of the person, or the e-mail address. */
  customerNumber: reference.optional(),
  email: z.string().max(255).optional(),
  orderedAt: instant,
  status: z.enum(orderStatuses).default('paid'),
  currency,
  total: amount,
  /** When the shop changed it: what is told late, after something newer, is left alone. */
  updatedAt: instant.optional(),
  lines: z.array(orderLine).max(1000).default([]),
});
export type OrderApiInput = z.infer<typeof orderApiSchema>;

const returnedLine = z
  .object({
    lineId: reference.optional(),
    productCode: reference.optional(),
    quantity: pieces.min(1),
    /** What was given back for these pieces. */
    amount,
  })
  .refine((line) => line.lineId !== undefined || line.productCode !== undefined);

/**
 * Money given back for an order, in part or in full, and what came back for it. The reference is
 * the shop's own. Without an amount it is that of the lines; it may be more than theirs (postage).
 */
export const refundApiSchema = z
  .object({
    reference,
    amount: amount.optional(),
    currency,
    at: instant.optional(),
    reason: z.string().trim().max(1000).optional(),
    lines: z.array(returnedLine).max(1000).default([]),
  })
  .transform((refund) => {
    const ofLines = refund.lines.reduce((sum, line) => sum + line.amount, 0);
    return { ...refund, amount: refund.amount ?? ofLines, ofLines };
  })
  .refine(({ amount: given, lines }) => given > 0 || lines.length > 0, { path: ['amount'] })
  .refine(({ amount: given, ofLines }) => given >= ofLines && given <= MOST_YEN, {
    path: ['amount'],
  });
export type RefundApiInput = z.infer<typeof refundApiSchema>;

/** A payment of an order; provider and reference decide whether it is new. */
export const paymentApiSchema = z.object({
  provider: z.string().trim().max(64).default(''),
  reference,
  method: z.string().trim().min(1).max(64),
  amount,
  currency,
  status: z.enum(paymentStatuses).default('paid'),
  paidAt: instant.optional(),
  updatedAt: instant.optional(),
});
export type PaymentApiInput = z.infer<typeof paymentApiSchema>;
