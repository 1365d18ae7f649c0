import { normalizeHyphens } from './japanese-text';
import { normalizeDate } from './normalize-customer';

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const created = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(timeZone, created);
  return created;
}

/** Offsets change on the hour at most, and Intl is slow: files hold the same days many times. */
const offsets = new Map<string, number>();
const MOST_OFFSETS = 50_000;

function offsetAt(instant: number, timeZone: string): number {
  const key = `${timeZone} ${Math.floor(instant / 900_000)}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (offsets.size >= MOST_OFFSETS) offsets.clear();
  const offset = computeOffset(instant, timeZone);
  offsets.set(key, offset);
  return offset;
}

/** How far the zone's wall clock is ahead of UTC at an instant, in ms. */
function computeOffset(instant: number, timeZone: string): number {
  const parts = formatterOf(timeZone).formatToParts(instant);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(
    of('year'),
    of('month') - 1,
    of('day'),
    of('hour'),
    of('minute'),
    of('second'),
  );
  return wall - Math.floor(instant / 1000) * 1000;
}

const TIME = /^[T\s]*(\d{1,2})[:時](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?|分)?$/;
const ZONED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;

function secondsOfTime(text: string): number | null {
  if (text === '') return 0;
  const match = TIME.exec(text);
  if (!match) return null;
  const [hours, minutes, seconds] = [match[1], match[2], match[3] ?? 0].map(Number);
  if (hours === undefined || minutes === undefined || seconds === undefined) return null;
  return hours > 23 || minutes > 59 || seconds > 59 ? null : hours * 3600 + minutes * 60 + seconds;
}

/**
 * Epoch ms of a date, or date and time, as files spell them: 2026-11-22T14:05:00+09:00,
 * 2026/11/22 14:05, 2026年11月22日14時5分, 20261122. Without an offset it is the site's wall clock.
 */
export function parseDateTime(text: string, timeZone: string): number | null {
  const spelling = text.trim();
  if (ZONED.test(spelling)) {
    const instant = Date.parse(spelling);
    return Number.isNaN(instant) ? null : instant;
  }
  const plain = normalizeHyphens(spelling);
  const split = /^(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{8})(.*)$/.exec(plain);
  const day = split?.[1] ? normalizeDate(split[1]) : null;
  const seconds = secondsOfTime(split?.[2]?.trim() ?? '');
  if (day === null || seconds === null) return null;
  const wall = Date.parse(`${day}T00:00:00Z`) + seconds * 1000;
  return wall - offsetAt(wall - offsetAt(wall, timeZone), timeZone);
}
