/** The short ways through normalising answer what the general ways do: those stand here once more. */
import { domainToASCII } from 'node:url';

import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';

import { normalizeEmail } from './email';
import {
  foldWidth,
  normalizeAddressLine,
  normalizeHyphens,
  normalizeKana,
  normalizeText,
  toKatakana,
} from './japanese-text';
import { foldKanji } from './kanji-variants';
import { normalizeDate } from './normalize-customer';
import { normalizePhone } from './phone';
import { remember } from './remember';

const RUNS = { numRuns: 3000 };

/** Letters of names and addresses, and every kind of character that a short way must not take. */
const pieces = [
  ...['a', 'Z', '7', ' ', '  ', '-', "'", '@', '.', '\t', '\n', '\u0000', '\u007f'],
  ...['佐', '藤', '々', '髙', '邊', '𠮷', '\ufa19', '㈱', 'さ', 'が', 'か\u3099', 'ゝ', 'ァ', 'ヴ'],
  ...[
    'ー',
    'ｰ',
    '－',
    '‐',
    '−',
    '―',
    '　',
    'Ａ',
    '９',
    'ｶﾞ',
    'é',
    'e\u0301',
    '\u200b',
    '\u202e',
    '😀',
  ],
];
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((all) => all.join(''));
const anyText = fc.oneof(text, fc.string({ unit: 'binary', maxLength: 20 }));

const HYPHENS =
  /[\u002d\u00ad\u2010-\u2015\u2043\u207b\u208b\u2212\u2500\u2501\ufe58\ufe63\uff0d]/g;
const INVISIBLE = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

const widths = (given: string) =>
  given.replace(/[^\uf900-\ufaff]+/g, (part) => part.normalize('NFKC'));
const line = (given: string) =>
  widths(given)
    .replace(/[\t\r\n]/g, ' ')
    .replace(INVISIBLE, '')
    .replace(/\s+/g, ' ')
    .trim();
const hyphens = (given: string) =>
  given
    .normalize('NFKC')
    .replace(HYPHENS, '-')
    .replace(/[\u30fc\uff70]/g, '-');

describe('text in its short ways', () => {
  it('is folded as in the general ones', () => {
    fc.assert(
      fc.property(anyText, (given) => {
        expect(foldWidth(given)).toBe(widths(given));
        expect(normalizeText(given)).toBe(line(given));
        expect(normalizeHyphens(given)).toBe(hyphens(given));
        expect(normalizeAddressLine(given)).toBe(
          line(given)
            .replace(/(?<=[0-9A-Za-z])[\u30fc\u2010-\u2015\u2212\u2500\u2501](?=[0-9A-Za-z])/g, '-')
            .replace(HYPHENS, '-'),
        );
        expect(normalizeKana(given)).toBe(
          toKatakana(line(given))
            .replace(HYPHENS, '-')
            .replace(/(?<=[\u30a1-\u30fc])-/g, 'ー'),
        );
        expect(foldKanji(given)).toBe([...given].map((one) => foldKanji(one)).join(''));
      }),
      RUNS,
    );
  });
});

const digits = (length: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength: length, maxLength: length });
/** Numbers in one to three groups, hyphens where people put them and where nobody does. */
const phone = fc
  .tuple(
    fc.constantFrom('0', '09', '03', '0120', '050', '00', '+81', '81', ''),
    fc.integer({ min: 0, max: 11 }).chain(digits),
    fc.array(fc.nat({ max: 12 }), { maxLength: 3 }),
  )
  .map(([start, rest, hyphensAt]) =>
    hyphensAt.reduce((all, at) => all.slice(0, at) + '-' + all.slice(at), start + rest.join('')),
  );

function byLibrary(given: string): string | null {
  const parsed = parsePhoneNumberFromString(hyphens(given).trim(), 'JP');
  const isTaken = parsed?.isValid() || /^\+81[1-9]\d{8,9}$/.test(parsed?.number ?? '');
  return parsed && isTaken ? parsed.number : null;
}

describe('a phone number in its short way', () => {
  it('is the one that the library reads', () => {
    fc.assert(
      fc.property(phone, (given) => {
        expect(normalizePhone(given), given).toBe(byLibrary(given));
      }),
      { numRuns: 6000 },
    );
  });
});

describe('whatever area or country a number begins with', () => {
  it.each([9, 10])('%d digits more are read as the library reads them', (length) => {
    for (let area = 0; area < 10_000; area += 1) {
      const given = `0${String(area).padStart(4, '0')}${'2345678'.slice(0, length - 4)}`;
      expect(normalizePhone(given), given).toBe(byLibrary(given));
    }
  });
});

describe('a day in its short way', () => {
  const reference = (given: string): string | null => {
    const spelling = hyphens(given).trim();
    const match =
      /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(spelling) ??
      /^(\d{4})(\d{2})(\d{2})$/.exec(spelling);
    const [year = 0, month = 0, day = 0] = (match ?? []).slice(1).map(Number);
    const date = new Date(Date.UTC(year, month - 1, day));
    const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1000;
    return match && exists ? date.toISOString().slice(0, 10) : null;
  };
  const padded = (most: number) =>
    fc.nat({ max: most }).map((number) => String(number).padStart(2, '0'));

  it('is the same day, or none', () => {
    const day = fc
      .tuple(
        fc.nat({ max: 3000 }),
        fc.constantFrom('-', '/', 'ー'),
        fc.oneof(padded(14), fc.constant('02')),
        fc.oneof(padded(33), fc.constant('29')),
      )
      .map(([year, mark, month, of]) => [String(year).padStart(4, '0'), month, of].join(mark));
    fc.assert(
      fc.property(day, (given) => {
        expect(normalizeDate(given)).toBe(reference(given));
      }),
      RUNS,
    );
  });
});

describe('an address at a domain seen before', () => {
  it('is stored as at the first time', () => {
    const domain = fc.oneof(
      fc.constantFrom('example.jp', 'xn--.jp', 'ab--cd.com', '日本.jp', 'DOCOMO.ne.jp', '１.com'),
      fc.domain(),
    );
    fc.assert(
      fc.property(fc.emailAddress(), domain, (address, at) => {
        const given = `${address.split('@')[0] ?? ''}@${at}`;
        const first = normalizeEmail(given);
        expect(normalizeEmail(given)).toBe(first);
        if (first)
          expect(first.endsWith(`@${domainToASCII(at.normalize('NFKC').toLowerCase())}`)).toBe(
            true,
          );
      }),
      RUNS,
    );
  });
});

describe('remembering', () => {
  it('asks once, null included, and begins anew when it is full', () => {
    const asked: string[] = [];
    const answer = remember(2, (given) => {
      asked.push(given);
      return given === 'none' ? null : given.length;
    });
    for (const given of ['a', 'none', 'a', 'none']) answer(given);
    expect(asked).toEqual(['a', 'none']);
    expect(answer('ccc')).toBe(3);
    expect(answer('a')).toBe(1);
    expect(asked).toEqual(['a', 'none', 'ccc', 'a']);
  });
});
