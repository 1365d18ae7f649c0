/** "Preview as": an entry as one person gets it, before it is published and without being her. */
import { z } from 'zod';

import { accessSchema, audienceSchema, blockAudienceSchema, DEVICES } from './access';

const keys = z.array(z.string().trim().min(1).max(100)).max(50);
const word = z.string().trim().max(60);

/** The circumstances of the visit that is looked at. What is left out is as on a plain visit. */
export const previewContextSchema = z.strictObject({
  device: z.enum(DEVICES).default('desktop'),
  /** The language the browser asks for; that of the page when left out. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .optional(),
  /** ISO 3166; only where the site is told the country of its visitors. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  /** The host that led here. */
  referrer: z
    .string()
    .regex(/^[a-z0-9.-]{1,200}$/)
    .optional(),
  utm: z
    .strictObject({
      source: word.optional(),
      medium: word.optional(),
      campaign: word.optional(),
      term: word.optional(),
      content: word.optional(),
    })
    .optional(),
});
export type PreviewContext = z.infer<typeof previewContextSchema>;

/** Through whose eyes. */
export const previewPersonSchema = z.discriminatedUnion('kind', [
  /** Nobody is logged in. */
  z.strictObject({ kind: z.literal('visitor') }),
  /** A customer as she is now. */
  z.strictObject({ kind: z.literal('person'), customerId: z.number().int().positive() }),
  /** A member who need not exist. */
  z.strictObject({
    kind: z.literal('profile'),
    tier: z.string().trim().min(1).max(100).optional(),
    plans: keys.default([]),
    segments: keys.default([]),
    memberDays: z.number().int().min(0).max(36_500).default(0),
  }),
]);
export type PreviewPerson = z.infer<typeof previewPersonSchema>;

export const PREVIEW_VERSIONS = ['draft', 'published'] as const;

/** Body of `POST /crm/previews`. */
export const previewRequestSchema = z.strictObject({
  uid: z.string().min(3).max(200),
  documentId: z.string().min(1).max(64),
  locale: z.enum(['ja', 'en']).default('ja'),
  version: z.enum(PREVIEW_VERSIONS).default('draft'),
  person: previewPersonSchema,
  context: previewContextSchema.prefault({}),
  /** The page as it will be at this moment; now when left out. */
  asOf: z.iso.datetime({ offset: true }).optional(),
});
export type PreviewRequest = z.infer<typeof previewRequestSchema>;

const clauseSchema = z.object({ clause: audienceSchema, met: z.enum(['yes', 'no', 'unknown']) });
export type PreviewClause = z.infer<typeof clauseSchema>;

const blockSchema = z.object({
  /** Place in the entry, as in campaigns: `blocks.hero.0`; empty for what stands inside a block. */
  key: z.string(),
  component: z.string(),
  displayName: z.string(),
  excerpt: z.string(),
  /**
   * `behind-gate`: the entry is withheld, and this is not in its teaser. `slot-taken`: another
   * block of the slot came first.
   */
  outcome: z.enum(['shown', 'withheld', 'slot-taken', 'behind-gate']),
  /** Null: the block has no rule. */
  rule: blockAudienceSchema.nullable(),
  /** The rule cannot be read, so nobody sees the block. */
  broken: z.boolean(),
  because: clauseSchema.nullable(),
  /** Name and excerpt of the block that has the slot. */
  winner: z.string().nullable(),
});
export type PreviewBlock = z.infer<typeof blockSchema>;

/** Answer of `POST /crm/previews`. */
export const previewAnswerSchema = z.object({
  data: z.object({
    /** Address of the page as this person gets it; null when the entry has no page of its own. */
    url: z.string().nullable(),
    expiresAt: z.string().nullable(),
    /** The address on the site. */
    path: z.string().nullable(),
    person: z.object({
      loggedIn: z.boolean(),
      name: z.string().nullable(),
      tier: z.string().nullable(),
      plans: z.array(z.string()),
      segments: z.array(z.string()),
      memberSince: z.string().nullable(),
    }),
    entry: z.object({
      allowed: z.boolean(),
      access: accessSchema.nullable(),
      broken: z.boolean(),
      because: clauseSchema.nullable(),
    }),
    blocks: z.array(blockSchema),
  }),
});
export type PreviewAnswer = z.infer<typeof previewAnswerSchema>['data'];
