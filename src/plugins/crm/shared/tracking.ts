/** The Segment tracking specification, as far as we take it: calls, batches and their limits. */
import { z } from 'zod';

/** A call may have 32 KB, a batch 500 KB, as the specification says. */
export const MAX_CALL_BYTES = 32 * 1024;
export const MAX_BATCH_BYTES = 500 * 1024;
export const MAX_BATCH_CALLS = 2500;
/** Of what was refused in a batch only so many are told: one mistake is usually made everywhere. */
export const MAX_REFUSALS_TOLD = 50;

const MAX_NAME = 200;
/** No control characters, no half ones: a database refuses the whole statement for one of them. */
const id = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{C}+$/u);
const named = z.union([id, z.number().transform(String)]);
const instant = z.iso.datetime({ offset: true });

const DEEPEST = 100;

/** Writing JSON is recursive: what is nested without end would end the stack. */
const isShallow = (value: unknown, left = DEEPEST): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (left > 0 && Object.values(value).every((inner) => isShallow(inner, left - 1)));

const bag = z
  .record(z.string().max(200), z.unknown())
  .refine((properties) => isShallow(properties));

/** Of the context only the browser is read; whatever else a library puts there is no mistake. */
const context = z.object({ userAgent: z.string().optional().catch(undefined) }).nullish();

const common = {
  messageId: id.optional(),
  /** The shop's own number of the customer. Only servers may say it. */
  userId: named.nullish(),
  /** The visitor: made by `crm.js` after consent, or by another library. */
  anonymousId: id.max(64).nullish(),
  timestamp: instant.nullish(),
  originalTimestamp: instant.nullish(),
  sentAt: instant.nullish(),
  context,
};

const track = z.object({
  ...common,
  type: z.literal('track'),
  event: z.string().trim().min(1).max(MAX_NAME),
  properties: bag.nullish(),
});

const view = {
  ...common,
  name: z.string().trim().max(MAX_NAME).nullish(),
  properties: bag.nullish(),
};
const page = z.object({ ...view, type: z.literal('page') });
const screen = z.object({ ...view, type: z.literal('screen') });

const identify = z.object({ ...common, type: z.literal('identify'), traits: bag.nullish() });

const group = z.object({
  ...common,
  type: z.literal('group'),
  groupId: named,
  traits: bag.nullish(),
});

/** Says that who was known by one id is known by another now. */
const alias = z.object({ ...common, type: z.literal('alias'), previousId: named });

const callUnion = z.discriminatedUnion('type', [track, page, screen, identify, group, alias]);

/** Somebody must have done it. */
export const trackingCallSchema = callUnion.refine(
  (call) => Boolean(call.userId ?? call.anonymousId),
  { path: ['anonymousId'] },
);
export type TrackingCall = z.output<typeof trackingCallSchema>;
export const TRACKING_CALLS = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const;

/** Only the frame: each call in it is judged alone, so that one mistake costs one event. */
export const trackingBatchSchema = z.object({
  batch: z.array(z.unknown()).min(1).max(MAX_BATCH_CALLS),
  sentAt: instant.nullish(),
  context,
});
