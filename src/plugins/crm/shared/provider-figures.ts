import { z } from 'zod';

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
});
