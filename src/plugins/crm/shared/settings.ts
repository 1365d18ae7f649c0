/** Contracts of Settings: does everything work, and what stands where. */
import { z } from 'zod';

const wordingSchema = z.object({ version: z.string(), text: z.string() }).nullable();

export const settingsSchema = z.object({
  data: z.object({
    publicUrl: z.string(),
    timeZone: z.string(),
    organisation: z.object({ name: z.string(), postalAddress: z.string(), contact: z.string() }),
    /** As English readers are shown it. */
    organisationInEnglish: z.object({ name: z.string(), postalAddress: z.string() }),
    sender: z.object({ name: z.string(), address: z.string() }),
    smtp: z.object({
      host: z.string(),
      port: z.number().int(),
      /** A connection was opened and the server greeted. */
      reachable: z.boolean(),
      problem: z.string().nullable(),
    }),
    tracking: z.object({ scriptUrl: z.string() }),
    wordings: z.array(z.object({ channel: z.string(), ja: wordingSchema, en: wordingSchema })),
  }),
});
export type Settings = z.infer<typeof settingsSchema>['data'];

/** Told to everybody who is logged in to the admin. */
export const siteSchema = z.object({ data: z.object({ timeZone: z.string() }) });

export const testMailSchema = z.object({
  data: z.object({
    to: z.string(),
    /** `waiting`: not answered for yet after some seconds. */
    status: z.enum(['accepted', 'failed', 'waiting']),
    reason: z.string().nullable(),
  }),
});
export type TestMail = z.infer<typeof testMailSchema>['data'];
