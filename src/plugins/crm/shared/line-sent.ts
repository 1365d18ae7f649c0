/** What another tool tells of a message that it sent through one of our LINE accounts. */
import { z } from 'zod';

export const sentElsewhereSchema = z.object({
  /** As LINE was sent it: one person, or those of a multicast. */
  to: z.union([
    z.string().regex(/^U[0-9a-f]{32}$/),
    z
      .array(z.string().regex(/^U[0-9a-f]{32}$/))
      .min(1)
      .max(500),
  ]),
  messages: z
    .array(z.looseObject({ type: z.string().min(1).max(50) }))
    .min(1)
    .max(5),
  /** `X-Line-Request-Id` of LINE's answer, or the retry key: told twice, it stands there once. */
  requestId: z.string().min(8).max(100),
  /** Name of the tool, for the staff: 「予約システム」. */
  source: z.string().trim().min(1).max(60),
  /** Now, when left out. */
  sentAt: z.iso.datetime({ offset: true }).optional(),
});
export type SentElsewhere = z.infer<typeof sentElsewhereSchema>;
