/** Contracts of duplicates and merges. */
import { z } from 'zod';

import { customerSchema } from './customers';

/** Why two records may be one person. */
export const duplicateReasons = ['phone-name', 'name-birthday', 'name-address'] as const;
export type DuplicateReason = (typeof duplicateReasons)[number];

export const duplicatePairSchema = z.object({
  a: customerSchema,
  b: customerSchema,
  reasons: z.array(z.enum(duplicateReasons)),
});
export type DuplicatePair = z.infer<typeof duplicatePairSchema>;

export const duplicatesSchema = z.object({
  data: z.array(duplicatePairSchema),
  /** When everybody was looked through, epoch ms; null where that is done at every request. */
  foundAt: z.number().nullable().default(null),
  /** How much of a look under way is done, 0 to 1; null while there is none. */
  progress: z.number().nullable().default(null),
});
export type Duplicates = z.output<typeof duplicatesSchema>;

export const mergeInputSchema = z.object({
  /** Whose record goes; the other's stays. */
  from: z.number().int().positive(),
  into: z.number().int().positive(),
});

export const pairInputSchema = z.object({
  a: z.number().int().positive(),
  b: z.number().int().positive(),
});

export const mergeSchema = z.object({
  id: z.number().int(),
  from: z.number().int(),
  into: z.number().int(),
  /** The name that went. */
  name: z.string(),
  at: z.number(),
  undoneAt: z.number().nullable(),
});
export type CustomerMerge = z.infer<typeof mergeSchema>;

export const mergeAnswerSchema = z.object({ data: mergeSchema });
export const mergesSchema = z.object({ data: z.array(mergeSchema) });
