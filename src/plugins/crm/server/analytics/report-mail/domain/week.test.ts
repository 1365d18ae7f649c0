import { describe, expect, it } from 'vitest';

import { lastDue, nextDue } from './week';

const monday = { weekday: 1, hour: 9 };
const at = (moment: string) => new Date(moment);
const iso = (moment: number) => new Date(moment).toISOString();

describe('the weekly report', () => {
  it.each([
    // 2026-11-23 is a Monday; 9:00 in Tokyo is midnight UTC.
    ['2026-11-22T23:59:59Z', '2026-11-16'],
    ['2026-11-23T00:00:00Z', '2026-11-23'],
    ['2026-11-25T12:00:00Z', '2026-11-23'],
    ['2026-11-29T23:59:59Z', '2026-11-23'],
    ['2026-11-30T00:00:00Z', '2026-11-30'],
  ])('at %s is that of %s', (now, day) => {
    const due = lastDue(at(now), monday, 'Asia/Tokyo');
    expect(due.day).toBe(day);
    expect(iso(due.at)).toBe(`${day}T00:00:00.000Z`);
    expect(nextDue(at(now), monday, 'Asia/Tokyo').at - due.at).toBe(7 * 86_400_000);
  });

  it('tells of the seven whole days before its day, and of the seven before those', () => {
    const { week, before } = lastDue(at('2026-11-23T05:00:00Z'), monday, 'Asia/Tokyo');
    expect([week.from, week.to].map(iso)).toEqual([
      '2026-11-15T15:00:00.000Z',
      '2026-11-22T15:00:00.000Z',
    ]);
    expect([before.from, before.to].map(iso)).toEqual([
      '2026-11-08T15:00:00.000Z',
      '2026-11-15T15:00:00.000Z',
    ]);
  });

  it('keeps its hour when the clocks change, in a week that is an hour shorter', () => {
    // New York: clocks go forward on Sunday, 8 March 2026.
    const due = lastDue(at('2026-03-09T13:30:00Z'), monday, 'America/New_York');
    expect(iso(due.at)).toBe('2026-03-09T13:00:00.000Z');
    expect(due.week.to - due.week.from).toBe(7 * 86_400_000 - 3_600_000);
    expect(lastDue(at('2026-03-09T12:59:00Z'), monday, 'America/New_York').day).toBe('2026-03-02');
  });
});
