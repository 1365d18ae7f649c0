/** Contracts of LINE: what the admin asks and what the server answers. */
import { z } from 'zod';

export const lineFriendStatuses = ['following', 'blocked'] as const;
export type LineFriendStatus = (typeof lineFriendStatuses)[number];

export const lineFriendSchema = z.object({
  account: z.string(),
  userId: z.string(),
  customerId: z.number().int().nullable(),
  status: z.enum(lineFriendStatuses),
  displayName: z.string().nullable(),
  pictureUrl: z.string().nullable(),
  language: z.string().nullable(),
  followedAt: z.number().nullable(),
  unfollowedAt: z.number().nullable(),
  linkedAt: z.number().nullable(),
  /** Was a friend before the site listened; since when, LINE does not tell. */
  importedAt: z.number().nullable(),
});
/** A LINE user at one official account. */
export type LineFriend = z.infer<typeof lineFriendSchema>;

export const lineFriendsAnswerSchema = z.object({
  data: z.array(lineFriendSchema.extend({ accountName: z.string() })),
});

/** What stands beside a person in the admin (`facts.line`). */
export const lineFactSchema = lineFriendSchema.pick({
  account: true,
  status: true,
  displayName: true,
  pictureUrl: true,
  linkedAt: true,
});
export type LineFact = z.infer<typeof lineFactSchema>;

export const lineQuotaSchema = z.object({
  /** Null: no limit. */
  limit: z.number().int().nullable(),
  used: z.number().int(),
});
export type LineQuota = z.infer<typeof lineQuotaSchema>;

/** A live look at one official account: asked of LINE when it is opened. */
export const lineAccountStatusSchema = z.object({
  key: z.string(),
  name: z.string(),
  basicId: z.string(),
  webhookUrl: z.string(),
  /** Null: LINE could not be asked; `problem` says why. */
  bot: z
    .object({ displayName: z.string(), basicId: z.string(), pictureUrl: z.string().nullable() })
    .nullable(),
  problem: z.string().nullable(),
  quota: lineQuotaSchema.nullable(),
  lastWebhookAt: z.number().nullable(),
  pendingEvents: z.number().int(),
  deadEvents: z.number().int(),
});
export type LineAccountStatus = z.infer<typeof lineAccountStatusSchema>;

export const lineStatusAnswerSchema = z.object({ data: z.array(lineAccountStatusSchema) });

export const lineUnlinkAnswerSchema = z.object({ data: z.object({ unlinked: z.boolean() }) });

/** A postback that says so is kept and answered as if she had written what follows. */
export const SAID_PREFIX = 'say:';
