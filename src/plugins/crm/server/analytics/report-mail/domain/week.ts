/** When the weekly report is due, and which days it tells of. Pure: the site's clock comes in. */
import type { ReportMail } from '../../../../shared/report-mail';
import { instantOf, wallClock } from '../../../../shared/site-time';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface Week {
  readonly from: number;
  readonly to: number;
}

export interface Due {
  /** The day it is due on, where the site is: each is written once. */
  readonly day: string;
  readonly at: number;
  /** The seven whole days before that day, and the seven before those. */
  readonly week: Week;
  readonly before: Week;
}

type Times = Pick<ReportMail, 'weekday' | 'hour'>;

/** A moment of the wall clock, as if that were UTC. */
const written = (wall: number): string => new Date(wall).toISOString().slice(0, 19);

function dueOn(day: number, hour: number, timeZone: string): Due {
  const at = (wall: number) => instantOf(written(wall), timeZone);
  return {
    day: written(day).slice(0, 10),
    at: at(day + hour * HOUR),
    week: { from: at(day - 7 * DAY), to: at(day) },
    before: { from: at(day - 14 * DAY), to: at(day - 7 * DAY) },
  };
}

/** The last day of that name whose hour has come. */
function lastDay(now: Date, { weekday, hour }: Times, timeZone: string): number {
  const wall = wallClock(now, timeZone);
  const today = wall.getTime() - (wall.getTime() % DAY);
  const day = today - ((wall.getUTCDay() - weekday + 7) % 7) * DAY;
  return day + hour * HOUR <= wall.getTime() ? day : day - 7 * DAY;
}

/** The report that is or was due last: who was away at its hour makes up for this one. */
export const lastDue = (now: Date, times: Times, timeZone: string): Due =>
  dueOn(lastDay(now, times, timeZone), times.hour, timeZone);

export const nextDue = (now: Date, times: Times, timeZone: string): Due =>
  dueOn(lastDay(now, times, timeZone) + 7 * DAY, times.hour, timeZone);
