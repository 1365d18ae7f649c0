/** LINE's calls about coupons. */
import type { messagingApi } from '@line/bot-sdk';

import { mapped, type Caller, type LineAnswer } from './caller';

export type CouponRequest = messagingApi.CouponCreateRequest;

export interface LineCoupon {
  readonly couponId: string;
  readonly title: string;
  readonly description: string;
  readonly status: 'DRAFT' | 'RUNNING' | 'CLOSED';
  readonly startsAt: number;
  readonly endsAt: number;
}

export interface CouponCalls {
  /** Its id. Never repeated: LINE takes no retry key here. */
  createCoupon(coupon: CouponRequest): Promise<LineAnswer<string>>;
  /** Ids of the newest that can still be used, 100 at most. */
  runningCoupons(): Promise<LineAnswer<readonly string[]>>;
  coupon(couponId: string): Promise<LineAnswer<LineCoupon>>;
  /** Nobody can use it any more; it cannot be opened again. */
  closeCoupon(couponId: string): Promise<LineAnswer<null>>;
}

const milliseconds = (seconds: number | undefined): number => (seconds ?? 0) * 1000;

const statusOf = (status: string | undefined): LineCoupon['status'] =>
  status === 'RUNNING' || status === 'DRAFT' ? status : 'CLOSED';

/** LINE's largest page. */
const PAGE = 100;

export function couponCalls({ authorised, repeated }: Caller): CouponCalls {
  return {
    createCoupon: async (coupon) =>
      mapped(await authorised((api) => api.createCoupon(coupon)), ({ couponId }) =>
        String(couponId),
      ),
    runningCoupons: async () =>
      mapped(
        await repeated((api) => api.listCoupon(new Set(['RUNNING']), undefined, PAGE)),
        ({ items }) => items.map(({ couponId }) => couponId),
      ),
    coupon: async (couponId) =>
      mapped(await repeated((api) => api.getCouponDetail(couponId)), (coupon) => ({
        couponId,
        title: coupon.title ?? '',
        description: coupon.description ?? '',
        status: statusOf(coupon.status),
        startsAt: milliseconds(coupon.startTimestamp),
        endsAt: milliseconds(coupon.endTimestamp),
      })),
    closeCoupon: async (couponId) =>
      mapped(await repeated((api) => api.closeCoupon(couponId)), () => null),
  };
}
