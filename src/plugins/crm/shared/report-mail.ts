/** Contracts of the report that comes by mail every week: who gets it, and when. */
import { z } from 'zod';

export const reportMailSchema = z.object({
  /** Nobody: no report is written. */
  emails: z.array(z.email().max(200)).max(20).default([]),
  locale: z.enum(['ja', 'en']).default('ja'),
  /** 0 is Sunday; the day and the hour are those of the site. */
  weekday: z.number().int().min(0).max(6).default(1),
  hour: z.number().int().min(0).max(23).default(9),
});
export type ReportMail = z.infer<typeof reportMailSchema>;

export const reportMailViewSchema = z.object({
  settings: reportMailSchema,
  /** When it comes next; null while nobody gets it. */
  nextAt: z.number().nullable(),
  /** The last one that was written, and to how many. */
  last: z.object({ at: z.number(), recipients: z.number().int() }).nullable(),
});
export type ReportMailView = z.infer<typeof reportMailViewSchema>;

export const reportMailAnswerSchema = z.object({ data: reportMailViewSchema });

export const reportMailTriedSchema = z.object({ data: z.object({ to: z.string() }) });
