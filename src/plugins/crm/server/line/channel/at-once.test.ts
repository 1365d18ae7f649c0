import { describe, expect, it } from 'vitest';

import { atOnce } from './at-once';

describe('many at once', () => {
  it('works on every item, and on no more than so many at the same time', async () => {
    const items = Array.from({ length: 64 }, (_, number) => number);
    const done: number[] = [];
    let running = 0;
    let most = 0;
    await atOnce(items, 16, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      done.push(item);
    });
    expect(most).toBe(16);
    expect(done.sort((a, b) => a - b)).toEqual(items);
  });

  it('has nothing to do with nothing', async () => {
    await expect(atOnce([], 16, () => Promise.reject(new Error('never')))).resolves.toBeUndefined();
  });
});
