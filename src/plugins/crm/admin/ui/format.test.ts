import { describe, expect, it } from 'vitest';

import { createFormat } from './format';

const at = Date.UTC(2026, 10, 22, 5, 5);
const ja = createFormat('ja', 'Asia/Tokyo');
const en = createFormat('en', 'Asia/Tokyo');

describe('format', () => {
  it('writes a moment in the site time zone, Japanese with the weekday', () => {
    expect(ja.dateTime(at)).toBe('2026年11月22日(日) 14:05');
    expect(en.dateTime(at)).toBe('Sun, 22 Nov 2026, 14:05');
    expect(ja.date(Date.UTC(2026, 10, 22, 15, 0))).toBe('2026年11月23日(月)');
  });

  it('writes midnight as 00:00, not 24:00', () => {
    expect(ja.time(Date.UTC(2026, 10, 22, 15, 0))).toBe('00:00');
  });

  it('writes yen without decimals', () => {
    expect(ja.yen(12_800)).toBe('¥12,800');
    expect(en.yen(12_800)).toBe('¥12,800');
  });

  it('writes how long ago in the largest whole unit', () => {
    expect(ja.relative(at - 3 * 60_000, at)).toBe('3 分前');
    expect(en.relative(at - 26 * 3_600_000, at)).toBe('yesterday');
    expect(en.relative(at - 30_000, at)).toBe('30 seconds ago');
  });
});
