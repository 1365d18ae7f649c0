import { describe, expect, it } from 'vitest';

import { addressHash } from './address-hash';
import { answersOf, readAnswer, unreadableAnswers } from './import-cells';
import { latestEntries } from './latest';
import { initialWordings } from './wordings';

describe('an answer in a file', () => {
  it.each(['yes', '1', 'TRUE', 'はい', '希望する', '○', 'opted_in'])('%s is a yes', (text) => {
    expect(readAnswer(text)).toBe(true);
  });
  it.each(['no', '0', 'いいえ', '配信停止', '×', 'opted_out'])('%s is a no', (text) => {
    expect(readAnswer(text)).toBe(false);
  });
  it.each([undefined, '', ' ', 'unknown', '不明'])('%j says nothing', (text) => {
    expect(readAnswer(text)).toBeNull();
  });
  it('that cannot be read is told, not guessed', () => {
    expect(unreadableAnswers({ consentEmail: 'maybe', consentLine: 'はい' })).toEqual([
      'consentEmail',
    ]);
    expect(answersOf({ consentEmail: '', consentPostal: 'no' })).toEqual([
      { channel: 'postal', granted: false },
    ]);
  });
});

describe('the latest entry', () => {
  it('counts per person, purpose and channel; of one instant, the one told last', () => {
    const entry = { customerId: 1, purpose: 'marketing', channel: 'email' };
    const latest = latestEntries([
      { ...entry, at: 5, granted: true },
      { ...entry, at: 3, granted: false },
      { ...entry, at: 5, granted: false },
      { ...entry, channel: 'line', at: 1, granted: true },
    ]);
    expect(latest.map(({ channel, at, granted }) => [channel, at, granted])).toEqual([
      ['email', 5, false],
      ['line', 1, true],
    ]);
  });
});

describe('an address', () => {
  it('hashes alike in every spelling, and apart from other channels’ addresses', () => {
    expect(addressHash('email', 'Taro@Example.jp')).toBe(addressHash('email', ' taro@example.jp'));
    expect(addressHash('sms', '090-1234-5678')).toBe(addressHash('sms', '+819012345678'));
    expect(addressHash('email', 'a@example.jp')).not.toBe(addressHash('email', 'b@example.jp'));
  });
});

describe('the first wordings', () => {
  it('exist for every channel in both languages', () => {
    expect(initialWordings.map(({ key, locale }) => `${key} ${locale}`).sort()).toEqual(
      ['email', 'line', 'postal', 'sms'].flatMap((channel) => [
        `marketing.${channel} en`,
        `marketing.${channel} ja`,
      ]),
    );
  });
});
