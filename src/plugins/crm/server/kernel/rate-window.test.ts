import { describe, expect, it } from 'vitest';

import { memoryPlaces } from './rate-places';
import { createRateWindow, type RateWindow } from './rate-window';

const rule = { name: 'test', limit: 3, windowMs: 1_000 };

function windowAt() {
  const time = { now: 0 };
  const places = memoryPlaces(() => time.now);
  return { time, window: createRateWindow(places, () => rule) };
}

async function take(window: RateWindow) {
  const asked = await window.take();
  return asked.ok ? asked.place : asked.waitMs;
}

describe('a sliding window', () => {
  it('lets the limit through and no more, however many ask at once', async () => {
    const { window } = windowAt();
    const asked = await Promise.all(Array.from({ length: 10 }, () => window.take()));
    expect(asked.map(({ ok }) => ok)).toEqual([true, true, true, ...Array(7).fill(false)]);
  });

  it('counts a call until the window has passed since it ended', async () => {
    const time = { now: 0 };
    const places = memoryPlaces(() => time.now);
    const { id } = await places.take(rule, 3);
    time.now = 5_000;
    const running = await places.take(rule, 1);
    expect(running.granted, 'the calls still run').toBe(0);
    expect(running.waitMs, 'but may end at any moment').toBe(1_000);
    await places.giveBack(rule, id, 3);
    time.now = 6_000;
    expect((await places.take(rule, 1)).granted).toBe(0);
    time.now = 6_010;
    expect((await places.take(rule, 5)).granted).toBe(3);
  });

  it('frees at once what was not used, and in the end what nobody gave back', async () => {
    const time = { now: 0 };
    const places = memoryPlaces(() => time.now);
    const { id } = await places.take(rule, 3);
    await places.giveBack(rule, id, 1);
    expect((await places.take(rule, 5)).granted, 'two were not used').toBe(2);
    time.now = 119_999;
    expect((await places.take(rule, 5)).granted, 'two are held by somebody who died').toBe(1);
    time.now = 240_000;
    expect((await places.take(rule, 5)).granted).toBe(3);
  });

  it('tells how long nobody need ask, and does not ask meanwhile', async () => {
    let asked = 0;
    const places = {
      take: () => {
        asked += 1;
        return Promise.resolve({ id: 'a', granted: 0, waitMs: 30_000 });
      },
      giveBack: () => Promise.resolve(),
    };
    const window = createRateWindow(places, () => rule);
    expect(await take(window)).toBe(30_000);
    expect(await take(window)).toBeGreaterThan(0);
    expect(asked).toBe(1);
  });
});
