import { z } from 'zod';

import { couponInputSchema } from '../../../shared/line-coupon';
import { action, controller, success, type Result } from '../../kernel';
import { closeCoupon, createCoupon, listCoupons } from '../coupons/service';

const data = <T>(result: Result<T>): Result<unknown> =>
  result.ok ? success({ data: result.value }) : result;

const one = z.object({
  params: z.object({
    account: z.string().max(50),
    coupon: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
  }),
});

export const couponsController = controller({
  list: action(z.object({}), async ({ strapi }) => data(await listCoupons(strapi))),

  create: action(z.object({ body: couponInputSchema }), async ({ strapi, ctx, input }) => {
    const made = await createCoupon(strapi, input.body);
    if (made.ok) ctx.status = 201;
    return data(made);
  }),

  close: action(one, async ({ strapi, input }) =>
    data(await closeCoupon(strapi, input.params.account, input.params.coupon)),
  ),
});
