import { expect, it } from 'vitest';

import { Allowance } from './allowance';

it('takes nothing more until what was taken beyond is paid for', () => {
  const allowance = new Allowance(100);
  expect(allowance.wait(0)).toBeNull();
  allowance.spend(325, 0);
  expect(allowance.wait(0)).toBe(3);
  expect(allowance.wait(2_500)).toBe(1);
  expect(allowance.wait(3_010)).toBeNull();
});

it('saves up a quarter of a second and no more', () => {
  const allowance = new Allowance(100);
  allowance.spend(1, 0);
  allowance.spend(25, 60_000);
  expect(allowance.wait(60_000)).toBe(1);
});
