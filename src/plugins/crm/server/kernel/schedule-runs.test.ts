import { describe, expect, it } from 'vitest';

import { longestGap } from './schedule-runs';

describe('the longest time between two ticks', () => {
  it.each([
    ['* * * * * *', 1],
    ['*/5 * * * * *', 5],
    ['20 * * * * *', 60],
    ['* * * * *', 60],
    ['45 */10 * * * *', 600],
    ['17 * * * *', 3_600],
    ['0 */6 * * *', 6 * 3_600],
    ['40 3 * * *', 86_400],
    ['0 9-17 * * *', 86_400],
    ['0 0 1 * *', 31 * 86_400],
    ['0 3 * * 1', 7 * 86_400],
    ['0 3 1 1 *', 366 * 86_400],
  ])('%s: %d seconds', (cron, seconds) => {
    expect(longestGap(cron)).toBe(seconds * 1_000);
  });
});
