import { describe, expect, it } from 'vitest';

import {
  addMonths,
  calendarDay,
  dayPeriod,
  isoDay,
  lastPeriod,
  parseDay,
  startOfDay,
} from './calendar';

const at = (text: string) => Date.parse(text);

describe('startOfDay', () => {
  it.each([
    ['2026-11-22', 'Asia/Tokyo', '2026-11-22T00:00:00+09:00'],
    ['2026-03-08', 'America/New_York', '2026-03-08T00:00:00-05:00'],
    ['2026-03-09', 'America/New_York', '2026-03-09T00:00:00-04:00'],
    ['2026-11-01', 'America/New_York', '2026-11-01T00:00:00-04:00'],
    ['2026-11-02', 'America/New_York', '2026-11-02T00:00:00-05:00'],
    // Clocks jumped from 23:59:59 to 01:00.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T01:00:00-02:00'],
    // Midnight came twice: the day before was 25 hours long.
    ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T00:00:00-03:00'],
    ['2026-06-15', 'Asia/Kolkata', '2026-06-15T00:00:00+05:30'],
    ['2026-06-15', 'Pacific/Kiritimati', '2026-06-15T00:00:00+14:00'],
  ])('%s in %s', (day, timeZone, expected) => {
    expect(new Date(startOfDay(parseDay(day), timeZone)).toISOString()).toBe(
      new Date(expected).toISOString(),
    );
  });
});

describe('calendarDay', () => {
  it.each([
    ['2026-11-22T14:59:59Z', 'Asia/Tokyo', '2026-11-22'],
    ['2026-11-22T15:00:00Z', 'Asia/Tokyo', '2026-11-23'],
    ['2026-12-31T23:30:00Z', 'UTC', '2026-12-31'],
  ])('%s in %s is %s', (instant, timeZone, expected) => {
    expect(isoDay(calendarDay(at(instant), timeZone))).toBe(expected);
  });
});

describe('addMonths', () => {
  it.each([
    ['2026-03-31', -1, '2026-02-28'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2026-01-31', -2, '2025-11-30'],
    ['2024-02-29', -12, '2023-02-28'],
    ['2024-02-29', -48, '2020-02-29'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-11-22', -12, '2025-11-22'],
  ])('%s %d months is %s', (day, months, expected) => {
    expect(isoDay(addMonths(parseDay(day), months))).toBe(expected);
  });
});

describe('lastPeriod', () => {
  const now = at('2026-11-22T14:05:00+09:00');

  it.each([
    [{ count: 12, unit: 'months' }, '2025-11-22T00:00:00+09:00'],
    [{ count: 1, unit: 'years' }, '2025-11-22T00:00:00+09:00'],
    [{ count: 1, unit: 'days' }, '2026-11-21T00:00:00+09:00'],
    [{ count: 2, unit: 'weeks' }, '2026-11-08T00:00:00+09:00'],
  ] as const)('%j begins with a day and ends with today', (period, from) => {
    expect(lastPeriod(period, now, 'Asia/Tokyo')).toEqual({
      from: at(from),
      until: at('2026-11-23T00:00:00+09:00'),
    });
  });

  it('counts hours from this instant, which belongs to them', () => {
    const { from, until } = lastPeriod({ count: 3, unit: 'hours' }, now, 'Asia/Tokyo');
    expect([from, until]).toEqual([now - 3 * 3_600_000, now + 1]);
  });

  it('is a calendar day also when a clock change made it 23 hours long', () => {
    const morning = at('2026-03-09T09:00:00-04:00');
    const { from, until } = lastPeriod({ count: 1, unit: 'days' }, morning, 'America/New_York');
    expect(from).toBe(at('2026-03-08T00:00:00-05:00'));
    expect(until - from).toBe(47 * 3_600_000);
  });
});

describe('dayPeriod', () => {
  it('runs backwards or forwards from the day it is in the time zone', () => {
    const lateInUtc = at('2026-11-22T20:00:00Z');
    const week = { count: 1, unit: 'weeks' } as const;
    expect(dayPeriod(week, 'last', lateInUtc, 'Asia/Tokyo')).toEqual({
      first: '2026-11-16',
      last: '2026-11-23',
    });
    expect(dayPeriod(week, 'next', lateInUtc, 'UTC')).toEqual({
      first: '2026-11-22',
      last: '2026-11-29',
    });
  });
});
