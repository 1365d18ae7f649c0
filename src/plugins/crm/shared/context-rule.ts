/** The context kind of an audience: what a request tells without anybody being known. */
import { z } from 'zod';

const words = z.array(z.string().trim().min(1).max(60)).min(1).max(30);

/**
 * With an offset an instant; without one (`2026-12-01T10:00`) the wall clock of the site's time
 * zone, as an editor means it.
 */
const moment = z.iso.datetime({ offset: true, local: true });

export const DEVICES = ['mobile', 'tablet', 'desktop'] as const;
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
export const UTM_KEYS = ['source', 'medium', 'campaign', 'term', 'content'] as const;
export type UtmKey = (typeof UTM_KEYS)[number];

/** In `referrers`: who typed the address or came from an app. */
export const DIRECT_REFERRER = 'direct';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Every part given must match; within a list one is enough. */
export const contextRuleSchema = z
  .strictObject({
    type: z.literal('context'),
    devices: z.array(z.enum(DEVICES)).min(1).max(3).optional(),
    /** ISO 639, as browsers name them: `ja`, `en`, `zh`. */
    languages: z
      .array(z.string().regex(/^[a-z]{2,3}$/))
      .min(1)
      .max(30)
      .optional(),
    /** ISO 3166, as the trusted header of the network in front of the site names them: `JP`. */
    countries: z
      .array(z.string().regex(/^[A-Z]{2}$/))
      .min(1)
      .max(100)
      .optional(),
    /**
     * Hosts the visitor came from. `example.com` also means its subdomains, a word without a dot
     * any part of the host (`google` is www.google.co.jp too), `direct` no page at all.
     */
    referrers: words.optional(),
    utm: z
      .strictObject({
        source: words.optional(),
        medium: words.optional(),
        campaign: words.optional(),
        term: words.optional(),
        content: words.optional(),
      })
      .optional(),
    /** Paths seen earlier in this visit; `/articles/*` means everything below. */
    viewed: z.array(z.string().trim().min(1).max(200).startsWith('/')).min(1).max(30).optional(),
    from: moment.optional(),
    until: moment.optional(),
    /** Times of day in the site's time zone; `22:00` to `05:00` runs over midnight. */
    hours: z.strictObject({ from: timeOfDay, until: timeOfDay }).optional(),
    /** Days of the week in the site's time zone. */
    weekdays: z.array(z.enum(WEEKDAYS)).min(1).max(7).optional(),
  })
  .refine(({ type: _, ...rest }) => Object.values(rest).some((value) => value !== undefined));

export type ContextRule = z.infer<typeof contextRuleSchema>;
