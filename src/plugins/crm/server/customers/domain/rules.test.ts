import { describe, expect, it } from 'vitest';

import type { TimelineEntry } from '../../../shared/customers';
import { readCursor, writeCursor } from './cursor';
import { parseDateTime } from './date-time';
import { decideClaim } from './identity-claim';
import { foldRomaji, romajiOfKana } from './romaji';
import { searchPrefixes, searchTerms, sortName } from './search-keys';
import { mergeTimeline, readPosition, writePosition } from './timeline';

const nobody = {
  customerNumber: null,
  familyName: null,
  givenName: null,
  familyNameKana: null,
  givenNameKana: null,
  email: null,
  phone: null,
  company: null,
  prefecture: null,
  city: null,
  street: null,
};

describe('romanisations', () => {
  it.each([
    ['サトウ', ['Sato', 'Satou', 'Satoh', 'Satō', 'satô']],
    ['オオノ', ['Ono', 'Oono', 'Ohno', 'Ōno']],
    ['シンイチ', ['Shinichi', "Shin'ichi", 'Sinichi', 'Siniti']],
    ['チヅル', ['Chizuru', 'Tizuru']],
    ['ナンバ', ['Nanba', 'Namba']],
    ['ユウコ', ['Yuko', 'Yuuko', 'Yūko']],
    ['フジタ', ['Fujita', 'Huzita', 'Fuzita']],
    ['ショウジ', ['Shoji', 'Syouzi', 'Shouji']],
    ['ジュン', ['Jun', 'Zyun', 'Jyun']],
    ['ハッチョウ', ['Hatcho', 'Hacchou']],
  ])('%s is found by all its spellings', (kana, spellings) => {
    const key = romajiOfKana(kana);
    for (const spelling of spellings)
      expect([spelling, foldRomaji(spelling)]).toEqual([spelling, key]);
  });

  it('keep different names apart', () => {
    expect(romajiOfKana('イトウ')).not.toBe(romajiOfKana('サトウ'));
    expect(romajiOfKana('オノ')).toBe('ono');
  });
});

describe('search keys', () => {
  it('begin with what people type, none empty', () => {
    const terms = searchTerms({
      ...nobody,
      familyName: '髙橋',
      givenName: '裕子',
      familyNameKana: 'タカハシ',
      givenNameKana: 'ユウコ',
      phone: '+819012345678',
      email: 'y@example.jp',
      prefecture: '東京都',
      city: '渋谷区',
      street: '神宮前１ー２−３',
    });
    expect(terms).toEqual([
      '高橋裕子',
      '裕子',
      'タカハシユウコ',
      'ユウコ',
      'takahashiyuko',
      'yuko',
      'y@example.jp',
      '09012345678',
      '<87654321090',
      '東京都渋谷区神宮前1-2-3',
      '渋谷区神宮前1-2-3',
    ]);
    expect(searchTerms(nobody)).toEqual([]);
  });

  it('of a long name are cut, not refused', () => {
    const [term] = searchTerms({ ...nobody, familyName: '長'.repeat(255) });
    expect(term).toHaveLength(200);
  });

  it('of a query say what each word may mean', () => {
    expect(searchPrefixes('たかはし　Yūko')).toEqual([['タカハシ'], ['yūko', 'yuko']]);
    expect(searchPrefixes('090-1234')).toEqual([['0901234', '<4321090', '090-1234']]);
    expect(searchPrefixes('+81 90 1234 5678')[0]).toContain('09012345678');
    expect(searchPrefixes('・')).toEqual([]);
    expect(searchPrefixes('a b c d e f g')).toHaveLength(5);
  });

  it('sort by reading, else name, else number', () => {
    expect(sortName({ ...nobody, familyName: '山', familyNameKana: 'ヤマ' })).toBe('ヤマ');
    expect(sortName({ ...nobody, familyName: 'やま' })).toBe('ヤマ');
    expect(sortName({ ...nobody, customerNumber: '7' })).toBe('7');
    expect(sortName(nobody)).toBe('');
  });
});

describe('a claim to an identity', () => {
  const mine = { customerId: 1, verifiedAt: null };
  const theirs = { customerId: 2, verifiedAt: null };
  const proved = { customerId: 2, verifiedAt: 5 };

  it.each([
    ['nobody has it', null, 'email', false, 'take'],
    ['mine, told again', mine, 'email', false, 'keep'],
    ['mine, now proved', mine, 'email', true, 'verify'],
    ['theirs, nobody proved it', theirs, 'email', false, 'refuse'],
    ['theirs, I prove it', theirs, 'email', true, 'take'],
    ['theirs and proved, I prove it too', proved, 'line', true, 'refuse'],
    ['a browser', theirs, 'visitor', false, 'take'],
    ['a browser that somebody proved', proved, 'visitor', false, 'refuse'],
  ] as const)('%s → %s', (_case, existing, kind, verified, decision) => {
    expect(decideClaim(existing, { customerId: 1, kind, verified })).toBe(decision);
  });
});

describe('a date and time', () => {
  const at = (text: string) => parseDateTime(text, 'Asia/Tokyo');
  const expected = Date.parse('2026-11-22T14:05:00+09:00');

  it.each([
    '2026-11-22T14:05:00+09:00',
    '2026-11-22T05:05:00Z',
    '2026-11-22T05:05:00.000Z',
    '2026/11/22 14:05',
    '2026-11-22 14:05:00',
    '2026年11月22日 14時5分',
    '２０２６/１１/２２ １４:０５',
    '20261122 14:05',
  ])('%s is read', (text) => {
    expect(at(text)).toBe(expected);
  });

  it('without a time is midnight where the shop is', () => {
    expect(at('2026-11-22')).toBe(Date.parse('2026-11-22T00:00:00+09:00'));
    // The day clocks change in New York: midnight is still in summer time.
    expect(parseDateTime('2026-11-01', 'America/New_York')).toBe(
      Date.parse('2026-11-01T04:00:00Z'),
    );
  });

  it.each(['', 'someday', '2026-02-30', '2026-11-22 25:00', '2026-11-22T99:99:99Z', '昨日'])(
    '%j is none',
    (text) => {
      expect(at(text)).toBeNull();
    },
  );
});

describe('a cursor', () => {
  it('comes back as it went out; a forged one is none', () => {
    expect(readCursor(writeCursor({ id: 7, key: 'ヤマ' }))).toEqual({ id: 7, key: 'ヤマ' });
    for (const forged of ['x', 'e30', undefined, Buffer.from('{"id":"1"}').toString('base64url')]) {
      expect(readCursor(forged)).toBeNull();
    }
  });
});

describe('the merged timeline', () => {
  const entry = (kind: string, id: number, at: number): TimelineEntry => ({
    id: `${kind}:${id}`,
    kind,
    type: 't',
    at,
    title: { key: 'k', params: {} },
  });
  const ids = (entries: readonly TimelineEntry[]) => entries.map(({ id }) => id);

  it('is in true order over all sources, newest first', () => {
    const { entries, next } = mergeTimeline(
      [[entry('order', 10, 5), entry('order', 9, 5)], [entry('consent', 1, 7)]],
      10,
    );
    expect(ids(entries)).toEqual(['consent:1', 'order:10', 'order:9']);
    expect(next).toBeUndefined();
  });

  it('never splits an instant, nor trusts the last instant of a source that was cut', () => {
    const cut = [entry('order', 3, 9), entry('order', 2, 8), entry('order', 1, 8)];
    const next = { before: 9, skip: 0 };
    expect(mergeTimeline([cut], 3)).toMatchObject({ entries: [{ id: 'order:3' }], next });
  });

  it('pages through an instant that fills more than a page, none lost, none twice', () => {
    const orders = Array.from({ length: 7 }, (_, index) => entry('order', 7 - index, 8));
    const sources = [orders, [entry('consent', 2, 8), entry('consent', 1, 3)]];
    const seen: string[] = [];
    let position = readPosition(undefined);
    for (let page = 0; page < 20; page += 1) {
      const { before, skip } = position;
      const asked = sources.map((of) => of.filter(({ at }) => at < before).slice(0, 2 + skip));
      const { entries, next } = mergeTimeline(asked, 2, skip);
      seen.push(...ids(entries));
      if (!next) break;
      position = readPosition(writePosition(next));
    }
    expect(seen).toEqual(['consent:2', ...ids(orders), 'consent:1']);
  });
});
