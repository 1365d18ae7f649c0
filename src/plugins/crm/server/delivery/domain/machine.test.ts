import { describe, expect, it } from 'vitest';

import { looksLikeMachine, sweepsAllLinks } from './machine';

const person = {
  userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1',
  purpose: '',
  millisecondsSinceSent: 60_000,
};
const noBot = () => false;

describe('looksLikeMachine', () => {
  it('takes a browser a minute later for a person', () => {
    expect(looksLikeMachine(person, noBot)).toBe(false);
    expect(looksLikeMachine({ ...person, millisecondsSinceSent: null }, noBot)).toBe(false);
  });

  it('knows prefetching, proxies, bots and the impossibly fast', () => {
    expect(looksLikeMachine({ ...person, purpose: 'prefetch;prerender' }, noBot)).toBe(true);
    expect(looksLikeMachine({ ...person, userAgent: 'Mozilla/5.0' }, noBot)).toBe(true);
    expect(looksLikeMachine({ ...person, userAgent: '' }, noBot)).toBe(true);
    expect(looksLikeMachine(person, () => true)).toBe(true);
    expect(looksLikeMachine({ ...person, millisecondsSinceSent: 900 }, noBot)).toBe(true);
  });
});

describe('sweepsAllLinks', () => {
  it('needs several links at once', () => {
    expect(sweepsAllLinks(1, 1)).toBe(false);
    expect(sweepsAllLinks(2, 2)).toBe(true);
    expect(sweepsAllLinks(2, 8)).toBe(false);
    expect(sweepsAllLinks(3, 8)).toBe(true);
  });
});
