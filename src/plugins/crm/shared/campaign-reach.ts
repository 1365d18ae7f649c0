/** Whom a campaign reaches, whom it does not and why, and what that costs. */
import { z } from 'zod';

const epoch = z.number().nullable();

/** Why a person gets nothing. Each has a text in the admin and a place in the report. */
export const guardReasons = [
  'no-address',
  'no-consent',
  'withdrawn',
  'suppressed',
  'duplicate-address',
  'unconfirmed',
  'access',
  'nothing-to-show',
  'quota',
  'frequency-cap',
  'holdout',
  'already-read',
  'topic',
  'paused',
  'personal-cap',
] as const;
export type GuardReason = (typeof guardReasons)[number];

export const blockedSchema = z.array(
  z.object({ reason: z.enum(guardReasons), people: z.number() }),
);

/** What one sender of a channel may still send this month. */
export const quotaViewSchema = z.object({
  channel: z.string(),
  /** Name of the sender: an official account. */
  sender: z.string(),
  /** Null: the provider could not be asked. */
  state: z
    .object({
      /** Null: no limit. */
      limit: z.number().nullable(),
      used: z.number(),
      /** Promised to campaigns that are being sent. */
      reserved: z.number(),
      /** Null: no limit. */
      left: z.number().nullable(),
    })
    .nullable(),
  /** Messages that this campaign would take. */
  needed: z.number(),
  /** Yen, where the price of a message is configured. */
  cost: z.number().nullable(),
});
export type QuotaView = z.infer<typeof quotaViewSchema>;

/** Who would be reached now, by channel, and who falls out and why. */
export const audienceReachSchema = z.object({
  total: z.number(),
  reached: z.number(),
  /** `cost`: yen, where the price of every message is known. */
  channels: z.array(
    z.object({ channel: z.string(), people: z.number(), cost: z.number().nullable() }),
  ),
  blocked: blockedSchema,
  /** Of those who are reached: who has had as many messages as the rules allow, were it sent now. */
  capped: z.number(),
  /** It is quiet now: nothing would go out before. */
  quietUntil: epoch,
  /** True beyond a size where only a part was looked at person by person. */
  isEstimate: z.boolean(),
  quotas: z.array(quotaViewSchema),
});
export type AudienceReach = z.infer<typeof audienceReachSchema>;
