/**
 * Orders, payments and refunds as shops tell them: Basic authentication with a key for orders, and
 * an `Idempotency-Key` under which the same call twice has the answer of the first.
 */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { z } from 'zod';

import {
  orderApiSchema,
  paymentApiSchema,
  reference,
  refundApiSchema,
} from '../../shared/commerce-api';
import { productsApiSchema, subscriptionApiSchema } from '../../shared/products';
import {
  action,
  controller,
  hitRateLimit,
  refuse,
  sha256,
  success,
  type Result,
  type UnitOfWork,
} from '../kernel';
import { isWriteKey } from '../tracking';
import { callOnce } from './calls';
import { takeOrder, takePayment, takeProducts, takeRefund, takeSubscription } from './take';

const CALLS = { name: 'commerce.api', limit: 6000, windowSeconds: 60 };
const WRONG_KEY = { name: 'commerce.wrong-key', limit: 20, windowSeconds: 60 };

function writeKeyOf(ctx: Context): string {
  const [scheme = '', credentials = ''] = ctx.get('authorization').split(' ');
  if (scheme.toLowerCase() !== 'basic') return '';
  return Buffer.from(credentials, 'base64').toString().split(':')[0] ?? '';
}

/** A key for orders. One for events may stand in somebody's page and opens nothing here. */
async function checkSender(strapi: Core.Strapi, ctx: Context): Promise<Result<true>> {
  const key = writeKeyOf(ctx);
  if (key !== '' && (await isWriteKey(strapi, key, 'orders'))) {
    return hitRateLimit(strapi, CALLS, key);
  }
  const limited = await hitRateLimit(strapi, WRONG_KEY, ctx.ip);
  return limited.ok ? refuse('commerce.write-key', 401) : limited;
}

/** Runs a call once under its `Idempotency-Key`, for who has a key for orders. */
async function once<T extends object>(
  strapi: Core.Strapi,
  ctx: Context,
  body: unknown,
  run: (unit: UnitOfWork) => Promise<Result<T>>,
): Promise<Result<unknown>> {
  const sender = await checkSender(strapi, ctx);
  if (!sender.ok) return sender;
  const given = ctx.get('idempotency-key');
  const key = given === '' ? null : sha256(`${writeKeyOf(ctx)} ${given}`);
  const bodyHash = sha256(JSON.stringify([ctx.path, body]));
  const called = await callOnce(strapi, { key, bodyHash }, run);
  return called.ok ? success(called.value.answer) : called;
}

const ofOrder = z.object({ number: reference });

const order = action(z.object({ body: orderApiSchema }), ({ strapi, ctx, input }) =>
  once(strapi, ctx, input.body, (unit) => takeOrder(strapi, unit, input.body)),
);

const refund = action(
  z.object({ params: ofOrder, body: refundApiSchema }),
  ({ strapi, ctx, input }) =>
    once(strapi, ctx, input.body, (unit) =>
      takeRefund(strapi, unit, { ...input.body, orderNumber: input.params.number }),
    ),
);

const payment = action(
  z.object({ params: ofOrder, body: paymentApiSchema }),
  ({ strapi, ctx, input }) =>
    once(strapi, ctx, input.body, (unit) =>
      takePayment(strapi, unit, { ...input.body, orderNumber: input.params.number }),
    ),
);

const products = action(z.object({ body: productsApiSchema }), ({ strapi, ctx, input }) =>
  once(strapi, ctx, input.body, (unit) => takeProducts(strapi, unit, input.body.products)),
);

const subscription = action(z.object({ body: subscriptionApiSchema }), ({ strapi, ctx, input }) =>
  once(strapi, ctx, input.body, (unit) => takeSubscription(strapi, unit, input.body)),
);

export const ordersApiController = controller({ order, payment, products, refund, subscription });
