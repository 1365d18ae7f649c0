import { describe, expect, it } from 'vitest';

import { nextTier, problemOfTiers, tierOfFigure, type Tier } from './domain';

const tier = (key: string, rank: number, minimum: number): Tier => ({
  key,
  name: key,
  nameEn: null,
  rank,
  minimum,
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
    expect(tierOfFigure(tiers, spent)?.key).toBe(key);
  });

  it('has no answer without a tier that asks for nothing', () => {
    expect(tierOfFigure([gold], 5)).toBeNull();
    expect(tierOfFigure([], 5)).toBeNull();
  });

  it('says what is missing for the next one', () => {
    expect(nextTier(tiers, regular, 4_000)).toEqual({ tier: silver, missing: 6_000 });
    expect(nextTier(tiers, gold, 40_000)).toBeNull();
  });

  it('skips a rank already paid for, as after a manual lock', () => {
    expect(nextTier(tiers, regular, 12_000)).toEqual({ tier: gold, missing: 18_000 });
  });
});

describe('a list of tiers', () => {
  const list = (...minimums: number[]) =>
    minimums.map((minimum, index) => ({ key: `t${index}`, minimum }));
  it.each([
    [list(0), null],
    [list(0, 10, 20), null],
    [list(5, 10), { index: 0, code: 'tier-first-minimum' }],
    [[], { index: 0, code: 'tier-first-minimum' }],
    [list(0, 10, 10), { index: 2, code: 'tier-order' }],
    [list(0, 20, 10), { index: 2, code: 'tier-order' }],
  ])('%j: %j', (tiers, problem) => {
    expect(problemOfTiers(tiers)).toEqual(problem);
  });
  it('has each key once', () => {
    const twice = [...list(0, 10), { key: 't0', minimum: 20 }];
    expect(problemOfTiers(twice)).toEqual({ index: 2, code: 'tier-key-twice' });
  });
});
