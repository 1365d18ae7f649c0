import { describe, expect, it } from 'vitest';

import { nextTier, tierOfSpend, type Tier } from './domain';

const tier = (key: string, rank: number, minimumYearlySpend: number): Tier => ({
  key,
  name: key,
  nameEn: null,
  rank,
  minimumYearlySpend,
  color: null,
});
const regular = tier('regular', 0, 0);
const silver = tier('silver', 1, 10_000);
const gold = tier('gold', 2, 30_000);
const tiers = [gold, regular, silver];

describe('tiers', () => {
  it.each([
    [0, 'regular'],
    [9_999, 'regular'],
    [10_000, 'silver'],
    [29_999, 'silver'],
    [1_000_000, 'gold'],
  ])('%i yen is %s', (spent, key) => {
    expect(tierOfSpend(tiers, spent)?.key).toBe(key);
  });

  it('has no answer without a tier that asks for nothing', () => {
    expect(tierOfSpend([gold], 5)).toBeNull();
    expect(tierOfSpend([], 5)).toBeNull();
  });

  it('says what is missing for the next one', () => {
    expect(nextTier(tiers, regular, 4_000)).toEqual({ tier: silver, missing: 6_000 });
    expect(nextTier(tiers, gold, 40_000)).toBeNull();
  });

  it('skips a rank already paid for, as after a manual lock', () => {
    expect(nextTier(tiers, regular, 12_000)).toEqual({ tier: gold, missing: 18_000 });
  });
});
