/**
 * Orders and refunds as shops tell them: Basic authentication with a write key, and an
 * `Idempotency-Key` under which the same call twice has the answer of the first.
 */
import { createHash } from 'node:crypto';

import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { z } from 'zod';

import { orderApiSchema, refundApiSchema, type OrderApiInput } from '../../shared/commerce';
import { customersService, normalizeEmail, normalizeText } from '../customers';
import {
  action,
  clock,
  constantTimeEqual,
  controller,
  crmConfig,
  hitRateLimit,
  inTransaction,
  refuse,
  success,
  type Result,
  type UnitOfWork,
} from '../kernel';
import { commerceService } from './index';
import { findCall, insertCall } from './store';

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

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

class Refused extends Error {
  constructor(readonly result: Result<never>) {
    super('refused');
  }
}

/** Runs a call once under its key: call and answer commit together, a refusal leaves no trace. */
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
  try {
    return await inTransaction(strapi, async (unit) => {
      const before = key === null ? null : await findCall(unit.trx, key);
      if (before && before.bodyHash !== bodyHash) return refuse('commerce.key-reused', 409);
      if (before) return success(before.answer);
      const result = await run(unit);
      if (!result.ok) throw new Refused(result);
      const answer = { data: result.value };
      const now = clock(strapi).now().getTime();
      if (key !== null) await insertCall(unit.trx, { key, bodyHash, answer, now });
      return success(answer);
    });
  } catch (error) {
    if (error instanceof Refused) return error.result;
    throw error;
  }
}

async function customerOf(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { customerNumber, email }: OrderApiInput,
): Promise<number | null> {
  const number = customerNumber === undefined ? null : normalizeText(customerNumber);
  const address = email === undefined ? null : normalizeEmail(email);
  const { byNumber, byEmail } = await customersService(strapi).idsOf(unit, {
    numbers: number === null ? [] : [number],
    emails: address === null ? [] : [address],
  });
  return byNumber.get(number ?? '') ?? byEmail.get(address ?? '') ?? null;
}

const order = action(z.object({ body: orderApiSchema }), ({ strapi, ctx, input }) =>
  once(strapi, ctx, input.body, async (unit) => {
    const { body } = input;
    const customerId = await customerOf(strapi, unit, body);
    if (customerId === null) return refuse('commerce.unknown-customer', 422);
    const { orderNumber, status, currency, total, lines } = body;
    const orderedAt = new Date(body.orderedAt);
    const told = { orderNumber, customerId, orderedAt, status, currency, total, lines };
    const { created, updated } = await commerceService(strapi).recordOrders(unit, [told]);
    const outcome = created.length > 0 ? 'created' : updated.length > 0 ? 'updated' : 'unchanged';
    return success({ orderNumber, outcome });
  }),
);

const refund = action(
  z.object({ params: z.object({ number: z.string().min(1).max(255) }), body: refundApiSchema }),
  ({ strapi, ctx, input }) =>
    once(strapi, ctx, input.body, async (unit) => {
      const { reference, amount, at } = input.body;
      const refunded = await commerceService(strapi).recordRefund(unit, {
        orderNumber: input.params.number,
        reference,
        amount,
        ...(at === undefined ? {} : { refundedAt: new Date(at) }),
      });
      if (!refunded.ok) return refunded;
      const { orderNumber, status, total } = refunded.value;
      return success({ orderNumber, status, total });
    }),
);

export const ordersApiController = controller({ order, refund });
