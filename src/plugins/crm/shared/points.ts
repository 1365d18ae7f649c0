/** Contracts of points: a ledger that programs write and tiers may be decided by. */
import { z } from 'zod';

import { personKeySchema } from './plans';

/** Positive: earned. Negative: spent or taken back. The same `reference` again changes nothing. */
export const pointsInputSchema = z.object({
  customer: personKeySchema,
  points: z
    .number()
    .int()
    .min(-1_000_000_000)
    .max(1_000_000_000)
    .refine((points) => points !== 0),
  reference: z.string().trim().min(1).max(200),
  /** Now when left out. */
  at: z.iso.datetime({ offset: true }).nullable().default(null),
});
export type PointsInput = z.infer<typeof pointsInputSchema>;
