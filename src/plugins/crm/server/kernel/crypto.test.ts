import { describe, expect, it } from 'vitest';

import { constantTimeEqual, randomToken, sign, verifySigned } from './crypto';

const SECRET = 'a secret that is long enough to be used';

describe('signed tokens', () => {
  it('give back what was signed', () => {
    const token = sign(SECRET, 'click', '縁/12?x=1');
    expect(verifySigned(SECRET, 'click', token)).toBe('縁/12?x=1');
  });

  it.each([
    ['another purpose', (token: string) => verifySigned(SECRET, 'open', token)],
    ['another secret', (token: string) => verifySigned(`${SECRET}!`, 'click', token)],
    ['a changed payload', (token: string) => verifySigned(SECRET, 'click', `A${token.slice(1)}`)],
    ['a cut signature', (token: string) => verifySigned(SECRET, 'click', token.slice(0, -1))],
    ['a third part', (token: string) => verifySigned(SECRET, 'click', `${token}.x`)],
    ['nothing', () => verifySigned(SECRET, 'click', '')],
  ])('are refused with %s', (_, verify) => {
    expect(verify(sign(SECRET, 'click', 'payload'))).toBeNull();
  });
});

describe('randomToken', () => {
  it('has 256 bits and does not repeat', () => {
    const tokens = new Set(Array.from({ length: 1000 }, randomToken));
    expect(tokens.size).toBe(1000);
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });
});

describe('constantTimeEqual', () => {
  it('tells equal from unequal, whatever the lengths', () => {
    expect(constantTimeEqual('abc', 'abc')).toBe(true);
    expect(constantTimeEqual('abc', 'abd')).toBe(false);
    expect(constantTimeEqual('abc', 'abcd')).toBe(false);
  });
});
