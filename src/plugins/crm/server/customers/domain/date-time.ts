import { instantOf } from '../../../shared/site-time';

import { normalizeHyphens } from './japanese-text';
import { normalizeDate } from './normalize-customer';
import { remember } from './remember';

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

/** Files hold the same days over and over. */
const known = new Map<string, (text: string) => number | null>();

/**
 * Epoch ms of a date, or date and time, as files spell them: 2026-11-22T14:05:00+09:00,
 * 2026/11/22 14:05, 2026年11月22日14時5分, 20261122. Without an offset it is the site's wall clock.
 */
export function parseDateTime(text: string, timeZone: string): number | null {
  const inZone =
    known.get(timeZone) ?? remember(20_000, (spelling) => readDateTime(spelling, timeZone));
  known.set(timeZone, inZone);
  return inZone(text);
}

function readDateTime(text: string, timeZone: string): number | null {
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
  const wall = new Date(Date.parse(`${day}T00:00:00Z`) + seconds * 1000);
  return instantOf(wall.toISOString().slice(0, -1), timeZone);
}
