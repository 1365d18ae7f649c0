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

/** What a key opens: the tracking API, or orders, payments, products and subscriptions. Never both. */
export const keyScopes = ['events', 'orders'] as const;
export type KeyScope = (typeof keyScopes)[number];

/** A row of `GET /crm/tracking/keys`. The key itself is shown once, when it is made. */
export const writeKeySchema = z.object({
  id: z.number(),
  name: z.string(),
  /** Its last four characters. */
  hint: z.string(),
  scope: z.enum(keyScopes),
  createdAt: z.number(),
  lastUsedAt: z.number().nullable(),
  /** Works until then; null: until somebody ends it. */
  endsAt: z.number().nullable(),
  isLive: z.boolean(),
});
export type WriteKey = z.output<typeof writeKeySchema>;

export const writeKeyInputSchema = z.object({
  name: z.string().trim().min(1).max(60),
  scope: z.enum(keyScopes).default('events'),
});

export const writeKeysAnswerSchema = z.object({ data: z.array(writeKeySchema) });
export const newWriteKeyAnswerSchema = z.object({ data: z.object({ key: z.string() }) });

/** One event as the screen "is it working?" shows it. */
export const latestEventSchema = z.object({
  id: z.number(),
  type: z.string(),
  name: z.string(),
  occurredAt: z.number(),
  customerId: z.number().nullable(),
  isBot: z.boolean(),
  fromBrowser: z.boolean(),
});
export type LatestEvent = z.output<typeof latestEventSchema>;

export const trackingOverviewAnswerSchema = z.object({
  data: z.object({
    scriptUrl: z.string(),
    apiUrl: z.string(),
    lastReceivedAt: z.number().nullable(),
    latest: z.array(latestEventSchema),
  }),
});
export type TrackingOverview = z.output<typeof trackingOverviewAnswerSchema>['data'];

export const EVENT_RANGES = [7, 30, 90] as const;
export const eventNamesQuerySchema = z.object({ days: z.coerce.number().int().min(1).max(400) });

export const eventNameSchema = z.object({
  type: z.string(),
  name: z.string(),
  events: z.number(),
  machines: z.number(),
});
export const eventNamesAnswerSchema = z.object({ data: z.array(eventNameSchema) });
export type EventName = z.output<typeof eventNameSchema>;

/** Fewer people than this are no audience: a small number may be somebody. */
export const SMALLEST_AUDIENCE = 10;

export const audienceQuerySchema = z.object({
  type: z.enum(['page', 'track', 'screen']),
  name: z.string().trim().min(1).max(MAX_NAME),
  times: z.coerce.number().int().min(1).max(1000),
  days: z.coerce.number().int().min(1).max(400),
});
export type AudienceQuestion = z.output<typeof audienceQuerySchema>;

/** Null: somebody, but fewer than the least that is told. */
export const audienceAnswerSchema = z.object({
  data: z.object({ visitors: z.number().nullable(), least: z.number() }),
});

/** Fewer days would take the ground from under "in the last month". */
export const LEAST_RETENTION_DAYS = 31;

export const retentionSchema = z.object({
  /** Days for which single events are kept; null: for ever. */
  days: z.number().int().min(LEAST_RETENTION_DAYS).max(3650).nullable(),
});
export type Retention = z.output<typeof retentionSchema>;

export const retentionAnswerSchema = z.object({
  data: retentionSchema.extend({ oldestAt: z.number().nullable() }),
});
