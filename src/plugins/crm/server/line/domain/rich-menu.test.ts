import { describe, expect, it } from 'vitest';

import type { MenuAudience } from '../../../shared/line-rich-menu';
import { isInForce, menuFor, menusInForce, readTap, tapData, type StoredMenu } from './rich-menu';

const menu = (documentId: string, audience: MenuAudience, more = {}): StoredMenu => ({
  documentId,
  name: documentId,
  account: 'main',
  chatBarText: 'メニュー',
  selected: true,
  active: true,
  priority: 100,
  startsAt: null,
  endsAt: null,
  audience,
  design: {
    size: 'compact',
    layout: '1',
    palette: 'ink',
    fields: [{ label: '店', icon: 'none', action: { type: 'link' } }],
  },
  ...more,
});

const everyone = { type: 'everyone' } as const;
const platinum = { type: 'tiers', keys: ['platinum'] } as const satisfies MenuAudience | object;
const fans = { type: 'segment', segment: 'fans' } as const;
const person = (tier: string | null, segments: string[] = []) => ({ tier, segments });

describe('which rich menu', () => {
  const menus = [
    menu('all', everyone, { priority: 50 }),
    menu('never', fans, { priority: 60 }),
    menu('fans', fans, { priority: 20 }),
    menu('platinum', { ...platinum, keys: [...platinum.keys] }, { priority: 10 }),
  ];
  const inForce = menusInForce(menus);

  it('is the first that is meant for a person', () => {
    expect(menuFor(inForce, person('platinum', ['fans']))?.documentId).toBe('platinum');
    expect(menuFor(inForce, person('gold', ['fans']))?.documentId).toBe('fans');
  });

  it('is the account’s own for everybody else, also for who is nobody we know', () => {
    expect(inForce.forAll?.documentId).toBe('all');
    expect(menuFor(inForce, person('gold'))).toBeNull();
    expect(menuFor(inForce, person(null))).toBeNull();
  });

  it('is none behind the one for everyone', () => {
    expect(inForce.targeted.map(({ documentId }) => documentId)).toEqual(['platinum', 'fans']);
  });

  it.each([
    [{ active: false }, false],
    [{ startsAt: 1000 }, true],
    [{ startsAt: 1001 }, false],
    [{ endsAt: 1001 }, true],
    [{ endsAt: 1000 }, false],
  ])('is in force by its switch and period (%j)', (more, expected) => {
    expect(isInForce(menu('one', everyone, more), 1000)).toBe(expected);
  });
});

describe('a tap', () => {
  it('says which field of which menu', () => {
    expect(readTap(tapData('abc123', 5))).toEqual({ documentId: 'abc123', place: 5 });
  });

  it.each([
    'crm.menu:',
    'crm.menu:a:10',
    'crm.menu:A:1',
    'crm.menu:a:1 ',
    'other',
    'xcrm.menu:a:1',
  ])('is nothing else (%s)', (data) => {
    expect(readTap(data)).toBeNull();
  });
});
