import { describe, expect, it } from 'vitest';

import type { Audience } from '../../../shared/access';
import { decide, type Setting } from './decide';
import { unknownVisitor, type Viewer } from './viewer';

const named: Readonly<Record<string, Audience>> = {
  gold: { type: 'tiers', keys: ['gold'] },
  goldOrVisitor: { type: 'or', of: [{ type: 'rule', id: 'gold' }, { type: 'visitors' }] },
  round: { type: 'not', of: { type: 'rule', id: 'about' } },
  about: { type: 'not', of: { type: 'rule', id: 'round' } },
};
const at = (instant: string): Setting => ({
  now: new Date(instant),
  rules: (id) => named[id],
  exists: (_, name) => name !== 'gone',
  timeZone: 'Asia/Tokyo',
});
const now = at('2026-11-22T03:00:00Z');
const onWeb = { device: 'mobile', language: 'ja', utm: {} } as const;
const visitor: Viewer = { ...unknownVisitor, context: onWeb };
const member: Viewer = {
  kind: 'member',
  customerId: 1,
  memberSince: new Date('2026-11-12T03:00:00Z'),
  tier: 'gold',
  plans: ['club'],
  segments: new Set(['seg-a']),
  context: onWeb,
};
const platinum: Viewer = { ...member, customerId: 2, tier: 'platinum', segments: new Set() };
const inMail: Viewer = { ...member, context: {} };
const preview: Viewer = { ...unknownVisitor, kind: 'preview' };

const of = (audience: Audience) => audience;
const not = (audience: Audience): Audience => ({ type: 'not', of: audience });

/** name, audience, who may see it: visitor, member, platinum, member in a mail. */
const table: [string, Audience, [boolean, boolean, boolean, boolean]][] = [
  ['everyone', { type: 'everyone' }, [true, true, true, true]],
  ['visitors', { type: 'visitors' }, [true, false, false, false]],
  ['members', { type: 'members' }, [false, true, true, true]],
  ['tier', { type: 'tiers', keys: ['platinum', 'diamond'] }, [false, false, true, false]],
  ['plan', { type: 'plans', keys: ['club'] }, [false, true, true, true]],
  ['no such plan', { type: 'plans', keys: ['other'] }, [false, false, false, false]],
  ['segment', { type: 'segments', ids: ['seg-b', 'seg-a'] }, [false, true, false, true]],
  ['device', { type: 'context', devices: ['mobile'] }, [true, true, true, false]],
  ['other device', { type: 'context', devices: ['desktop'] }, [false, false, false, false]],
  ['not other device', not({ type: 'context', devices: ['desktop'] }), [true, true, true, false]],
  ['language', { type: 'context', languages: ['ja'] }, [true, true, true, false]],
  ['utm absent', { type: 'context', utm: { source: ['line'] } }, [false, false, false, false]],
  [
    'not utm, absent on the web but unknown in a mail',
    not({ type: 'context', utm: { source: ['line'] } }),
    [true, true, true, false],
  ],
  ['not members', not({ type: 'members' }), [true, false, false, false]],
  ['not tier', not({ type: 'tiers', keys: ['gold'] }), [true, false, true, false]],
  ['joined 10 days ago', { type: 'joined', atLeastDays: 10 }, [false, true, true, true]],
  ['joined 11 days ago', { type: 'joined', atLeastDays: 11 }, [false, false, false, false]],
  ['joined at most 10 days', { type: 'joined', atMostDays: 10 }, [false, true, true, true]],
  ['joined at most 9 days', { type: 'joined', atMostDays: 9 }, [false, false, false, false]],
  [
    'and',
    { type: 'and', of: [{ type: 'members' }, { type: 'segments', ids: ['seg-a'] }] },
    [false, true, false, true],
  ],
  [
    'or',
    { type: 'or', of: [{ type: 'visitors' }, { type: 'tiers', keys: ['platinum'] }] },
    [true, false, true, false],
  ],
  ['a named rule', { type: 'rule', id: 'gold' }, [false, true, false, true]],
  ['not a named rule', not({ type: 'rule', id: 'gold' }), [true, false, true, false]],
  ['a rule in a rule', { type: 'rule', id: 'goldOrVisitor' }, [true, true, false, true]],
  ['no such rule', { type: 'rule', id: 'gone' }, [false, false, false, false]],
  ['not no such rule', not({ type: 'rule', id: 'gone' }), [false, false, false, false]],
  ['not a tier that is gone', not({ type: 'tiers', keys: ['gone'] }), [false, false, false, false]],
  ['not a plan that is gone', not({ type: 'plans', keys: ['gone'] }), [false, false, false, false]],
  [
    'not in a segment that is gone',
    not({ type: 'segments', ids: ['gone'] }),
    [false, false, false, false],
  ],
  ['one of two, one gone', { type: 'tiers', keys: ['gone', 'gold'] }, [false, true, false, true]],
  ['rules in a circle', { type: 'rule', id: 'round' }, [false, false, false, false]],
  [
    'or with something unknown but something true',
    { type: 'or', of: [{ type: 'context', devices: ['desktop'] }, { type: 'members' }] },
    [false, true, true, true],
  ],
  [
    'not of and with something unknown',
    not({ type: 'and', of: [{ type: 'members' }, { type: 'context', devices: ['desktop'] }] }),
    [true, true, true, false],
  ],
];

describe('decide', () => {
  it.each(table)('%s', (_, audience, expected) => {
    const answers = [visitor, member, platinum, inMail].map(
      (viewer) => decide(audience, viewer, now).allow,
    );
    expect(answers).toEqual(expected);
  });

  it.each([
    [{ from: '2026-11-22T03:00:00Z' }, true],
    [{ from: '2026-11-22T03:00:01Z' }, false],
    [{ from: '2026-11-22T12:00:00+09:00' }, true],
    [{ until: '2026-11-22T03:00:00Z' }, false],
    [{ until: '2026-11-22T03:00:01Z' }, true],
  ])('time window %j', (window, allow) => {
    expect(decide({ type: 'context', ...window }, inMail, now).allow).toBe(allow);
  });

  it('matches campaign parameters', () => {
    const from = (source: string): Viewer => ({ ...visitor, context: { utm: { source } } });
    const audience = of({ type: 'context', utm: { source: ['line', 'mail'] } });
    expect(decide(audience, from('line'), now).allow).toBe(true);
    expect(decide(audience, from('x'), now).allow).toBe(false);
  });

  it.each([
    // Joined at 23:30 of the 1st in Tokyo: the 2nd begins half an hour later.
    ['2026-12-01T14:30:00Z', 'Asia/Tokyo', 1, '2026-12-01T14:59:59Z', '2026-12-01T15:00:00Z'],
    ['2026-12-01T00:00:00Z', 'Asia/Tokyo', 3, '2026-12-03T14:59:59Z', '2026-12-03T15:00:00Z'],
    // Clocks go forward on 29 March (a day of 23 hours) and back on 25 October (25 hours).
    ['2026-03-28T11:00:00Z', 'Europe/Berlin', 2, '2026-03-29T21:59:59Z', '2026-03-29T22:00:00Z'],
    ['2026-10-24T10:00:00Z', 'Europe/Berlin', 2, '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z'],
  ])('joined %s in %s, day %i opens at midnight and not before', (...row) => {
    const [joined, timeZone, days, before, from] = row;
    const viewer: Viewer = { ...member, memberSince: new Date(joined) };
    const isOpen = (audience: Audience, instant: string) =>
      decide(audience, viewer, { ...at(instant), timeZone }).allow;
    const opens = of({ type: 'joined', atLeastDays: days });
    expect([before, from].map((instant) => isOpen(opens, instant))).toEqual([false, true]);
    const closes = of({ type: 'joined', atMostDays: days - 1 });
    expect([before, from].map((instant) => isOpen(closes, instant))).toEqual([true, false]);
  });

  it('does not know since when: neither joined nor not joined', () => {
    const unknown: Viewer = { ...member, memberSince: undefined };
    expect(decide({ type: 'joined', atLeastDays: 0 }, unknown, now).allow).toBe(false);
    expect(decide(not({ type: 'joined', atLeastDays: 5 }), unknown, now).allow).toBe(false);
  });

  it.each([
    ['null', null],
    ['undefined', undefined],
    ['text', 'everyone'],
    ['no type', {}],
    ['unknown type', { type: 'martians' }],
    ['unknown type inside not', { type: 'not', of: { type: 'martians' } }],
    ['broken part of an or', { type: 'or', of: [{ type: 'everyone' }, { type: 'martians' }] }],
    ['extra key', { type: 'everyone', but: 'no' }],
    ['no keys', { type: 'tiers', keys: [] }],
    ['not of nothing', { type: 'not', of: { type: 'and', of: [] } }],
    ['empty context', { type: 'context' }],
    ['empty joined', { type: 'joined' }],
    ['a bad instant', { type: 'not', of: { type: 'context', until: 'soon' } }],
    ['an array', [{ type: 'everyone' }]],
  ])('fails closed on %s', (_, audience) => {
    expect(decide(audience, platinum, now)).toEqual({
      allow: false,
      withheld: true,
      reason: 'unknown-audience',
    });
  });

  it('fails closed on an audience nested too deep', () => {
    let audience: Audience = { type: 'everyone' };
    for (let depth = 0; depth < 10_000; depth += 1) audience = { type: 'and', of: [audience] };
    expect(decide(audience, platinum, now).allow).toBe(false);
  });

  it('says which clause withholds', () => {
    const audience = of({
      type: 'and',
      of: [{ type: 'members' }, { type: 'tiers', keys: ['platinum'] }],
    });
    expect(decide(audience, visitor, now)).toMatchObject({ reason: 'members' });
    expect(decide(audience, member, now)).toMatchObject({ reason: 'tiers' });
    const byName = of({ type: 'rule', id: 'gold' });
    expect(decide(byName, visitor, now)).toMatchObject({ reason: 'tiers' });
    expect(decide({ type: 'rule', id: 'gone' }, visitor, now)).toMatchObject({ reason: 'rule' });
  });

  it('shows an editor everything, broken rules included', () => {
    expect(decide({ type: 'martians' }, preview, now).allow).toBe(true);
  });
});
