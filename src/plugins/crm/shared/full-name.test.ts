import { describe, expect, it } from 'vitest';

import { fullName } from './full-name';

describe('a whole name', () => {
  it('stands in the order of the language', () => {
    const emily = { familyName: 'Carter', givenName: 'Emily' };
    expect(fullName(emily, 'en')).toBe('Emily Carter');
    expect(fullName({ familyName: '佐藤', givenName: '花子' }, 'ja')).toBe('佐藤 花子');
  });

  it('has no gap where a part is missing', () => {
    expect(fullName({ givenName: 'Emily', familyName: null }, 'en')).toBe('Emily');
    expect(fullName({}, 'ja')).toBe('');
  });
});
