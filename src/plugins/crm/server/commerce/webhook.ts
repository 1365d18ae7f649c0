/**
 * Orders and refunds as signed events: `Enishi-Timestamp` (seconds) and `Enishi-Signature`,
 * `sha256=` and the hex HMAC-SHA256 of `<timestamp>.<body>`. An event is taken once by its id,
 * however often it comes; old orders may come the same way, hundreds in a call.
 */
import { createHmac } from 'node:crypto';

import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { z } from 'zod';

import {
  orderWebhookSchema,
  type OrderWebhookEvent,
  type OrderWebhookOutcome,
} from '../../shared/order-events';
import {
  action,
  clock,
  constantTimeEqual,
  controller,
  crmConfig,
  hitRateLimit,
  refuse,
  sha256,
  success,
  type Result,
  type UnitOfWork,
} from '../kernel';
import { callOnce } from './calls';
import type { ToldOutcome } from './index';
import { takeOrder, takePayment, takeProducts, takeRefund, takeSubscription } from './take';

/** Where Strapi's body parser leaves the text as it came. */
const UNPARSED = Symbol.for('unparsedBody');
const CALLS = { name: 'commerce.webhook', limit: 600, windowSeconds: 60 };
const FORGED = { name: 'commerce.webhook-forged', limit: 20, windowSeconds: 60 };
/** A signature is worth nothing to who finds it later. */
const TOLERANCE_SECONDS = 300;

function rawBodyOf(ctx: Context): string {
  const { body } = ctx.request as { body?: unknown };
  if (typeof body !== 'object' || body === null || !(UNPARSED in body)) return '';
  const raw: unknown = body[UNPARSED];
  return typeof raw === 'string' ? raw : '';
}

function isSigned(strapi: Core.Strapi, ctx: Context): boolean {
  const timestamp = ctx.get('enishi-timestamp');
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  const age = Math.abs(clock(strapi).now().getTime() / 1000 - Number(timestamp));
  if (age > TOLERANCE_SECONDS) return false;
  const signed = `${timestamp}.${rawBodyOf(ctx)}`;
  const given = ctx.get('enishi-signature');
  return crmConfig(strapi).commerce.webhookSecrets.some((secret) => {
    const mac = createHmac('sha256', secret).update(signed).digest('hex');
    return constantTimeEqual(given, `sha256=${mac}`);
  });
}

async function checkSignature(strapi: Core.Strapi, ctx: Context): Promise<Result<true>> {
  if (isSigned(strapi, ctx)) {
    const hit = await hitRateLimit(strapi, CALLS, 'signed');
    return hit.ok ? success(true) : hit;
  }
  const limited = await hitRateLimit(strapi, FORGED, ctx.ip);
  return limited.ok ? refuse('commerce.webhook-signature', 401) : limited;
}

/** What happened when `occurredAt` says, unless what changed has an instant of its own. */
function run(strapi: Core.Strapi, unit: UnitOfWork, event: OrderWebhookEvent) {
  const updatedAt = event.occurredAt;
  switch (event.type) {
    case 'order':
      return takeOrder(strapi, unit, { updatedAt, ...event.data });
    case 'payment':
      return takePayment(strapi, unit, { updatedAt, ...event.data });
    case 'refund':
      return takeRefund(strapi, unit, event.data);
    case 'product':
      return takeProducts(strapi, unit, [{ updatedAt, ...event.data }]);
    case 'subscription':
      return takeSubscription(strapi, unit, { updatedAt, ...event.data });
  }
}

/** Each in a transaction of its own: one that is refused may be sent again, the others stand. */
async function take(strapi: Core.Strapi, event: OrderWebhookEvent): Promise<OrderWebhookOutcome> {
  const { id } = event;
  const call = { key: sha256(`webhook ${id}`), bodyHash: sha256(JSON.stringify(event)) };
  const result = await callOnce<{ outcome: ToldOutcome }>(strapi, call, (unit) =>
    run(strapi, unit, event),
  );
  if (!result.ok) return { id, outcome: 'refused', code: result.refusal.code };
  if (result.value.isRepeat) return { id, outcome: 'known' };
  return { id, outcome: result.value.answer.data.outcome === 'ignored' ? 'ignored' : 'taken' };
}

const receive = action(z.object({ body: z.unknown() }), async ({ strapi, ctx, input }) => {
  // Who it is from before what it says.
  const sender = await checkSignature(strapi, ctx);
  if (!sender.ok) return sender;
  const parsed = orderWebhookSchema.safeParse(input.body);
  if (!parsed.success) {
    const fields = parsed.error.issues.slice(0, 20).map(({ path, code, message }) => ({
      path: path.map(String).join('.'),
      code,
      message,
    }));
    return refuse('kernel.invalid-input', 400, { fields });
  }
  const outcomes: OrderWebhookOutcome[] = [];
  for (const event of parsed.data.events) outcomes.push(await take(strapi, event));
  return success({ data: outcomes });
});

export const ordersWebhookController = controller({ receive });
