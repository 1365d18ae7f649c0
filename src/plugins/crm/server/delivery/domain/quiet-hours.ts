export interface QuietHours {
  /** `21:00`; null for none. May be later than `to`: then the night lies between. */
  readonly from: string | null;
  readonly to: string | null;
}

const DAY_MINUTES = 24 * 60;
const MINUTE_MS = 60_000;

function minutes(time: string): number {
  const [hours = '0', rest = '0'] = time.split(':');
  return Number(hours) * 60 + Number(rest);
}

function localMinutes(now: Date, timeZone: string): number {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return minutes(time.format(now));
}

/** When it is over, or null when it is not quiet now. Asked again by then, so a clock change costs nothing. */
export function quietUntil({ from, to }: QuietHours, now: Date, timeZone: string): Date | null {
  if (from === null || to === null || from === to) return null;
  const start = minutes(from);
  const end = minutes(to);
  const local = localMinutes(now, timeZone);
  const isQuiet = start < end ? local >= start && local < end : local >= start || local < end;
  if (!isQuiet) return null;
  const left = (end - local + DAY_MINUTES) % DAY_MINUTES;
  const thisMinute = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  return new Date(thisMinute + left * MINUTE_MS);
}
