/** Periods of the calendar as the evaluator counts them: Asia/Tokyo, and no summer time. */
import { HOUR, NOW } from './people';

export interface Period {
  readonly count: number;
  readonly unit: string;
}

const TOKYO = 9 * HOUR;

/** The day in Tokyo on which something happens. */
export const dayOf = (instant: number): string =>
  new Date(instant + TOKYO).toISOString().slice(0, 10);

export const today = new Date(NOW + TOKYO);

export function back(
  { count, unit }: Period,
  direction: 1 | -1,
): { year: number; month: number; day: number } {
  const year = today.getUTCFullYear();
  const month = today.getUTCMonth();
  const day = today.getUTCDate();
  const days = unit === 'weeks' ? count * 7 : count;
  if (unit === 'days' || unit === 'weeks') {
    const moved = new Date(Date.UTC(year, month, day + direction * days));
    return { year: moved.getUTCFullYear(), month: moved.getUTCMonth(), day: moved.getUTCDate() };
  }
  const months = direction * (unit === 'years' ? count * 12 : count);
  const first = new Date(Date.UTC(year, month + months, 1));
  const last = new Date(Date.UTC(year, month + months + 1, 0)).getUTCDate();
  return { year: first.getUTCFullYear(), month: first.getUTCMonth(), day: Math.min(day, last) };
}

const midnight = ({ year, month, day }: { year: number; month: number; day: number }): number =>
  Date.UTC(year, month, day) - TOKYO;

const startOfTomorrow =
  Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() + 1) - TOKYO;

export function inLast(instant: number, period: Period): boolean {
  if (period.unit === 'hours') return instant >= NOW - period.count * HOUR && instant <= NOW;
  return instant >= midnight(back(period, -1)) && instant < startOfTomorrow;
}

export const iso = ({ year, month, day }: { year: number; month: number; day: number }): string =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
