/** What the clock on the wall says where the site is. */

const MINUTE = 60_000;
/** Clocks change on quarters of an hour only, so within one the offset holds. */
const QUARTER = 15 * MINUTE;

const formats = new Map<string, Intl.DateTimeFormat>();
/** Intl is slow, and the same days come up again and again. */
const offsets = new Map<string, number>();
const MOST_OFFSETS = 50_000;

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const existing = formats.get(timeZone);
  if (existing) return existing;
  const created = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, created);
  return created;
}

/** How far the zone's wall clock is ahead of UTC at an instant (epoch milliseconds), in milliseconds. */
export function offsetAt(instant: number, timeZone: string): number {
  const key = `${timeZone} ${Math.floor(instant / QUARTER)}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (offsets.size >= MOST_OFFSETS) offsets.clear();
  const offset = computeOffset(instant, timeZone);
  offsets.set(key, offset);
  return offset;
}

function computeOffset(instant: number, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) {
    part[type] = Number(value);
  }
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

/** The wall clock at an instant, as if that were UTC: read it with `getUTC…`. */
export const wallClock = (instant: Date, timeZone: string): Date =>
  new Date(instant.getTime() + offsetAt(instant.getTime(), timeZone));

const HAS_OFFSET = /(Z|[+-]\d{2}:?\d{2})$/i;

/**
 * The instant a stored moment means: with an offset it says so itself, without one the site's wall
 * clock does. A wall clock that comes twice means the first time; one that is jumped over, the
 * moment as long after the jump.
 */
export function instantOf(moment: string, timeZone: string): number {
  if (HAS_OFFSET.test(moment)) return Date.parse(moment);
  const wall = Date.parse(`${moment}Z`);
  const day = 24 * 60 * MINUTE;
  // The offsets of the day before and the day after: one of them holds at that moment.
  const [before, after] = [offsetAt(wall - day, timeZone), offsetAt(wall + day, timeZone)];
  const first = wall - before;
  return offsetAt(first, timeZone) === before
    ? first
    : wall - after - gap(wall, before, after, timeZone);
}

/** Inside a jump neither offset holds; the clock before it goes on. */
function gap(wall: number, before: number, after: number, timeZone: string): number {
  return offsetAt(wall - after, timeZone) === after ? 0 : before - after;
}
