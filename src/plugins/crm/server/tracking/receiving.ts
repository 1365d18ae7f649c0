/** Takes calls of the Segment specification from a sender into the log. */
import type { Core } from '@strapi/strapi';
import { isbot } from 'isbot';
import type { Context } from 'koa';

import { MAX_CALL_BYTES, type TrackingCall } from '../../shared/tracking';
import { customersService } from '../customers';
import { clock, refuse, success, type Result } from '../kernel';
import { trackedEvent } from './domain/events';
import { trackingService } from './index';
import { refusesTracking, senderOf, type Sender } from './sender';

/**
 * The body as JSON. Beacons come as text/plain, because another type would ask for a preflight, so
 * text is parsed here.
 */
export function jsonBody(body: unknown, mostBytes: number): Result<unknown> {
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? null);
  if (Buffer.byteLength(text) > mostBytes) return refuse('tracking.too-large', 413);
  if (typeof body !== 'string') return success(body);
  try {
    return success(JSON.parse(body));
  } catch {
    return refuse('tracking.not-json', 400);
  }
}

async function customerIdOf(strapi: Core.Strapi, sender: Sender, call: TrackingCall) {
  if (sender.kind === 'browser') return sender.customerId;
  if (!call.userId) return null;
  const customer = await customersService(strapi).findByIdentity('customer-number', call.userId);
  return customer?.id ?? null;
}

const isBot = (sender: Sender, call: TrackingCall): boolean =>
  sender.kind === 'browser' ? sender.isBot : isbot(call.context?.userAgent ?? '');

async function stitchVisitors(strapi: Core.Strapi, sender: Sender, calls: readonly TrackingCall[]) {
  if (sender.kind !== 'browser' || sender.customerId === null) return;
  const visitors = new Set(calls.flatMap((call) => call.anonymousId ?? []));
  for (const visitor of visitors) await trackingService(strapi).stitch(visitor, sender.customerId);
}

/** Answers once everything is in the log. */
export async function receive(
  strapi: Core.Strapi,
  ctx: Context,
  read: () => Result<{ calls: readonly TrackingCall[]; sentAt?: string }>,
): Promise<Result<{ success: true }>> {
  const sender = await senderOf(strapi, ctx);
  if (!sender.ok) return sender;
  const parsed = read();
  if (!parsed.ok) return parsed;
  const { calls, sentAt } = parsed.value;
  if (calls.some((call) => Buffer.byteLength(JSON.stringify(call)) > MAX_CALL_BYTES)) {
    return refuse('tracking.too-large', 413);
  }
  // Told as received: who asks not to be followed must not be able to be told from others.
  if (sender.value.kind === 'browser' && refusesTracking(ctx)) return success({ success: true });
  const now = clock(strapi).now().getTime();
  const events = [];
  for (const call of calls) {
    const customerId = await customerIdOf(strapi, sender.value, call);
    events.push(trackedEvent(call, { now, customerId, isBot: isBot(sender.value, call), sentAt }));
  }
  await trackingService(strapi).append(events);
  await stitchVisitors(strapi, sender.value, calls);
  return success({ success: true });
}
