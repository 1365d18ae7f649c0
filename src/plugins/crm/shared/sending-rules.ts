/** The house's rules of sending: how often, when, and who has to agree. */
import { z } from 'zod';

const cap = z.number().int().min(1).max(99).nullable().default(null);
const hour = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .nullable()
  .default(null);

export const sendingRulesSchema = z
  .object({
    /** Advertising messages to one person within 24 hours, over all channels. */
    dailyCap: cap,
    /** The same within seven days. */
    weeklyCap: cap,
    /** No advertising from this hour … to that one, in the site's time zone. Both or neither. */
    quietFrom: hour,
    quietTo: hour,
    /** Campaigns to more people than this need a second person. */
    approvalAbove: z.number().int().min(0).max(100_000_000).nullable().default(null),
    /** "Send now" waits so long, so that it can be taken back. */
    cancelWindowSeconds: z.number().int().min(0).max(3600).default(0),
    /** No advertising by mail while DNS says that receivers would refuse it. */
    requireAlignment: z.boolean().default(false),
  })
  .refine((rules) => (rules.quietFrom === null) === (rules.quietTo === null), {
    path: ['quietTo'],
  });
export type SendingRules = z.infer<typeof sendingRulesSchema>;
