/** What an editor says of a coupon, in LINE's words. Pure. */
import type { CouponInput, CouponRewardKind } from '../../../shared/line-coupon';
import { instantOf } from '../../../shared/site-time';
import type { CouponRequest } from '../client';

type Reward = NonNullable<CouponRequest['reward']>;

const AMOUNTS = {
  fixed: (amount: number) => ({ type: 'fixed' as const, fixedAmount: amount }),
  percentage: (amount: number) => ({ type: 'percentage' as const, percentage: amount }),
};

const REWARDS: Readonly<Record<CouponRewardKind, (amount: number) => Reward>> = {
  'discount-fixed': (amount) => ({ type: 'discount', priceInfo: AMOUNTS.fixed(amount) }),
  'discount-percentage': (amount) => ({ type: 'discount', priceInfo: AMOUNTS.percentage(amount) }),
  'cash-back-fixed': (amount) => ({ type: 'cashBack', priceInfo: AMOUNTS.fixed(amount) }),
  'cash-back-percentage': (amount) => ({ type: 'cashBack', priceInfo: AMOUNTS.percentage(amount) }),
  free: () => ({ type: 'free' }),
  gift: () => ({ type: 'gift' }),
  others: () => ({ type: 'others' }),
};

/** LINE's names of time zones are its own; the moments themselves need none. */
const ZONES: Readonly<Record<string, NonNullable<CouponRequest['timezone']>>> = {
  'Asia/Tokyo': 'ASIA_TOKYO',
  'Asia/Taipei': 'ASIA_TAIPEI',
  'Asia/Bangkok': 'ASIA_BANGKOK',
  'Europe/London': 'EUROPE_LONDON',
  'America/New_York': 'AMERICA_NEW_YORK',
  'America/Los_Angeles': 'AMERICA_LOS_ANGELES',
};

const seconds = (moment: string, timeZone: string): number =>
  Math.floor(instantOf(moment, timeZone) / 1000);

export function couponRequest(input: CouponInput, timeZone: string): CouponRequest {
  const { description, usageCondition, couponCode } = input;
  return {
    title: input.title,
    ...(description && { description }),
    ...(usageCondition && { usageCondition }),
    ...(couponCode && { couponCode }),
    startTimestamp: seconds(`${input.startsOn}T00:00:00`, timeZone),
    endTimestamp: seconds(`${input.endsOn}T23:59:59`, timeZone),
    timezone: ZONES[timeZone] ?? 'ASIA_TOKYO',
    reward: REWARDS[input.reward](input.amount ?? 0),
    maxUseCountPerTicket: input.once ? 1 : -1,
    acquisitionCondition: { type: 'normal' },
    // Who gets the message has it; it stands in no public list of the account.
    visibility: 'UNLISTED',
  };
}
