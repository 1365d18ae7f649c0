import { describe, expect, it } from 'vitest';

import { stillHolds } from './agreement';

const agreed = { content: 'words', audience: 'people', reach: 1000 };

describe('an agreement', () => {
  it('holds for the same words to the same people, and up to a tenth more of them', () => {
    expect(stillHolds(agreed, agreed)).toBe(true);
    expect(stillHolds(agreed, { ...agreed, reach: 10 })).toBe(true);
    expect(stillHolds(agreed, { ...agreed, reach: 1100 })).toBe(true);
  });

  it('ends with other words, another audience or more people than that', () => {
    expect(stillHolds(agreed, { ...agreed, content: 'other words' })).toBe(false);
    expect(stillHolds(agreed, { ...agreed, audience: 'other people' })).toBe(false);
    expect(stillHolds(agreed, { ...agreed, reach: 1101 })).toBe(false);
    expect(stillHolds({ ...agreed, reach: 5 }, { ...agreed, reach: 6 })).toBe(false);
  });
});
