import { describe, expect, it } from 'vitest';

import {
  greetingFor,
  isWithin,
  minutesOf,
  personalGreeting,
  replyFor,
  type AutoReply,
  type ReplyHours,
} from './auto-reply';

const always: ReplyHours = { days: 'every-day', from: null, until: null };
const rule = (more: Partial<AutoReply>): AutoReply => ({
  keywords: ['営業時間'],
  match: 'exact',
  hours: always,
  text: '11時から20時です。',
  ...more,
});
const monday = (minute: number) => ({ weekday: 1, minute });

describe('what the account answers by itself', () => {
  it.each([
    ['営業時間', 'exact', true],
    [' 営業時間　', 'exact', true],
    ['営業時間は？', 'exact', false],
    ['今日の営業時間は？', 'contains', true],
    ['ありがとう', 'contains', false],
    ['ありがとう', 'any-message', true],
  ] as const)('%s by %s: %s', (text, match, fits) => {
    expect(replyFor([rule({ match })], text, monday(600)) !== undefined).toBe(fits);
  });

  it('is found in any width and case, and is the first rule that fits', () => {
    const open = rule({ keywords: ['', 'OPEN'], text: 'a' });
    const rest = rule({ match: 'any-message', text: 'b' });
    expect(replyFor([open, rest], 'ｏｐｅｎ', monday(0))?.text).toBe('a');
    expect(replyFor([open, rest], 'close', monday(0))?.text).toBe('b');
    expect(replyFor([open], '', monday(0))).toBeUndefined();
  });

  it('greets by its own rule, which answers no words', () => {
    const day = rule({ match: 'follow', hours: { ...always, from: 600, until: 1200 } });
    const rules = [rule({ match: 'any-message' }), day, rule({ match: 'follow', text: 'b' })];
    expect(replyFor([day], '営業時間', monday(700))).toBeUndefined();
    expect(greetingFor(rules, monday(700))).toBe(day);
    expect(greetingFor(rules, monday(100))?.text).toBe('b');
    expect(greetingFor(rules.slice(0, 1), monday(100))).toBeUndefined();
  });

  it('calls her by name, or leaves it to the usual words where LINE tells none', () => {
    const names = { name: '$& {{ account }}', account: '縁' };
    expect(personalGreeting('{{name}}さん、{{ account }}です', names)).toBe(
      '$& {{ account }}さん、縁です',
    );
    expect(personalGreeting('{{ name }}さん', { name: '', account: '縁' })).toBeNull();
    expect(personalGreeting('{{ account }}です', { name: '', account: '縁' })).toBe('縁です');
  });

  it.each([
    [600, true],
    [1199, true],
    [1200, false],
    [599, false],
  ])('within its hours only: minute %i is %s', (minute, within) => {
    const hours: ReplyHours = { days: 'every-day', from: 600, until: 1200 };
    expect(isWithin(hours, monday(minute))).toBe(within);
  });

  it('past midnight the night belongs to the day on which it began', () => {
    const night: ReplyHours = { days: 'weekdays', from: 1200, until: 600 };
    expect(isWithin(night, { weekday: 5, minute: 1300 })).toBe(true);
    expect(isWithin(night, { weekday: 6, minute: 100 })).toBe(true);
    expect(isWithin(night, { weekday: 6, minute: 1300 })).toBe(false);
    expect(isWithin(night, { weekday: 1, minute: 100 })).toBe(false);
    expect(isWithin({ ...night, days: 'weekend' }, { weekday: 1, minute: 100 })).toBe(true);
  });

  it('reads times as Strapi gives them', () => {
    expect(['09:30', '23:59:00.000', '24:00', 'x', null].map(minutesOf)).toEqual([
      570,
      1439,
      null,
      null,
      null,
    ]);
  });
});
