import { describe, expect, it } from 'vitest';

import type { ReadyBench } from './bench';
import { measure, median } from './measure';

const silent = () => undefined;

/** A side that says how long it took, so that no clock is needed. */
const side = (log: string[], name: string, seconds: readonly number[], answer: unknown = 42) => {
  let run = -1;
  return async () => {
    log.push(name);
    run += 1;
    return { amount: 10, answer, seconds: seconds[run] ?? 1 };
  };
};

const ready = (parts: Pick<ReadyBench, 'ours' | 'twin' | 'others'>): ReadyBench => ({
  ...parts,
  close: async () => undefined,
});

describe('median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe('measure', () => {
  it('interleaves the sides and leaves the warm-up out', async () => {
    const log: string[] = [];
    const bench = ready({
      ours: side(log, 'a', [100, 1, 1, 1, 1, 1]),
      twin: side(log, 'b', [100, 2, 2, 2, 2, 2]),
    });
    const { ours, twin, ratio } = await measure(bench, 1, silent);
    expect(log.join('')).toBe('abababababab');
    expect([ours.median, twin.median, ratio]).toEqual([10, 5, 2]);
  });

  it('refuses to compare different answers', async () => {
    const bench = ready({ ours: side([], 'a', [], [1]), twin: side([], 'b', [], [2]) });
    await expect(measure(bench, 5, silent)).rejects.toThrow('The answers differ');
  });

  it('checks and times further comparisons too', async () => {
    const others = { raw: side([], 'c', [100, 4, 4, 4, 4, 4]) };
    const bench = ready({ ours: side([], 'a', []), twin: side([], 'b', []), others });
    expect((await measure(bench, 5, silent)).others.raw?.median).toBe(2.5);
    const wrong = ready({ ...bench, others: { raw: side([], 'c', [], 'else') } });
    await expect(measure(wrong, 5, silent)).rejects.toThrow('The answers differ');
  });
});
