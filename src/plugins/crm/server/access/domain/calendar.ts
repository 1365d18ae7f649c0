import { wallClock } from '../../../shared/site-time';

const DAY = 86_400_000;

const dayNumber = (instant: Date, timeZone: string): number =>
  Math.floor(wallClock(instant, timeZone).getTime() / DAY);

/** How many midnights of the time zone lie between two instants. */
export const daysBetween = (from: Date, until: Date, timeZone: string): number =>
  dayNumber(until, timeZone) - dayNumber(from, timeZone);
