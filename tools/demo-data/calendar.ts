import type { Random } from './random';

/** One day in milliseconds. */
export const DAY = 24 * 60 * 60 * 1000;

const HOUR = 60 * 60 * 1000;
const JAPAN_OFFSET = 9 * HOUR;

/** How busy a web shop is at each hour of the day in Japan. */
const HOURS = [5, 2, 1, 1, 1, 1, 2, 4, 6, 6, 7, 8, 11, 8, 7, 7, 7, 8, 10, 13, 16, 18, 16, 11];
const ALL_HOURS = HOURS.map((_, hour) => hour);

/** The same day in Japan at an hour at which people shop. */
export function atShoppingHour(random: Random, day: Date): Date {
  const midnight = Math.floor((day.getTime() + JAPAN_OFFSET) / DAY) * DAY - JAPAN_OFFSET;
  const hour = random.weighted(ALL_HOURS, (entry) => HOURS[entry] ?? 1);
  return new Date(midnight + hour * HOUR + random.integer(0, 3599) * 1000);
}

/** A moment as a Japanese shop's export writes it: local time with its offset. */
export function toJapanTime(at: Date): string {
  return new Date(at.getTime() + JAPAN_OFFSET).toISOString().replace(/\.\d{3}Z$/, '+09:00');
}
