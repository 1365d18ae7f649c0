/** Subject and content A/B of a campaign: a part of the people decides what the rest gets. */
import { z } from 'zod';

import { campaignSourceSchema } from './campaign-source';

/** What counts as better: more people who read it, or more who clicked in it. */
export const testMetrics = ['open', 'click'] as const;
export type TestMetric = (typeof testMetrics)[number];

/** B, C and D; A is the campaign itself. What is left empty is as in A. */
const variantSchema = z.object({
  subject: z.string().trim().max(200).default(''),
  source: campaignSourceSchema.nullable().default(null),
});

export const campaignTestSchema = z.object({
  variants: z.array(variantSchema).min(1).max(3),
  /** Percent of the people who take part, all variants together. */
  share: z.number().int().min(2).max(80),
  /** From the last message of the test to the decision. */
  waitMinutes: z
    .number()
    .int()
    .min(15)
    .max(7 * 24 * 60),
  metric: z.enum(testMetrics),
});
export type CampaignTest = z.infer<typeof campaignTestSchema>;

/** What came of a variant; people, never machines. */
export const variantResultSchema = z.object({
  subject: z.string(),
  accepted: z.number(),
  /** Opened it, or clicked in it with pictures turned off. */
  opened: z.number(),
  clicked: z.number(),
});
export type VariantResult = z.infer<typeof variantResultSchema>;

export const testReportSchema = z.object({
  variants: z.array(variantResultSchema),
  /** Place of the variant that the rest gets; null while nobody knows. */
  winner: z.number().nullable(),
  /** Null until the last message of the test is out. */
  decidesAt: z.number().nullable(),
});

export const winnerSchema = z.object({ variant: z.number().int().min(0).max(3) });
