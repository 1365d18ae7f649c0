import { describe, expect, it } from 'vitest';

import { Backlog } from './backlog';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the backlog', () => {
  it('lets nobody run far ahead of those who take', async () => {
    const backlog = new Backlog<number>(2);
    let put = 0;
    const putting = (async () => {
      for (let item = 1; item <= 5; item += 1) {
        await backlog.put(item);
        put = item;
      }
      backlog.end();
    })();
    await turn();
    expect(put).toBe(1);
    const taken: number[] = [];
    for (let item = await backlog.take(); item; item = await backlog.take()) {
      taken.push(item);
      await turn();
      expect(put - taken.length).toBeLessThanOrEqual(2);
    }
    await putting;
    expect(taken).toEqual([1, 2, 3, 4, 5]);
  });

  it('gives each item to one of those who wait, and ends for all', async () => {
    const backlog = new Backlog<string>(10);
    const takers = [backlog.take(), backlog.take(), backlog.take()];
    await backlog.put('a');
    await backlog.put('b');
    backlog.end();
    expect((await Promise.all(takers)).sort()).toEqual(['a', 'b', undefined]);
  });

  it('that is abandoned keeps nobody waiting, and gives nothing more away', async () => {
    const backlog = new Backlog<string>(1);
    const putting = backlog.put('a');
    backlog.abandon();
    await putting;
    await backlog.put('b');
    expect(await backlog.take()).toBeUndefined();
  });
});
