import { describe, expect, it } from 'vitest';

import { asksForLink } from './keyword';

describe('the link keyword', () => {
  it.each(['連携', ' 連携　', 'ＬＩＮＫ', 'ID連携', 'Link'])('is %j', (text) => {
    expect(asksForLink(text)).toBe(true);
  });

  it.each(['', '連携したくない', 'linked', '{{連携}}'])('is not %j', (text) => {
    expect(asksForLink(text)).toBe(false);
  });
});
