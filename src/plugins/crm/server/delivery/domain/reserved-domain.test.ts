import { describe, expect, it } from 'vitest';

import { isReservedDomain } from './reserved-domain';

describe('a domain', () => {
  it.each(['localhost', 'shop.example', 'mail.shop.TEST', 'example.com', 'shop.example.jp'])(
    '%s is nobody’s',
    (domain) => expect(isReservedDomain(domain)).toBe(true),
  );

  it.each(['records.jp', 'example.shop.jp', 'myexample.com', 'latest', 'example.com.evil.jp'])(
    '%s is somebody’s',
    (domain) => expect(isReservedDomain(domain)).toBe(false),
  );
});
