import { instantOf, wallClock } from '../../../shared/site-time';

export interface QuietHours {
  /** `21:00`; null for none. May be later than `to`: then the night lies between. */
  readonly from: string | null;
  readonly to: string | null;
}

const DAY_MS = 24 * 60 * 60_000;

function minutes(time: string): number {
  const [hours = '0', rest = '0'] = time.split(':');
  return Number(hours) * 60 + Number(rest);
}

/** When it is over by the clock on the wall, or null when it is not quiet now. */
export function quietUntil({ from, to }: QuietHours, now: Date, timeZone: string): Date | null {
  if (from === null || to === null || from === to) return null;
  const start = minutes(from);
  const end = minutes(to);
  const wall = wallClock(now, timeZone);
  const local = wall.getUTCHours() * 60 + wall.getUTCMinutes();
  const isQuiet = start < end ? local >= start && local < end : local >= start || local < end;
  if (!isQuiet) return null;
  const day = new Date(wall.getTime() + (end > local ? 0 : DAY_MS)).toISOString().slice(0, 10);
  return new Date(instantOf(`${day}T${to.padStart(5, '0')}:00`, timeZone));
}
