import { describe, expect, it } from 'vitest';

import type { Asked, RateWindow } from '../../kernel';
import { createPace } from './pace';

function windowOf(...answers: readonly (Asked | Error)[]): RateWindow {
  const left = [...answers];
  return {
    take() {
      const next = left.shift();
      if (next instanceof Error) return Promise.reject(next);
      return next ? Promise.resolve(next) : Promise.reject(new Error('asked too often'));
    },
  };
}

describe('the pace of calls to LINE', () => {
  it('asks again until there is a place, and gives it back as used', async () => {
    const given: boolean[] = [];
    const place = { done: (wasUsed: boolean) => void given.push(wasUsed) };
    const full: Asked = { ok: false, waitMs: 1 };
    const ended = await createPace(windowOf(full, full, { ok: true, place })).turn();
    expect(given, 'the call still runs').toEqual([]);
    ended();
    expect(given).toEqual([true]);
  });

  it('lets nothing go while nobody can count', async () => {
    const turn = createPace(windowOf(new Error('no database'))).turn();
    await expect(turn).rejects.toThrow('no database');
  });
});
