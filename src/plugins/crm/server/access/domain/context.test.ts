import { describe, expect, it } from 'vitest';

import type { Audience } from '../../../shared/access';
import type { ContextRule } from '../../../shared/context-rule';
import { contextMatches } from './context';
import { decide } from './decide';
import { unknownVisitor, type ViewerContext } from './viewer';

/** A Sunday, one minute past noon in Tokyo. */
const now = new Date('2026-11-22T03:01:00Z');
const setting = { now, rules: () => undefined, exists: () => true, timeZone: 'Asia/Tokyo' };
const web: ViewerContext = {
  device: 'mobile',
  language: 'zh',
  country: 'JP',
  referrer: 'www.google.co.jp',
  utm: { source: 'line', campaign: 'autumn' },
  viewed: ['/articles/jazz', '/products'],
  timeZone: 'Asia/Tokyo',
};
const direct: ViewerContext = { ...web, referrer: '' };
const mail: ViewerContext = { timeZone: 'Asia/Tokyo' };

type Parts = Omit<ContextRule, 'type'>;
const matches = (parts: Parts, context = web, at = now) =>
  contextMatches({ type: 'context', ...parts }, context, at);

/** Each kind of rule: one that matches this visit, one that does not. Time is known to a mail too. */
const KINDS: readonly [string, Parts, Parts, 'on the web' | 'always'][] = [
  ['device', { devices: ['tablet', 'mobile'] }, { devices: ['desktop'] }, 'on the web'],
  ['language', { languages: ['zh'] }, { languages: ['ja'] }, 'on the web'],
  ['country', { countries: ['KR', 'JP'] }, { countries: ['US'] }, 'on the web'],
  ['referrer host', { referrers: ['google.co.jp'] }, { referrers: ['oogle.co.jp'] }, 'on the web'],
  ['referrer word', { referrers: ['google'] }, { referrers: ['goo'] }, 'on the web'],
  ['utm', { utm: { source: ['line'] } }, { utm: { source: ['mail'] } }, 'on the web'],
  [
    'two utm',
    { utm: { source: ['line'], campaign: ['autumn'] } },
    { utm: { source: ['line'], medium: ['cpc'] } },
    'on the web',
  ],
  ['viewed page', { viewed: ['/products'] }, { viewed: ['/product'] }, 'on the web'],
  ['viewed folder', { viewed: ['/articles/*'] }, { viewed: ['/art/*'] }, 'on the web'],
  ['from', { from: '2026-11-22T12:01' }, { from: '2026-11-22T12:02' }, 'always'],
  ['until', { until: '2026-11-22T12:02' }, { until: '2026-11-22T12:01' }, 'always'],
  ['instant', { from: '2026-11-22T03:01:00Z' }, { until: '2026-11-22T12:01:00+09:00' }, 'always'],
  [
    'hours',
    { hours: { from: '12:01', until: '12:02' } },
    { hours: { from: '12:02', until: '12:01' } },
    'always',
  ],
  [
    'hours over midnight',
    { hours: { from: '12:00', until: '05:00' } },
    { hours: { from: '22:00', until: '05:00' } },
    'always',
  ],
  ['weekday', { weekdays: ['sun'] }, { weekdays: ['mon', 'sat'] }, 'always'],
];

const rule = (parts: Parts): Audience => ({ type: 'context', ...parts });
const sees = (audience: Audience, context: ViewerContext) =>
  decide(audience, { ...unknownVisitor, context }, setting).allow;

describe('each kind of context rule', () => {
  it.each(KINDS)('%s, alone and negated', (_, yes, no, known) => {
    expect([matches(yes), matches(no)]).toEqual([true, false]);
    expect(sees({ type: 'not', of: rule(no) }, web)).toBe(true);
    const inMail = known === 'always';
    expect(sees(rule(yes), mail)).toBe(inMail);
    expect(sees({ type: 'not', of: rule(no) }, mail), 'unknown is not "no"').toBe(inMail);
  });

  const pairs = KINDS.flatMap((one, index) =>
    KINDS.slice(index + 1).map((other) => [one[0], other[0], one, other] as const),
  );
  it.each(pairs)('%s combined with %s', (_, __, [, yes, no], [, alsoYes, alsoNo]) => {
    const both = (a: Parts, b: Parts): Audience => ({ type: 'and', of: [rule(a), rule(b)] });
    const either = (a: Parts, b: Parts): Audience => ({ type: 'or', of: [rule(a), rule(b)] });
    expect(
      [both(yes, alsoYes), both(yes, alsoNo), both(no, alsoYes)].map((a) => sees(a, web)),
    ).toEqual([true, false, false]);
    expect(
      [either(no, alsoYes), either(yes, alsoNo), either(no, alsoNo)].map((a) => sees(a, web)),
    ).toEqual([true, true, false]);
    expect(sees({ type: 'not', of: both(yes, alsoNo) }, web)).toBe(true);
  });
});

describe('the edges of a context rule', () => {
  it('calls a visit without a page before it direct', () => {
    expect(matches({ referrers: ['direct'] }, direct)).toBe(true);
    expect(matches({ referrers: ['direct'] }, web)).toBe(false);
    expect(matches({ referrers: ['google'] }, direct)).toBe(false);
  });

  it('switches at the minute, not before and not after', () => {
    const window = { from: '2026-12-01T10:00', until: '2026-12-24T18:30' };
    const at = (text: string) => matches(window, web, new Date(text));
    expect(at('2026-12-01T09:59:59.999+09:00')).toBe(false);
    expect(at('2026-12-01T10:00:00+09:00')).toBe(true);
    expect(at('2026-12-24T18:29:59.999+09:00')).toBe(true);
    expect(at('2026-12-24T18:30:00+09:00')).toBe(false);
  });

  it.each([
    // Summer time in New York begins at 2:00 on the 8th of March and ends on the 1st of November.
    ['2026-03-08T01:30', '2026-03-08T01:30:00-05:00'],
    ['2026-03-08T02:30', '2026-03-08T03:30:00-04:00'],
    ['2026-03-08T03:30', '2026-03-08T03:30:00-04:00'],
    ['2026-11-01T01:30', '2026-11-01T01:30:00-04:00'],
    ['2026-11-01T02:30', '2026-11-01T02:30:00-05:00'],
  ])('reads %s on the wall clock of the site', (from, instant) => {
    const site = { ...web, timeZone: 'America/New_York' };
    const turn = Date.parse(instant);
    expect(matches({ from }, site, new Date(turn - 1))).toBe(false);
    expect(matches({ from }, site, new Date(turn))).toBe(true);
  });
});
