/** Contracts of the list of addresses that get nothing on a channel, whoever holds them. */
import { z } from 'zod';

import { consentChannels, suppressionReasons } from './consent';
import { exportEncodings } from './customer-work';

export const suppressionSchema = z.object({
  id: z.number().int(),
  channel: z.enum(consentChannels),
  /** Null: whoever held it was forgotten, and only its hash is left. */
  address: z.string().nullable(),
  reason: z.enum(suppressionReasons),
  since: z.number(),
});
export type SuppressedAddress = z.infer<typeof suppressionSchema>;

const filterSchema = z.object({
  /** The whole address, in any spelling. */
  address: z.string().trim().max(320).optional(),
  channel: z.enum(consentChannels).optional(),
  reason: z.enum(suppressionReasons).optional(),
});

export const suppressionsQuerySchema = filterSchema.extend({
  cursor: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type SuppressionsQuery = z.infer<typeof suppressionsQuerySchema>;

export const suppressionsFileSchema = filterSchema.extend({
  encoding: z.enum(exportEncodings).default('utf8'),
});
export type SuppressionsFile = z.infer<typeof suppressionsFileSchema>;

/** An address that staff put on the list. */
export const suppressionInputSchema = z.object({
  channel: z.enum(['email', 'sms']),
  address: z.string().trim().min(3).max(320),
});
export type SuppressionInput = z.infer<typeof suppressionInputSchema>;

export const suppressionDoneSchema = z.object({ data: z.object({ done: z.boolean() }) });
