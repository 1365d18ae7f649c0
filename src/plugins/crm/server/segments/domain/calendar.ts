/** Calendar-true dates in a time zone: what "today" and "12 months ago" are where the site lives. */
import type { Period } from '../../../shared/segments-values';
import { offsetAt } from '../../../shared/site-time';

/** A day of the calendar, wherever it is observed. `month` is 1 to 12. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What a clock on the wall shows at an instant, as if that were UTC. */
const wallClock = (instant: number, timeZone: string): number =>
  instant + offsetAt(instant, timeZone);

const dayOf = (utc: number): CalendarDay => {
  const date = new Date(utc);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

const utcOf = ({ year, month, day }: CalendarDay): number => Date.UTC(year, month - 1, day);

/** The day that people in the time zone call today at this instant. */
export const calendarDay = (instant: number, timeZone: string): CalendarDay =>
  dayOf(wallClock(instant, timeZone));

/**
 * The first instant of a day. Where clocks jump over midnight that is 01:00; where midnight comes
 * twice it is the first of the two.
 */
export function startOfDay(day: CalendarDay, timeZone: string): number {
  const midnight = utcOf(day);
  const offsets = [midnight - DAY_MS, midnight + DAY_MS].map(
    (probe) => wallClock(probe, timeZone) - probe,
  );
  const candidates = offsets
    .map((offset) => midnight - offset)
    .filter((instant) => utcOf(calendarDay(instant, timeZone)) === midnight);
  return Math.min(...(candidates.length > 0 ? candidates : [midnight - (offsets[0] ?? 0)]));
}

const daysInMonth = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();

/** A month later or earlier; the 31st becomes the last day of a shorter month. */
export function addMonths({ year, month, day }: CalendarDay, months: number): CalendarDay {
  const index = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 };
  return { ...target, day: Math.min(day, daysInMonth(target.year, target.month)) };
}

export const addDays = (day: CalendarDay, days: number): CalendarDay =>
  dayOf(utcOf(day) + days * DAY_MS);

/** Moves a day by whole periods of the calendar. */
function move(day: CalendarDay, count: number, unit: Exclude<Period['unit'], 'hours'>) {
  if (unit === 'days') return addDays(day, count);
  if (unit === 'weeks') return addDays(day, count * 7);
  return addMonths(day, unit === 'months' ? count : count * 12);
}

/** `2026-02-03`, which sorts as text. */
export const isoDay = ({ year, month, day }: CalendarDay): string =>
  [
    String(year).padStart(4, '0'),
    String(month).padStart(2, '0'),
    String(day).padStart(2, '0'),
  ].join('-');

export function parseDay(text: string): CalendarDay {
  const [year = 0, month = 1, day = 1] = text.split('-').map(Number);
  return { year, month, day };
}

/** `from` is included, `until` is not. Epoch milliseconds. */
export interface InstantRange {
  readonly from: number;
  readonly until: number;
}

/**
 * "Within the last N …" at an instant. Days, weeks, months and years begin with the day that lies
 * so far back and end with today; hours are counted from the very instant.
 */
export function lastPeriod({ count, unit }: Period, now: number, timeZone: string): InstantRange {
  if (unit === 'hours') return { from: now - count * HOUR_MS, until: now + 1 };
  const today = calendarDay(now, timeZone);
  return {
    from: startOfDay(move(today, -count, unit), timeZone),
    until: startOfDay(addDays(today, 1), timeZone),
  };
}

/** The instants that make up one day. */
export function dayRange(day: CalendarDay, timeZone: string): InstantRange {
  return { from: startOfDay(day, timeZone), until: startOfDay(addDays(day, 1), timeZone) };
}

/** First and last day of "within the last N …" or, forwards, "within the next N …"; both included. */
export function dayPeriod(
  { count, unit }: { count: number; unit: Exclude<Period['unit'], 'hours'> },
  direction: 'last' | 'next',
  now: number,
  timeZone: string,
): { first: string; last: string } {
  const today = calendarDay(now, timeZone);
  const other = move(today, direction === 'last' ? -count : count, unit);
  const [first, last] = direction === 'last' ? [other, today] : [today, other];
  return { first: isoDay(first), last: isoDay(last) };
}
