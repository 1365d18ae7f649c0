import { describe, expect, it } from 'vitest';

import { countByDay, type GoingEvent } from './roll-up';

const event = (at: string, more: Partial<GoingEvent> = {}): GoingEvent => ({
  type: 'page',
  name: '/',
  isBot: false,
  occurredAt: Date.parse(at),
  ...more,
});

describe('countByDay', () => {
  it("counts by the site's day, name and whether a person did it", () => {
    const counts = countByDay(
      [
        event('2026-11-21T14:59:59Z'),
        event('2026-11-21T15:00:00Z'),
        event('2026-11-22T03:00:00Z'),
        event('2026-11-22T03:00:00Z', { isBot: true }),
        event('2026-11-22T03:00:00Z', { name: '/b' }),
      ],
      'Asia/Tokyo',
    );
    expect(counts.map(({ day, name, is_bot, events }) => [day, name, is_bot, events])).toEqual([
      ['2026-11-21', '/', false, 1],
      ['2026-11-22', '/', false, 2],
      ['2026-11-22', '/', true, 1],
      ['2026-11-22', '/b', false, 1],
    ]);
  });
});
