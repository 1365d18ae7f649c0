import { describe, expect, it } from 'vitest';

import { Flood } from './flood';

const rule = { limit: 2, windowSeconds: 60 };

describe('Flood', () => {
  it('lets the limit through, tells how long to wait, and forgets with the window', () => {
    const flood = new Flood(rule);
    expect([0, 1000, 15_000].map((now) => flood.hit('a', now))).toEqual([null, null, 45]);
    expect(flood.hit('b', 15_000)).toBeNull();
    expect(flood.hit('a', 60_000)).toBeNull();
  });

  it('counts as often as it is told', () => {
    const flood = new Flood(rule);
    expect([2, 1].map((times) => flood.hit('a', 0, times))).toEqual([null, 60]);
    expect(flood.hit('b', 0, 3)).toBe(60);
  });

  it('counts what it has no room for together, and keeps telling the others apart', () => {
    const flood = new Flood(rule, 1);
    expect(['a', 'b', 'c', 'd', 'a', 'a'].map((subject) => flood.hit(subject, 0))).toEqual([
      null,
      null,
      null,
      60,
      null,
      60,
    ]);
  });
});
