/** The Segment tracking specification, as far as we take it: calls, batches and their limits. */
import { z } from 'zod';

/** A call may have 32 KB, a batch 500 KB, as the specification says. */
export const MAX_CALL_BYTES = 32 * 1024;
export const MAX_BATCH_BYTES = 500 * 1024;
export const MAX_BATCH_CALLS = 500;

const MAX_NAME = 200;
const id = z.string().trim().min(1).max(100);
const instant = z.iso.datetime({ offset: true });
const bag = z.record(z.string().max(200), z.unknown());

const common = {
  messageId: id.optional(),
  /** The shop's own number of the customer. Only servers may say it. */
  userId: z.union([id, z.number().transform(String)]).nullish(),
  /** The visitor: made by `crm.js` after consent, or by another library. */
  anonymousId: z.string().trim().min(1).max(64).nullish(),
  timestamp: instant.optional(),
  sentAt: instant.optional(),
  context: z.object({ userAgent: z.string().max(1000).optional() }).nullish(),
};

const track = z.object({
  ...common,
  type: z.literal('track'),
  event: z.string().trim().min(1).max(MAX_NAME),
  properties: bag.nullish(),
});

const page = z.object({
  ...common,
  type: z.literal('page'),
  name: z.string().trim().max(MAX_NAME).nullish(),
  properties: bag.nullish(),
});

const identify = z.object({
  ...common,
  type: z.literal('identify'),
  traits: bag.nullish(),
});

const callUnion = z.discriminatedUnion('type', [track, page, identify]);

/** Somebody must have done it. */
export const trackingCallSchema = callUnion.refine(
  (call) => Boolean(call.userId ?? call.anonymousId),
  { path: ['anonymousId'] },
);
export type TrackingCall = z.output<typeof trackingCallSchema>;

export const trackingBatchSchema = z.object({
  batch: z.array(trackingCallSchema).min(1).max(MAX_BATCH_CALLS),
  sentAt: instant.optional(),
});
