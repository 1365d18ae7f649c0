/** Contracts of plans: what a person holds from one instant to another, unlike a tier she earns. */
import { z } from 'zod';

export const planKeySchema = z.string().regex(/^[a-z0-9-]{1,40}$/);

export const planSchema = z.object({
  key: planKeySchema,
  name: z.string(),
  nameEn: z.string().nullable(),
  /** What it is, for editors: what holding it opens. */
  description: z.string().nullable(),
});
export type Plan = z.infer<typeof planSchema>;

export const planListSchema = z.object({
  data: z.array(planSchema.extend({ holders: z.number().int() })),
});

export const planInputSchema = z.object({
  key: planKeySchema,
  name: z.string().trim().min(1).max(100),
  nameEn: z.string().trim().max(100).nullable().default(null),
  description: z.string().trim().max(1000).nullable().default(null),
});
export type PlanInput = z.infer<typeof planInputSchema>;

export const planAnswerSchema = z.object({ data: planSchema });

export const membershipStatuses = ['upcoming', 'active', 'paused', 'ended'] as const;
export type MembershipStatus = (typeof membershipStatuses)[number];

/** One holding of one plan. Times are epoch ms; an end is the first instant without access. */
export const membershipSchema = z.object({
  id: z.number().int(),
  customerId: z.number().int(),
  plan: z.string(),
  planName: z.string(),
  status: z.enum(membershipStatuses),
  startsAt: z.number(),
  /** Null: until somebody ends it. */
  endsAt: z.number().nullable(),
  pausedAt: z.number().nullable(),
  /** When a pause ends by itself; null while paused: when somebody resumes it. */
  resumesAt: z.number().nullable(),
  source: z.string(),
  reference: z.string().nullable(),
});
export type Membership = z.infer<typeof membershipSchema>;

export const planChangeSchema = z.object({
  id: z.number().int(),
  type: z.enum(['plan-granted', 'plan-paused', 'plan-resumed', 'plan-ended', 'plan-changed']),
  at: z.number(),
  planName: z.string(),
  /** Who did it: an administrator's name, or the program. */
  by: z.string().nullable(),
});
export type PlanChange = z.infer<typeof planChangeSchema>;

export const customerPlansSchema = z.object({
  data: z.object({
    memberships: z.array(membershipSchema),
    history: z.array(planChangeSchema),
    /** The plans that can be granted. */
    plans: z.array(planSchema),
  }),
});

export type CustomerPlans = z.infer<typeof customerPlansSchema>['data'];

/**
 * An instant with its offset, or a day (`2026-12-31`) in the site's time zone: a start is the
 * beginning of that day, an end includes the whole day.
 */
export const planTimeSchema = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

export const grantInputSchema = z.object({
  plan: planKeySchema,
  /** Now when left out. */
  startsAt: planTimeSchema.nullable().default(null),
  endsAt: planTimeSchema.nullable().default(null),
});
export type GrantInput = z.infer<typeof grantInputSchema>;

export const pauseInputSchema = z.object({ resumesAt: planTimeSchema.nullable().default(null) });
export const endInputSchema = z.object({
  /** Now when left out. */
  endsAt: planTimeSchema.nullable().default(null),
});
export const membershipAnswerSchema = z.object({ data: membershipSchema });

/** How a program names the person: exactly one of these. */
export const personKeySchema = z.union([
  z.strictObject({ id: z.number().int().positive().max(2_147_483_647) }),
  z.strictObject({ email: z.string().min(3).max(254) }),
  z.strictObject({ customerNumber: z.string().min(1).max(255) }),
]);
export type PersonKey = z.infer<typeof personKeySchema>;

/** The door for programs. The same `reference` again changes that holding instead of adding one. */
export const externalGrantSchema = grantInputSchema.extend({
  customer: personKeySchema,
  reference: z.string().trim().min(1).max(200),
});
export type ExternalGrant = z.infer<typeof externalGrantSchema>;

export const externalChangeSchema = z.discriminatedUnion('action', [
  z
    .object({ action: z.literal('pause'), reference: z.string().min(1).max(200) })
    .extend(pauseInputSchema.shape),
  z.object({ action: z.literal('resume'), reference: z.string().min(1).max(200) }),
  z
    .object({ action: z.literal('end'), reference: z.string().min(1).max(200) })
    .extend(endInputSchema.shape),
]);
export type ExternalChange = z.infer<typeof externalChangeSchema>;
