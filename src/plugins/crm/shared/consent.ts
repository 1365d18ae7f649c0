/** Contracts of consent: who may be told what, by which channel, and since when. */
import { z } from 'zod';

export const consentChannels = ['email', 'line', 'sms', 'postal'] as const;
export type ConsentChannel = (typeof consentChannels)[number];

/** What the permission is for. Contract mail and order notices need none. */
export const consentPurposes = ['marketing'] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

export const consentStateSchema = z.object({
  purpose: z.enum(consentPurposes),
  channel: z.enum(consentChannels),
  granted: z.boolean(),
  changedAt: z.number(),
});
export type ConsentState = z.infer<typeof consentStateSchema>;

/** One line of the ledger: never changed, never deleted. */
export const consentRecordSchema = consentStateSchema.omit({ changedAt: true }).extend({
  id: z.number().int(),
  customerId: z.number().int(),
  wordingKey: z.string().nullable(),
  wordingVersion: z.string().nullable(),
  /** The text the person saw, when it is one of the stored wordings. */
  wordingText: z.string().nullable(),
  /** `form`, `import`, `admin`, `unsubscribe` … */
  source: z.string(),
  occurredAt: z.number(),
});
export type ConsentRecord = z.infer<typeof consentRecordSchema>;

export const consentWordingSchema = z.object({
  key: z.string(),
  version: z.string(),
  locale: z.enum(['ja', 'en']),
  text: z.string(),
  validFrom: z.number(),
});
export type ConsentWording = z.infer<typeof consentWordingSchema>;

export const customerConsentsSchema = z.object({
  data: z.object({ states: z.array(consentStateSchema), history: z.array(consentRecordSchema) }),
});
export type CustomerConsents = z.infer<typeof customerConsentsSchema>['data'];

/** A change by staff, at the person's wish. */
export const consentChangeSchema = z.object({
  channel: z.enum(consentChannels),
  granted: z.boolean(),
  /** How the person asked: `phone`, `store` … */
  note: z.string().trim().max(500).optional(),
});
export type ConsentChange = z.infer<typeof consentChangeSchema>;

/** The language the printed record is in; not the reader's. */
export const consentRecordQuerySchema = z.object({ language: z.enum(['ja', 'en']) });

/** A whole HTML document, for paper. */
export const consentPrintSchema = z.object({ data: z.object({ html: z.string() }) });

export const suppressionReasons = [
  'hard-bounce',
  'soft-bounces',
  'complaint',
  'unsubscribe',
  'manual',
] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];
