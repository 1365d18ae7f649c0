/** Contracts of tiers: the rule that people climb by, and what it would do to them. */
import { z } from 'zod';

export const tierMetrics = ['spend', 'orders', 'visits', 'points'] as const;
export type TierMetric = (typeof tierMetrics)[number];

/** What counts, and over which time. */
export const tierRuleSchema = z.object({
  metric: z.enum(tierMetrics),
  /** The last so many calendar months; null: all time. */
  months: z.number().int().min(1).max(120).nullable(),
});
export type TierRule = z.infer<typeof tierRuleSchema>;

export const DEFAULT_TIER_RULE: TierRule = { metric: 'spend', months: 12 };

export const tierSchema = z.object({
  key: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().trim().min(1).max(60),
  nameEn: z.string().trim().max(60).nullable(),
  /** From this figure on; the lowest tier asks for 0. */
  minimum: z.number().int().min(0).max(1_000_000_000),
  color: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .nullable(),
});
export type TierInput = z.infer<typeof tierSchema>;

/** From the lowest to the highest. */
export const tierSettingsSchema = z.object({
  rule: tierRuleSchema,
  tiers: z.array(tierSchema).min(1).max(20),
});
export type TierSettings = z.infer<typeof tierSettingsSchema>;

export const tierSettingsAnswerSchema = z.object({
  data: tierSettingsSchema.extend({
    /** How many people are in each tier, by key. */
    people: z.record(z.string(), z.number()),
    /** True: saved rules are being applied to everybody. */
    isApplying: z.boolean(),
  }),
});

export const tierPreviewSchema = z.object({
  data: z.object({
    up: z.number(),
    down: z.number(),
    same: z.number(),
    /** Fixed by hand: no rule moves them. */
    locked: z.number(),
    moves: z.array(z.object({ from: z.string(), to: z.string(), people: z.number() })),
  }),
});
export type TierPreview = z.infer<typeof tierPreviewSchema>['data'];

export const tierChangeSchema = z.object({
  id: z.number().int(),
  at: z.number(),
  from: z.string().nullable(),
  to: z.string(),
  /** `rule`, or by a person. */
  cause: z.enum(['rule', 'person']),
  by: z.string().nullable(),
});
export type TierChange = z.infer<typeof tierChangeSchema>;

export const customerTierSchema = z.object({
  data: z.object({
    tier: z.string(),
    locked: z.boolean(),
    rule: tierRuleSchema,
    figure: z.number(),
    tiers: z.array(tierSchema),
    history: z.array(tierChangeSchema),
  }),
});

export const setTierSchema = z.object({ tier: z.string().max(40), locked: z.boolean() });
