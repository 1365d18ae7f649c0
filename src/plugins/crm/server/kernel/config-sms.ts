import { z } from 'zod';

/** A gateway that speaks Twilio's message API; several Japanese carriers' gateways do. */
export const smsSchema = z
  .object({
    apiOrigin: z.url().default('https://api.twilio.com'),
    accountSid: z.string().min(1),
    authToken: z.string().min(1),
    /** A number, a name where the carriers take one, or a messaging service (`MG…`). */
    from: z.string().min(1),
    /** Yen a part, for the cost that is shown before and after sending. */
    pricePerPart: z.number().nonnegative().optional(),
    /** Calls of this process at the same time. */
    connections: z.number().int().min(1).max(100).default(8),
    timeoutMs: z.number().int().min(100).default(10_000),
  })
  .optional();
