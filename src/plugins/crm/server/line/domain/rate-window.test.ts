import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { RateWindow } from './rate-window';

/** The most calls that any window of one second holds. */
function busiest(times: readonly number[]): number {
  let first = 0;
  let most = 0;
  times.forEach((time, index) => {
    // A window of one second is open at its end: a call exactly a second later is in the next one.
    while ((times[first] ?? 0) <= time - 1000) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

describe('calls to LINE', () => {
  it('never exceed the limit in any window of one second, whenever they are asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 200 }),
        (limit, pauses) => {
          const window = new RateWindow(limit);
          let now = 0;
          const times = pauses.map((pause) => {
            now += pause;
            return window.take(now);
          });
          expect(busiest(times)).toBeLessThanOrEqual(limit);
          expect(times.every((time, index) => time >= (times[index - 1] ?? 0))).toBe(true);
        },
      ),
      { seed: 20261122, numRuns: 300 },
    );
  });

  it('go at once while there is room, and wait no longer than they must', () => {
    const window = new RateWindow(3);
    expect([0, 10, 20, 30, 30].map((now) => window.take(now))).toEqual([0, 10, 20, 1000, 1010]);
    expect(window.take(5000)).toBe(5000);
  });
});
