import { describe, expect, it } from 'vitest';

import { rankSum } from './rank-sum';

describe('the rank-sum test', () => {
  it('is the textbook’s figure', () => {
    // Ranks 1, 2, 4 of six: 7, where 10.5 is the mean and 5.25 the variance.
    expect(rankSum([1, 2, 4], [3, 5, 6])).toBeCloseTo(-3.5 / Math.sqrt(5.25), 10);
  });

  it('shares the ranks of equal values, and finds nothing in what is all the same', () => {
    expect(rankSum([1, 1, 2], [1, 2, 2])).toBeCloseTo(-rankSum([1, 2, 2], [1, 1, 2]), 10);
    expect(rankSum([5, 5], [5, 5])).toBe(0);
  });
});
