import { setImmediate } from 'node:timers/promises';

import { expect, it } from 'vitest';

import { inTurns } from './in-turns';

it('works in order, a turn at a time, and lets others come in between when it takes long', async () => {
  const seen: string[] = [];
  const other = setInterval(() => seen.push('other'), 1);
  const busy = (item: number) => {
    const until = performance.now() + 4;
    while (performance.now() < until);
    seen.push('item');
    return item * 2;
  };
  const turns: (readonly number[])[] = [];
  for await (const turn of inTurns([1, 2, 3, 4], busy, setImmediate)) turns.push(turn);
  expect(turns).toEqual([[2], [4], [6], [8]]);
  clearInterval(other);
  expect(seen.slice(0, seen.lastIndexOf('item'))).toContain('other');
});
