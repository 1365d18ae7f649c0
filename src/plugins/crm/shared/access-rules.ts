/** Named rules, where rules are used, and what is wrong with them. */
import { z } from 'zod';

import { audienceSchema } from './access';

/** `invalid`: the stored value is no rule. */
export const REFERENCE_KINDS = ['rule', 'segment', 'tier', 'plan', 'invalid'] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

export const accessRuleInputSchema = z.object({
  name: z.string().trim().min(1).max(120),
  description: z.string().trim().max(1000).default(''),
  audience: audienceSchema,
});
export type AccessRuleInput = z.infer<typeof accessRuleInputSchema>;

/** One entry that a rule holds for. `path`: in the admin, without the leading slash. */
export const accessUsageSchema = z.object({
  uid: z.string(),
  documentId: z.string(),
  /** The type's display name. */
  type: z.string(),
  title: z.string(),
  path: z.string(),
  locales: z.array(z.string()),
  published: z.boolean(),
});
export type AccessUsage = z.infer<typeof accessUsageSchema>;

export const accessRuleSummarySchema = z.object({
  documentId: z.string(),
  name: z.string(),
  description: z.string(),
  /** Null: what is stored is no rule; everything that names it is withheld. */
  audience: audienceSchema.nullable(),
  /** Why it withholds from everybody: something that it names is gone. In the reader's language. */
  problem: z.string().nullable(),
  /** How many entries and other rules name it. */
  usageCount: z.number().int(),
});
export type AccessRuleSummary = z.infer<typeof accessRuleSummarySchema>;

export const accessRuleDetailSchema = accessRuleSummarySchema.extend({
  usages: z.array(accessUsageSchema),
  /** Names of other rules that are made of it. */
  rules: z.array(z.object({ documentId: z.string(), name: z.string() })),
});
export type AccessRuleDetail = z.infer<typeof accessRuleDetailSchema>;

export const accessRuleListSchema = z.object({ data: z.array(accessRuleSummarySchema) });
export const accessRuleAnswerSchema = z.object({ data: accessRuleDetailSchema });

/** A rule that names something that is gone, or cannot be read: what carries it is withheld. */
export const accessProblemSchema = z.object({
  uid: z.string(),
  documentId: z.string(),
  locale: z.string(),
  published: z.boolean(),
  /** `access`, or `blocks.2.audience`. */
  path: z.string(),
  kind: z.enum(REFERENCE_KINDS),
  ref: z.string(),
  title: z.string(),
  message: z.string(),
});
export type AccessProblem = z.infer<typeof accessProblemSchema>;

/** Answer of `GET /crm/access/problems`. */
export const accessProblemsSchema = z.object({ data: z.array(accessProblemSchema) });
