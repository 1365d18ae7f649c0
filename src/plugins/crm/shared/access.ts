/**
 * Who may see something: the value of the custom fields Access (entries) and Audience (blocks).
 * One shape for the REST gate, the HTML site, mail and LINE.
 */
import { z } from 'zod';

import { contextRuleSchema } from './context-rule';

export { DEVICES } from './context-rule';

const keys = z.array(z.string().trim().min(1).max(100)).min(1).max(50);

/** What the variants of an experiment are called; `a` is what everybody had before it. */
export const VARIANT_KEYS = ['a', 'b', 'c', 'd'] as const;
export type VariantKey = (typeof VARIANT_KEYS)[number];

const everyone = z.strictObject({ type: z.literal('everyone') });
const visitors = z.strictObject({ type: z.literal('visitors') });
const members = z.strictObject({ type: z.literal('members') });
const tiers = z.strictObject({ type: z.literal('tiers'), keys });
const plans = z.strictObject({ type: z.literal('plans'), keys });
const segments = z.strictObject({ type: z.literal('segments'), ids: keys });
/** A named rule of `plugin::crm.access-rule`, by its documentId: one rule for many pages. */
const rule = z.strictObject({ type: z.literal('rule'), id: z.string().trim().min(1).max(100) });
const days = z.number().int().min(0).max(36_500);
const joined = z
  .strictObject({
    type: z.literal('joined'),
    atLeastDays: days.optional(),
    atMostDays: days.optional(),
  })
  .refine((value) => value.atLeastDays !== undefined || value.atMostDays !== undefined);

/** People who got one of these variants; without a running experiment everybody has `a`. */
const experiment = z.strictObject({
  type: z.literal('experiment'),
  /** documentId of the experiment. */
  id: z.string().trim().min(1).max(100),
  variants: z.array(z.enum(VARIANT_KEYS)).min(1).max(4),
});

const leaf = z.discriminatedUnion('type', [
  everyone,
  visitors,
  members,
  tiers,
  plans,
  segments,
  contextRuleSchema,
  joined,
  experiment,
  rule,
]);

export type AudienceLeaf = z.infer<typeof leaf>;

export type Audience =
  | AudienceLeaf
  | { type: 'and'; of: Audience[] }
  | { type: 'or'; of: Audience[] }
  | { type: 'not'; of: Audience };

/** Deeper than a person would nest, shallow enough never to exhaust the stack. */
export const MAX_AUDIENCE_DEPTH = 8;

function audienceOfDepth(depth: number): z.ZodType<Audience> {
  if (depth <= 1) return leaf;
  const inner = z.lazy(() => audienceOfDepth(depth - 1));
  const several = z.array(inner).min(1).max(20);
  return z.union([
    leaf,
    z.strictObject({ type: z.literal('and'), of: several }),
    z.strictObject({ type: z.literal('or'), of: several }),
    z.strictObject({ type: z.literal('not'), of: inner }),
  ]);
}

export const audienceSchema = audienceOfDepth(MAX_AUDIENCE_DEPTH);

export const OTHERWISE = ['teaser', 'deny', 'login', 'redirect'] as const;
export type Otherwise = (typeof OTHERWISE)[number];

/** A path on this site: never another origin, so that a gate is no open redirect. */
export const sitePath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\s\\]*$/);

export const accessSchema = z
  .strictObject({
    audience: audienceSchema,
    otherwise: z.enum(OTHERWISE).default('teaser'),
    redirectTo: sitePath.optional(),
  })
  .refine((value) => value.otherwise !== 'redirect' || value.redirectTo !== undefined, {
    path: ['redirectTo'],
  });
/** Stored by the custom field `plugin::crm.access`; null means everyone. */
export type Access = z.infer<typeof accessSchema>;

export const blockAudienceSchema = z.strictObject({
  audience: audienceSchema,
  /** Blocks of one zone that share a slot compete: the first that may be seen is shown. */
  slot: z.string().trim().min(1).max(60).optional(),
});
/** Stored by the custom field `plugin::crm.audience`; null means everyone, no slot. */
export type BlockAudience = z.infer<typeof blockAudienceSchema>;

/** What stands in the Access field of an answer instead of the rule itself. */
export interface AccessVerdict {
  readonly allowed: boolean;
  readonly reason?: string;
  readonly otherwise?: Otherwise;
  readonly redirectTo?: string;
}

const choice = z.object({ value: z.string(), label: z.string() });

/** Answer of `GET /crm/access/choices`. */
export const accessChoicesSchema = z.object({
  data: z.object({
    tiers: z.array(choice),
    plans: z.array(choice),
    segments: z.array(choice),
    rules: z.array(choice),
    /** Tests of blocks, with what each variant is called. */
    experiments: z.array(choice.extend({ variants: z.array(choice) })),
  }),
});
export type AccessChoices = z.infer<typeof accessChoicesSchema>['data'];
