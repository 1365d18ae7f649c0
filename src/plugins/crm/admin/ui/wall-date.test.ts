import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { instantOfWallDate, wallDate } from './wall-date';

describe('a date picker in another country', () => {
  const before = process.env.TZ;
  beforeAll(() => {
    process.env.TZ = 'America/New_York';
  });
  afterAll(() => {
    process.env.TZ = before;
  });

  it('shows the clock of the site', () => {
    const shown = wallDate(new Date('2026-11-24T00:30:00Z'), 'Asia/Tokyo');
    expect([shown.getDate(), shown.getHours(), shown.getMinutes()]).toEqual([24, 9, 30]);
  });

  it('means the clock of the site', () => {
    const chosen = new Date(2026, 10, 24, 9, 30);
    expect(chosen.toISOString(), 'the browser is elsewhere').toBe('2026-11-24T14:30:00.000Z');
    expect(instantOfWallDate(chosen, 'Asia/Tokyo').toISOString()).toBe('2026-11-24T00:30:00.000Z');
    expect(instantOfWallDate(chosen, 'Europe/Paris').toISOString()).toBe(
      '2026-11-24T08:30:00.000Z',
    );
  });
});
