/** Contracts of LINE's coupons: what an editor says of one, and what LINE says. */
import { z } from 'zod';

export const couponRewards = [
  'discount-fixed',
  'discount-percentage',
  'cash-back-fixed',
  'cash-back-percentage',
  'free',
  'gift',
  'others',
] as const;
export type CouponRewardKind = (typeof couponRewards)[number];

/** The rewards that have an amount, and its limit; LINE knows the others by their kind alone. */
export const rewardLimits: Readonly<Partial<Record<CouponRewardKind, number>>> = {
  'discount-fixed': 9_999_999,
  'discount-percentage': 99,
  'cash-back-fixed': 9_999_999,
  'cash-back-percentage': 99,
};

export const couponInputSchema = z
  .object({
    account: z.string().min(1).max(50),
    title: z.string().trim().min(1).max(60),
    description: z.string().trim().max(1000).default(''),
    usageCondition: z.string().trim().max(100).default(''),
    couponCode: z.string().trim().max(100).default(''),
    /** Days of the site, both included. */
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
    reward: z.enum(couponRewards),
    amount: z.number().int().min(1).nullable().default(null),
    /** Once for everybody, or as often as they like. */
    once: z.boolean().default(true),
  })
  .refine(({ startsOn, endsOn }) => startsOn <= endsOn, { path: ['endsOn'] })
  .refine(
    ({ reward, amount }) => {
      const limit = rewardLimits[reward];
      return limit === undefined || (amount !== null && amount <= limit);
    },
    { path: ['amount'] },
  );
export type CouponInput = z.infer<typeof couponInputSchema>;

export const couponSchema = z.object({
  couponId: z.string(),
  account: z.string(),
  accountName: z.string(),
  title: z.string(),
  description: z.string(),
  status: z.enum(['DRAFT', 'RUNNING', 'CLOSED']),
  startsAt: z.number(),
  endsAt: z.number(),
});
export type Coupon = z.infer<typeof couponSchema>;

/** `early` may be sent and is used later; `over` and `closed` can be used by nobody any more. */
export type CouponState = 'early' | 'running' | 'over' | 'closed';

export function couponState(
  { status, startsAt, endsAt }: Pick<Coupon, 'status' | 'startsAt' | 'endsAt'>,
  at: number,
): CouponState {
  if (status !== 'RUNNING') return 'closed';
  if (at > endsAt) return 'over';
  return at < startsAt ? 'early' : 'running';
}

export const couponListSchema = z.object({ data: z.array(couponSchema) });
export const couponMadeSchema = z.object({ data: z.object({ couponId: z.string() }) });
export const couponClosedSchema = z.object({ data: z.object({ closed: z.literal(true) }) });
