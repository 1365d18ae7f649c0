/** Calendar days in a time zone. */

const DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const existing = formats.get(timeZone);
  if (existing) return existing;
  // Swedish writes dates as ISO 8601 does.
  const created = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, created);
  return created;
}

const dayNumber = (instant: Date, timeZone: string): number =>
  Date.parse(`${formatOf(timeZone).format(instant)}T00:00:00Z`) / DAY;

/** How many midnights of the time zone lie between two instants. */
export const daysBetween = (from: Date, until: Date, timeZone: string): number =>
  dayNumber(until, timeZone) - dayNumber(from, timeZone);
