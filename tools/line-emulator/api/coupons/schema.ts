import { z } from 'zod';
import { mediaUrl, optionalText, text } from '../../messages/fields';

const percentage = z.number().int().min(1).max(99);
const fixed = z.object({ type: z.literal('fixed'), fixedAmount: z.number().int().min(1) });
const share = z.object({ type: z.literal('percentage'), percentage });
const explicit = z.object({
  type: z.literal('explicit'),
  priceAfterDiscount: z.number().int().min(0),
  originalPrice: z.number().int().min(0),
});

const reward = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('cashBack'),
    priceInfo: z.discriminatedUnion('type', [fixed, share]).optional(),
  }),
  z.object({
    type: z.literal('discount'),
    priceInfo: z.discriminatedUnion('type', [fixed, share, explicit]).optional(),
  }),
  z.object({ type: z.literal('free') }),
  z.object({ type: z.literal('gift') }),
  z.object({ type: z.literal('others') }),
]);

const acquisitionCondition = z.discriminatedUnion('type', [
  z.object({ type: z.literal('normal') }),
  z.object({
    type: z.literal('lottery'),
    lotteryProbability: percentage,
    maxAcquireCount: z.number().int().min(-1).max(999_999),
  }),
]);

/** What an account says of a new coupon. */
export const couponRequest = z
  .object({
    acquisitionCondition,
    barcodeImageUrl: mediaUrl().optional(),
    couponCode: optionalText(100),
    description: optionalText(1000),
    endTimestamp: z.number().int(),
    imageUrl: mediaUrl().optional(),
    maxUseCountPerTicket: z.number().int().max(1),
    startTimestamp: z.number().int(),
    title: text(60),
    usageCondition: optionalText(100),
    reward: reward.optional(),
    visibility: z.enum(['UNLISTED', 'PUBLIC']),
    timezone: z.string().regex(/^[A-Z_0-9]+$/, 'invalid property'),
  })
  .refine(({ startTimestamp, endTimestamp }) => startTimestamp < endTimestamp, {
    path: ['endTimestamp'],
    message: 'invalid property',
  });

export const couponSchema = z.object({
  couponId: z.string(),
  status: z.enum(['RUNNING', 'CLOSED']),
  createdTimestamp: z.number(),
  request: couponRequest,
});
export type Coupon = z.output<typeof couponSchema>;
