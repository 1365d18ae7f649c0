/**
 * Orders and refunds as shops tell them: Basic authentication with a write key, and an
 * `Idempotency-Key` under which the same call twice has the answer of the first.
 */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { z } from 'zod';

import { orderApiSchema, refundApiSchema } from '../../shared/commerce';
import {
  action,
  constantTimeEqual,
  controller,
  crmConfig,
  hitRateLimit,
  refuse,
  success,
  type Result,
  type UnitOfWork,
} from '../kernel';
import { callOnce, sha256, takeOrder, takeRefund } from './calls';

const CALLS = { name: 'commerce.api', limit: 6000, windowSeconds: 60 };
const WRONG_KEY = { name: 'commerce.wrong-key', limit: 20, windowSeconds: 60 };

function writeKeyOf(ctx: Context): string {
  const [scheme = '', credentials = ''] = ctx.get('authorization').split(' ');
  if (scheme.toLowerCase() !== 'basic') return '';
  return Buffer.from(credentials, 'base64').toString().split(':')[0] ?? '';
}

async function checkSender(strapi: Core.Strapi, ctx: Context): Promise<Result<true>> {
  const key = writeKeyOf(ctx);
  const { writeKeys } = crmConfig(strapi).tracking;
  if (writeKeys.some((known) => constantTimeEqual(known, key))) {
    return hitRateLimit(strapi, CALLS, key).then((hit) => (hit.ok ? success(true) : hit));
  }
  const limited = await hitRateLimit(strapi, WRONG_KEY, ctx.ip);
  return limited.ok ? refuse('commerce.write-key', 401) : limited;
}

/** Runs a call once under its `Idempotency-Key`, for who has a write key. */
async function once<T extends object>(
  strapi: Core.Strapi,
  ctx: Context,
  body: unknown,
  run: (unit: UnitOfWork) => Promise<Result<T>>,
): Promise<Result<unknown>> {
  const sender = await checkSender(strapi, ctx);
  if (!sender.ok) return sender;
  const given = ctx.get('idempotency-key').slice(0, 255);
  const key = given === '' ? null : sha256(`${writeKeyOf(ctx)} ${given}`);
  const bodyHash = sha256(JSON.stringify([ctx.path, body]));
  const called = await callOnce(strapi, { key, bodyHash }, run);
  return called.ok ? success(called.value.answer) : called;
}

const order = action(z.object({ body: orderApiSchema }), ({ strapi, ctx, input }) =>
  once(strapi, ctx, input.body, (unit) => takeOrder(strapi, unit, input.body)),
);

const refund = action(
  z.object({ params: z.object({ number: z.string().min(1).max(255) }), body: refundApiSchema }),
  ({ strapi, ctx, input }) =>
    once(strapi, ctx, input.body, (unit) =>
      takeRefund(strapi, unit, { ...input.body, orderNumber: input.params.number }),
    ),
);

export const ordersApiController = controller({ order, refund });
