/** Assignment, and what its numbers may be taken for, by simulation with a seed. */
import { describe, expect, it } from 'vitest';

import type { VariantKey } from '../../../shared/access';
import { groupOf, type Assignable } from './assign';
import { ALPHA, compare, RATIO_ALPHA, ratioP } from './statistics';
import { verdictOf } from './verdict';

/** Mulberry32: the same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const half: Assignable = {
  documentId: 'experiment-one',
  variants: [
    { key: 'a', weight: 1 },
    { key: 'b', weight: 1 },
  ],
  holdout: 0,
};
const units = Array.from({ length: 20_000 }, (_, index) => `c:${index}`);
const share = (experiment: Assignable, group: string) =>
  units.filter((unit) => groupOf(experiment, unit) === group).length / units.length;

describe('assignment', () => {
  it('is sticky and follows the weights', () => {
    expect(units.map((unit) => groupOf(half, unit))).toEqual(
      units.map((unit) => groupOf({ ...half }, unit)),
    );
    expect(share(half, 'b')).toBeCloseTo(0.5, 1);
    const uneven: Assignable = {
      ...half,
      variants: [
        { key: 'a', weight: 1 },
        { key: 'b', weight: 2 },
        { key: 'c', weight: 5 },
      ],
    };
    const counts = (['a', 'b', 'c'] as const).map((key) => share(uneven, key) * units.length);
    expect(ratioP(counts, [1, 2, 5])).toBeGreaterThan(0.01);
    expect(ratioP(counts, [1, 1, 1])).toBeLessThan(RATIO_ALPHA);
  });

  it('mixes people anew in each experiment', () => {
    const other = { ...half, documentId: 'experiment-two' };
    const same = units.filter((unit) => groupOf(half, unit) === groupOf(other, unit)).length;
    expect(same / units.length).toBeCloseTo(0.5, 1);
  });

  it('keeps the same tenth outside of every experiment', () => {
    const outside = (documentId: string, holdout: number) =>
      units.filter((unit) => groupOf({ ...half, documentId, holdout }, unit) === 'holdout');
    const tenth = outside('experiment-one', 10);
    expect(tenth.length / units.length).toBeGreaterThan(0.09);
    expect(tenth.length / units.length).toBeLessThan(0.11);
    expect(outside('experiment-two', 10)).toEqual(tenth);
    expect(outside('experiment-two', 20)).toEqual(expect.arrayContaining(tenth));
    const rest = units.filter((unit) => !tenth.includes(unit));
    expect(
      rest.filter((unit) => groupOf({ ...half, holdout: 10 }, unit) === 'b').length / rest.length,
    ).toBeCloseTo(0.5, 1);
  });
});

const RUNS = 2000;
const PEOPLE = 4000;
const LOOKS = 40;

/** One experiment: both variants convert equally (A/A), or the second better by `lift`. */
function simulate(next: () => number, rate: number, lift = 0) {
  const counts = { a: { people: 0, converted: 0 }, b: { people: 0, converted: 0 } };
  let peeked = false;
  let always = false;
  for (let person = 1; person <= PEOPLE; person += 1) {
    const key = next() < 0.5 ? 'a' : 'b';
    counts[key].people += 1;
    if (next() < rate + (key === 'b' ? lift : 0)) counts[key].converted += 1;
    if (person % (PEOPLE / LOOKS) === 0) {
      const tested = compare(counts.a, counts.b);
      peeked ||= tested.singleLookP < ALPHA;
      always ||= tested.alwaysValidP < ALPHA;
    }
  }
  return { once: compare(counts.a, counts.b).singleLookP < ALPHA, peeked, always };
}

function alarms(rate: number, lift = 0) {
  const next = random(20_261_122);
  const runs = Array.from({ length: RUNS }, () => simulate(next, rate, lift));
  const part = (key: 'once' | 'peeked' | 'always') => runs.filter((run) => run[key]).length / RUNS;
  return { once: part('once'), peeked: part('peeked'), always: part('always') };
}

describe('an A/A test', () => {
  it('gives about 5 % false alarms at one look, far more when peeked at, and no more with the guard', () => {
    const { once, peeked, always } = alarms(0.2);
    expect(once).toBeGreaterThan(0.035);
    expect(once).toBeLessThan(0.065);
    expect(peeked, 'looking often without a guard').toBeGreaterThan(0.2);
    expect(always, 'looking just as often with it').toBeLessThanOrEqual(ALPHA);
    expect(always).toBeGreaterThan(0);
  });

  it('still finds what is there', () => {
    expect(alarms(0.2, 0.06).always).toBeGreaterThan(0.8);
  });
});

const counted = (key: VariantKey, people: number, converted: number, weight = 1) => ({
  key,
  people,
  converted,
  weight,
});

describe('the verdict', () => {
  it.each([
    ['too early', [counted('a', 90, 1), counted('b', 95, 60)], 'too-early', null],
    ['undecided', [counted('a', 1000, 100), counted('b', 1010, 108)], 'undecided', null],
    ['better', [counted('a', 5000, 500), counted('b', 5010, 700)], 'winner', 'b'],
    ['worse', [counted('a', 5000, 700), counted('b', 5010, 500)], 'winner', 'a'],
    ['nobody did it', [counted('a', 5000, 0), counted('b', 5010, 0)], 'undecided', null],
    ['ratio off', [counted('a', 5000, 500), counted('b', 5500, 800)], 'ratio-mismatch', null],
    [
      'ratio off by the weights only',
      [counted('a', 2500, 250, 1), counted('b', 7500, 1100, 3)],
      'winner',
      'b',
    ],
    [
      'the best of three',
      [counted('a', 5000, 500), counted('b', 5010, 700), counted('c', 4990, 800)],
      'winner',
      'c',
    ],
    [
      'one of two worse says nothing of the other',
      [counted('a', 5000, 700), counted('b', 5010, 500), counted('c', 4990, 705)],
      'undecided',
      null,
    ],
  ] as const)('%s', (_, variants, verdict, winner) => {
    expect(verdictOf(variants)).toEqual({ verdict, winner });
  });

  it('has an interval that holds the difference and shrinks', () => {
    const few = compare(counted('a', 500, 50), counted('b', 500, 70));
    const many = compare(counted('a', 50_000, 5000), counted('b', 50_000, 7000));
    expect(few.low).toBeLessThan(0.04);
    expect(few.high).toBeGreaterThan(0.04);
    expect(many.high - many.low).toBeLessThan((few.high - few.low) / 5);
    expect(many.low).toBeGreaterThan(0);
  });

  it.each([
    [[500, 500], [1, 1], 1],
    [[550, 450], [1, 1], 0.001565],
    [[520, 480, 500], [1, 1, 1], 0.449329],
    [[260, 240, 250, 250], [1, 1, 1, 1], 0.849467],
  ])('has the chi-squared tail of %j', (people, weights, expected) => {
    expect(ratioP(people, weights)).toBeCloseTo(expected, 4);
  });
});
