import { z } from 'zod';

/** `too-few`, `no-quota` …: why nobody got it. `waits`: it is not known yet. */
export const narrowingOutcomes = [
  'waits',
  'done',
  'too-few',
  'no-quota',
  'stopped',
  'nobody',
  'failed',
] as const;
export type NarrowingOutcome = (typeof narrowingOutcomes)[number];

/**
 * What a provider itself adds up of a campaign. `asOf` null: it was not asked yet. Otherwise null
 * is fewer people than it tells of.
 */
export const providerFiguresSchema = z.object({
  channel: z.string(),
  sender: z.string(),
  asOf: z.number().nullable(),
  uniqueImpressions: z.number().nullable(),
  uniqueClicks: z.number().nullable(),
  /** Where the provider chose among the audience: how many fitted, how many of them it reached. */
  narrowed: z
    .object({
      fitting: z.number().nullable(),
      reached: z.number().nullable(),
      outcome: z.enum(narrowingOutcomes),
    })
    .nullable(),
});
