/** Coupons live on LINE; nothing of them is kept here. */
import type { Core } from '@strapi/strapi';

import type { Coupon, CouponInput } from '../../../shared/line-coupon';
import { crmConfig, refuse, success, type LineAccountConfig, type Result } from '../../kernel';
import { lineAccount, lineClient } from '../client';
import { describeProblem, type LineProblem } from '../domain/api-error';
import { couponRequest } from './request';

function refusal(problem: LineProblem): Result<never> {
  if (problem.kind === 'not-found') return refuse('line.coupon-gone', 404);
  if (problem.kind !== 'invalid') return refuse('line.coupon-unreachable', 503);
  return refuse('line.coupon-refused', 400, { params: { reason: describeProblem(problem) } });
}

async function couponsOf(
  strapi: Core.Strapi,
  account: LineAccountConfig,
): Promise<Result<Coupon[]>> {
  const client = lineClient(strapi, account);
  const running = await client.runningCoupons();
  if (!running.ok) return refusal(running.problem);
  const coupons = await Promise.all(running.value.map((couponId) => client.coupon(couponId)));
  const owner = { account: account.key, accountName: account.name };
  // One that was closed meanwhile is left out.
  return success(coupons.flatMap((coupon) => (coupon.ok ? [{ ...coupon.value, ...owner }] : [])));
}

/** Of every account, those that can still be used. */
export async function listCoupons(strapi: Core.Strapi): Promise<Result<Coupon[]>> {
  const all: Coupon[] = [];
  for (const account of crmConfig(strapi).line.accounts) {
    const coupons = await couponsOf(strapi, account);
    if (!coupons.ok) return coupons;
    all.push(...coupons.value);
  }
  return success(all);
}

export async function createCoupon(
  strapi: Core.Strapi,
  input: CouponInput,
): Promise<Result<{ couponId: string }>> {
  const account = lineAccount(strapi, input.account);
  if (!account) return refuse('line.menu-account', 400);
  const request = couponRequest(input, crmConfig(strapi).timeZone);
  const made = await lineClient(strapi, account).createCoupon(request);
  return made.ok ? success({ couponId: made.value }) : refusal(made.problem);
}

export async function closeCoupon(
  strapi: Core.Strapi,
  key: string,
  couponId: string,
): Promise<Result<{ closed: true }>> {
  const account = lineAccount(strapi, key);
  if (!account) return refuse('line.menu-account', 400);
  const closed = await lineClient(strapi, account).closeCoupon(couponId);
  return closed.ok ? success({ closed: true }) : refusal(closed.problem);
}
