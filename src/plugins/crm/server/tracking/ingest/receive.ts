/** Takes calls of the Segment specification from a sender into the log. */
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

import {
  MAX_CALL_BYTES,
  MAX_REFUSALS_TOLD,
  trackingBatchSchema,
  trackingCallSchema,
  type TrackingCall,
} from '../../../shared/tracking';
import {
  clock,
  letPagesPass,
  parseInput,
  refuse,
  success,
  translate,
  type Locale,
  type Result,
} from '../../kernel';
import { judgeBatch, type Frame, type Judged, type RefusedCall } from '../domain/batch';
import { refusesTracking } from '../visitors/cookie';
import { jsonBody, type JsonBody } from './body';
import { intakeOf, takeIn } from './intake';
import { newMessageId } from './message-id';
import { mayBring, senderKind, senderOf } from './sender';
import type { Incoming } from './write';

type Calls = Pick<Incoming, 'calls' | 'sentAt'> & { readonly refused: readonly RefusedCall[] };

function oneCall(
  { value, bytes }: JsonBody,
  type: TrackingCall['type'],
  locale: () => Locale,
): Result<Calls> {
  if (bytes > MAX_CALL_BYTES) return refuse('tracking.too-large', 413);
  const typed = typeof value === 'object' && value !== null ? { ...value, type } : value;
  const parsed = parseInput(trackingCallSchema, typed, locale);
  return parsed.ok ? success({ calls: [parsed.value], refused: [] }) : parsed;
}

/** About a millisecond of judging. */
const JUDGED_AT_ONCE = 50;

async function judged(
  strapi: Core.Strapi,
  batch: readonly unknown[],
  frame: Frame,
): Promise<Judged> {
  const parts: Judged[] = [];
  for (let start = 0; start < batch.length; start += JUDGED_AT_ONCE) {
    await letPagesPass(strapi);
    const part = batch.slice(start, start + JUDGED_AT_ONCE);
    parts.push(judgeBatch(part, { ...frame, judged: start }));
  }
  return {
    calls: parts.flatMap(({ calls }) => calls),
    refused: parts.flatMap(({ refused }) => refused),
  };
}

async function callsOfBatch(
  strapi: Core.Strapi,
  { value, bytes }: JsonBody,
  locale: () => Locale,
): Promise<Result<Calls>> {
  const frame = parseInput(trackingBatchSchema, value, locale);
  if (!frame.ok) return frame;
  const { batch, sentAt, context } = frame.value;
  const { calls, refused } = await judged(strapi, batch, {
    bytes,
    userAgent: context?.userAgent,
  });
  if (calls.length > 0) return success({ calls, sentAt, refused });
  if (refused.every(({ because }) => because === 'too-large')) {
    return refuse('tracking.too-large', 413);
  }
  // Nothing in it can be taken: the first mistake is told in words.
  const [first] = batch;
  const told = parseInput(trackingCallSchema, first, locale);
  return told.ok ? refuse('kernel.invalid-input', 400) : told;
}

/** All was taken: only that. Otherwise what was not, so that a sender can mend it and send it again. */
const answerTo = (
  strapi: Core.Strapi,
  refused: readonly RefusedCall[],
  reader: () => Locale,
): object => {
  if (refused.length === 0) return { success: true };
  const locale = reader();
  const told = refused.slice(0, MAX_REFUSALS_TOLD).map(({ index, messageId, because }) => ({
    index,
    messageId,
    code: because === 'too-large' ? 'tracking.too-large' : 'tracking.invalid-call',
    message: translate(
      strapi,
      locale,
      because === 'too-large' ? 'tracking.too-large' : 'tracking.invalid-call',
    ),
  }));
  return { success: true, rejectedCount: refused.length, rejected: told };
};

/** An event that has no id gets it here: when its group is tried again it must be the same one. */
const named = (calls: readonly TrackingCall[], now: number): TrackingCall[] =>
  calls.map((call) =>
    call.messageId === undefined ? { ...call, messageId: newMessageId(now) } : call,
  );

/** Answers once everything that can be taken is in the log. Most answers have no words: `locale` waits. */
export async function receive(
  strapi: Core.Strapi,
  ctx: Context,
  call: TrackingCall['type'] | 'batch',
  locale: () => Locale,
): Promise<Result<object>> {
  const kind = await senderKind(strapi, ctx);
  if (!kind.ok) return kind;
  const body = await jsonBody(ctx);
  if (!body.ok) return body;
  const read =
    call === 'batch'
      ? await callsOfBatch(strapi, body.value, locale)
      : oneCall(body.value, call, locale);
  if (!read.ok) return read;
  const { calls, sentAt, refused } = read.value;
  const may = mayBring(strapi, ctx, kind.value, calls.length);
  if (!may.ok) return may;
  // Told as received: who asks not to be followed must not be able to be told from others.
  if (kind.value === 'browser' && refusesTracking(ctx)) return success({ success: true });
  const sender = await senderOf(strapi, ctx, kind.value);
  const now = clock(strapi).now().getTime();
  const incoming: Incoming = { sender, calls: named(calls, now), sentAt, now };
  if (!intakeOf(strapi).hasRoomFor(incoming)) {
    return refuse('tracking.busy', 503, { params: { seconds: 2 } });
  }
  await takeIn(strapi, incoming);
  return success(answerTo(strapi, refused, locale));
}
