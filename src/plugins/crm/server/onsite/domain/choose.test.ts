import { describe, expect, it } from 'vitest';

import { dayStart, firstOfEach, isFor, isWithinCaps, type StoredMessage } from './choose';

const message = (change: Partial<StoredMessage>): StoredMessage => ({
  documentId: 'm',
  name: 'm',
  kind: 'popup',
  heading: '',
  text: '',
  buttonLabel: '',
  buttonUrl: '',
  audience: null,
  paths: [],
  place: 'bottom',
  trigger: 'load',
  triggerValue: 0,
  perSession: 1,
  perDay: null,
  perLifetime: null,
  priority: 0,
  ...change,
});

describe('a message', () => {
  it.each([
    [[], '/anything', true],
    [['/a'], '/a', true],
    [['/a'], '/a/b', false],
    [['/a/*'], '/a', true],
    [['/a/*'], '/a/b/c', true],
    [['/a/*'], '/ab', false],
    [['/x', '/a'], '/a', true],
  ])('for %j on %s', (paths, path, expected) => {
    expect(isFor({ paths }, path)).toBe(expected);
  });

  it.each([
    [null, null, { today: 99, ever: 99 }, true],
    [1, null, { today: 0, ever: 5 }, true],
    [1, null, { today: 1, ever: 5 }, false],
    [null, 3, { today: 0, ever: 2 }, true],
    [null, 3, { today: 0, ever: 3 }, false],
    [0, null, undefined, true],
  ])('with caps %j a day and %j ever, seen %j', (perDay, perLifetime, seen, expected) => {
    expect(isWithinCaps({ perDay, perLifetime }, seen)).toBe(expected);
  });

  it('is one of its kind, the most important', () => {
    const chosen = firstOfEach([
      message({ documentId: 'low' }),
      message({ documentId: 'high', priority: 5 }),
      message({ documentId: 'banner', kind: 'banner' }),
      message({ documentId: 'same', priority: 5 }),
    ]);
    expect(chosen.map(({ documentId }) => documentId)).toEqual(['banner', 'high']);
  });

  it('knows when the day began where the site is', () => {
    const now = new Date('2026-11-22T16:30:15.500Z');
    expect(dayStart(now, 'Asia/Tokyo')).toBe(Date.parse('2026-11-23T00:00:00+09:00'));
    expect(dayStart(now, 'America/New_York')).toBe(Date.parse('2026-11-22T00:00:00-05:00'));
  });
});
