import { describe, expect, it } from 'vitest';

import { quietUntil } from './quiet-hours';

const night = { from: '21:00', to: '08:00' };
const at = (time: string) => new Date(`2026-11-22T${time}+09:00`);
const until = (hours: { from: string | null; to: string | null }, time: string) =>
  quietUntil(hours, at(time), 'Asia/Tokyo')?.toISOString() ?? null;

describe('quietUntil', () => {
  it('spans midnight', () => {
    expect(until(night, '20:59:59')).toBeNull();
    expect(until(night, '21:00:00')).toBe('2026-11-22T23:00:00.000Z');
    expect(until(night, '07:59:59')).toBe(at('08:00:00').toISOString());
    expect(until(night, '08:00:00')).toBeNull();
  });

  it('takes an hour of the day', () => {
    const noon = { from: '12:00', to: '13:00' };
    expect(until(noon, '12:30:20')).toBe(at('13:00:00').toISOString());
    expect(until(noon, '11:59:00')).toBeNull();
    expect(until(noon, '13:00:00')).toBeNull();
  });

  it('is never quiet without hours', () => {
    expect(until({ from: null, to: null }, '02:00:00')).toBeNull();
    expect(until({ from: '09:00', to: '09:00' }, '09:00:00')).toBeNull();
  });

  it('ends by the clock on the wall in the nights when clocks change', () => {
    const london = (instant: string) =>
      quietUntil(night, new Date(instant), 'Europe/London')?.toISOString() ?? null;
    // An hour shorter, an hour longer; both end at eight.
    expect(london('2026-03-28T22:00:00Z')).toBe('2026-03-29T07:00:00.000Z');
    expect(london('2026-10-24T21:00:00Z')).toBe('2026-10-25T08:00:00.000Z');
    // The hour that comes twice is as quiet the second time.
    const double = { from: '01:00', to: '02:00' };
    const early = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map((instant) =>
      quietUntil(double, new Date(instant), 'Europe/London'),
    );
    expect(early.map((until) => until?.toISOString())).toEqual([
      '2026-10-25T02:00:00.000Z',
      '2026-10-25T02:00:00.000Z',
    ]);
    const leap = quietUntil(night, new Date('2028-02-29T14:00:00Z'), 'Asia/Tokyo');
    expect(leap?.toISOString()).toBe('2028-02-29T23:00:00.000Z');
  });

  it('means the hours of the site, not of the server', () => {
    expect(quietUntil(night, new Date('2026-11-22T02:00:00Z'), 'Asia/Tokyo')).toBeNull();
    expect(quietUntil(night, new Date('2026-11-22T02:00:00Z'), 'Europe/London')).not.toBeNull();
  });
});
