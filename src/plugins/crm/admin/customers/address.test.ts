import { describe, expect, it } from 'vitest';

import { addressOf, formatPhone } from './address';

describe('an address', () => {
  const nothing = { postalCode: null, prefecture: null, city: null, street: null, building: null };

  it('stands as on an envelope, and is null when nothing is known', () => {
    expect(addressOf(nothing)).toBeNull();
    const known = {
      postalCode: '1500001',
      prefecture: '東京都',
      city: '渋谷区',
      street: '神宮前1-2',
    };
    expect(addressOf({ ...known, building: null })).toBe('〒150-0001\n東京都渋谷区神宮前1-2');
    expect(addressOf({ ...nothing, building: '縁ビル' })).toBe('縁ビル');
  });
});

describe('a phone number', () => {
  it.each([
    ['+819012345678', '090-1234-5678'],
    ['+81312345678', '03-1234-5678'],
    ['+81451234567', '0451234567'],
    ['+14155550100', '+14155550100'],
  ])('%s reads %s', (stored, shown) => {
    expect(formatPhone(stored)).toBe(shown);
  });
});
