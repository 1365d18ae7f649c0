import { describe, expect, it } from 'vitest';

import { warmUpLimit } from './warm-up';

const rule = { since: '2026-11-22', firstDay: 500, upTo: 5_000 };

describe('warming up', () => {
  it.each([
    ['2026-11-20', 500],
    ['2026-11-22', 500],
    ['2026-11-23', 1_000],
    ['2026-11-25', 4_000],
    ['2026-11-26', null],
    ['2030-01-01', null],
  ])('allows on %s %s mails', (today, limit) => {
    expect(warmUpLimit(rule, today)).toBe(limit);
  });
});
