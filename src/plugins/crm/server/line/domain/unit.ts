/** Aggregation units: the names under which LINE adds up what was seen and clicked. */

/** A campaign's name at LINE, of letters, digits and `_`; a month knows 1,000 names. */
export const unitOfCampaign = (campaignId: number): string => `campaign_${campaignId}`;

/** LINE counts for two weeks after a message; a day more, for its figures come a day late. */
export const COUNTED_DAYS = 15;

const DAY_MS = 86_400_000;
const JAPAN_MS = 9 * 3_600_000;

/** `20261122`: LINE's days are Japan's, wherever the site is. */
const japaneseDay = (at: number): string =>
  new Date(at + JAPAN_MS).toISOString().slice(0, 10).replaceAll('-', '');

/** The days to ask about: never later than today, and no more than LINE answers for. */
export const daysToAsk = (firstSentAt: number, now: number): { from: string; to: string } => ({
  from: japaneseDay(firstSentAt),
  to: japaneseDay(Math.min(now, firstSentAt + COUNTED_DAYS * DAY_MS)),
});

/** Before this nobody needs to be asked about what was sent. */
export const countedSince = (now: number): number => now - (COUNTED_DAYS + 1) * DAY_MS;
