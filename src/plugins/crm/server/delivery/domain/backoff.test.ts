import { describe, expect, it } from 'vitest';

import { retryDelaySeconds } from './backoff';

describe('retryDelaySeconds', () => {
  it('doubles from one minute', () => {
    expect([1, 2, 3].map((attempt) => retryDelaySeconds(attempt, 0))).toEqual([60, 120, 240]);
  });

  it('never waits much longer than six hours', () => {
    expect(retryDelaySeconds(40, 0)).toBe(21_600);
    expect(retryDelaySeconds(40, 96)).toBeLessThanOrEqual(21_600 * 1.2);
  });

  it('spreads rows of one outage', () => {
    const delays = new Set([1, 2, 3, 4, 50, 90].map((id) => retryDelaySeconds(3, id)));
    expect(delays.size).toBeGreaterThan(3);
  });
});
