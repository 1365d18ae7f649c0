import { describe, expect, it } from 'vitest';

import { GroupCommit } from './group-commit';

function recording(fails: (items: readonly number[]) => boolean = () => false, paceMs = 0) {
  const groups: (readonly number[])[] = [];
  const queue = new GroupCommit<number>({
    commit: async (items) => {
      groups.push(items);
      await new Promise(setImmediate);
      if (fails(items)) throw new Error('no');
    },
    rowsOf: (rows) => rows,
    mostRows: () => 10,
    mostWaiting: 20,
    paceMs,
  });
  return { queue, groups };
}

describe('GroupCommit', () => {
  it('commits together what waits, up to so many rows', async () => {
    const { queue, groups } = recording();
    await Promise.all([4, 4, 4, 30, 1].map((rows) => queue.add(rows)));
    expect(groups).toEqual([[4, 4], [4], [30], [1]]);
  });

  it('fails only who cannot be committed', async () => {
    const { queue } = recording((items) => items.includes(2));
    const settled = await Promise.allSettled([1, 2, 3].map((rows) => queue.add(rows)));
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('begins the next group at its pace', async () => {
    const { queue } = recording(() => false, 100);
    // From before the first: however long this machine stands still, the second is no sooner.
    const began = performance.now();
    await queue.add(1);
    await queue.add(2);
    expect(performance.now() - began).toBeGreaterThan(95);
  });

  it('does not keep a whole group waiting', async () => {
    const { queue, groups } = recording(() => false, 600_000);
    await queue.add(1);
    await queue.add(10);
    expect(groups).toEqual([[1], [10]]);
  });

  it('has no room for more than may wait, and has again afterwards', async () => {
    const { queue } = recording();
    const all = [queue.add(12), queue.add(8)];
    expect([queue.hasRoomFor(0), queue.hasRoomFor(1)]).toEqual([true, false]);
    await Promise.all(all);
    await queue.idle();
    expect(queue.hasRoomFor(20)).toBe(true);
  });
});
