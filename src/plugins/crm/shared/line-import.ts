/** Import of followers from before the webhook was there, over HTTP. */
import { z } from 'zod';

/** `refused`: LINE gives the list to verified and premium accounts only. */
export const followerImportStates = ['running', 'stopped', 'done', 'refused'] as const;
export type FollowerImportState = (typeof followerImportStates)[number];

export const followerImportSchema = z.object({
  account: z.string(),
  state: z.enum(followerImportStates),
  /** Followers that LINE has listed, how many of them were new here, and whose names were asked. */
  found: z.number().int(),
  added: z.number().int(),
  named: z.number().int(),
  startedAt: z.number(),
  changedAt: z.number(),
  /** Why it does not go on just now; it is tried again by itself. */
  problem: z.string().nullable(),
});
export type FollowerImport = z.infer<typeof followerImportSchema>;

export const followerImportsAnswerSchema = z.object({ data: z.array(followerImportSchema) });

export const followerImportWishSchema = z.object({ action: z.enum(['start', 'stop']) });
