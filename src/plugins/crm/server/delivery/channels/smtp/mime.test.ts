import { describe, expect, it } from 'vitest';

import { addressSpec } from './mime';

describe('addressSpec', () => {
  it.each([
    ['hanako@example.jp', 'hanako@example.jp'],
    ["o'hara+x@example.jp", "o'hara+x@example.jp"],
    ['hanako@例え.jp', 'hanako@xn--r8jz45g.jp'],
    ['"already quoted"@example.jp', '"alreadyquoted"@example.jp'],
  ])('leaves %s as it is', (address, spec) => {
    expect(addressSpec(address)).toBe(spec);
  });

  it.each([
    ['a..b@docomo.ne.jp', '"a..b"@docomo.ne.jp'],
    ['hana.@ezweb.ne.jp', '"hana."@ezweb.ne.jp'],
    ['.x@docomo.ne.jp', '".x"@docomo.ne.jp'],
    ['a"b..@docomo.ne.jp', '"a\\"b.."@docomo.ne.jp'],
  ])('quotes %s, which the RFC does not allow', (address, spec) => {
    expect(addressSpec(address)).toBe(spec);
  });

  it('keeps a line of its own out of the envelope and the header', () => {
    expect(addressSpec('a@example.jp>\r\nBcc: evil@example.com')).not.toMatch(/[\r\n<>]/);
  });
});
