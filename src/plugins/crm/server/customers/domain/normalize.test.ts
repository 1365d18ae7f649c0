import { describe, expect, it } from 'vitest';

import { normalizeEmail } from './email';
import {
  isKana,
  normalizeAddressLine,
  normalizeHyphens,
  normalizeKana,
  normalizeText,
} from './japanese-text';
import { normalizeCustomer, normalizeDate } from './normalize-customer';
import { dialledDigits, normalizePhone } from './phone';
import { lookUpPostalCode } from './postal-lookup';
import { normalizePostalCode } from './postal-code';

describe('text', () => {
  it.each([
    ['ＡＢＣ　１２３', 'ABC 123'],
    ['ﾀﾅｶ㈱', 'タナカ(株)'],
    ['  二つ　　の  空白 ', '二つ の 空白'],
    ['髙﨑', '髙﨑'],
    ['\ufa19田', '\ufa19田'],
    ['a\u200bb\u202ec\u0000d', 'abcd'],
    ['改\n行', '改 行'],
    ['𠮷野家😀', '𠮷野家😀'],
  ])('%j is kept as %j', (typed, stored) => {
    expect(normalizeText(typed)).toBe(stored);
  });
});

describe('a reading', () => {
  it.each([
    ['ﾔﾏﾀﾞ', 'ヤマダ'],
    ['やまだ', 'ヤマダ'],
    ['ヤマダ　タロウ', 'ヤマダ タロウ'],
    ['ﾛｰﾗ', 'ローラ'],
    ['ロ-ラ', 'ローラ'],
    ['ロ−ラ', 'ローラ'],
    ['ゔぁいお', 'ヴァイオ'],
  ])('%s is %s', (typed, stored) => {
    expect(normalizeKana(typed)).toBe(stored);
    expect(isKana(stored)).toBe(true);
  });

  it.each(['山田', '<b>', '1', ''])('%j is none', (typed) => {
    expect(isKana(normalizeKana(typed))).toBe(false);
  });
});

describe('hyphens', () => {
  it('of every keyboard are one', () => {
    expect(normalizeHyphens('1‐2‑3–4—5―6−7ー8─9－0ｰ')).toBe('1-2-3-4-5-6-7-8-9-0-');
  });

  it('between numbers of an address are made equal, long vowels stay', () => {
    expect(normalizeAddressLine('１ー２−３　メゾンローズ')).toBe('1-2-3 メゾンローズ');
    expect(normalizeAddressLine('タワー3F')).toBe('タワー3F');
  });
});

describe('a phone number', () => {
  it.each([
    ['090-1234-5678', '+819012345678'],
    ['０９０ー１２３４ー５６７８', '+819012345678'],
    ['090−1234−5678', '+819012345678'],
    ['(03) 1234-5678', '+81312345678'],
    ['+81 90 1234 5678', '+819012345678'],
    ['060-1234-5678', '+816012345678'],
    ['050-1234-5678', '+815012345678'],
    ['0120-123-456', '+81120123456'],
    ['+1 415 555 2671', '+14155552671'],
  ])('%s is %s', (typed, stored) => {
    expect(normalizePhone(typed)).toBe(stored);
  });

  it.each(['', '12', '090-1234', 'でんわ', '+999999', "0901234567890'; --"])(
    '%j is none',
    (typed) => {
      expect(normalizePhone(typed)).toBeNull();
    },
  );

  it('is dialled with its zero in Japan', () => {
    expect(dialledDigits('+819012345678')).toBe('09012345678');
    expect(dialledDigits('+14155552671')).toBe('14155552671');
  });
});

describe('a postal code', () => {
  it.each(['150-0001', '〒150-0001', '1500001', '１５０ー０００１', ' 150 0001 '])(
    '%s is read',
    (typed) => {
      expect(normalizePostalCode(typed)).toBe('1500001');
    },
  );

  it.each(['', '150-001', '15000011', 'abc-defg'])('%j is none', (typed) => {
    expect(normalizePostalCode(typed)).toBeNull();
  });

  it('leads to its address, without words that are no street', () => {
    expect(lookUpPostalCode('1500001')).toEqual([
      { prefecture: '東京都', city: '渋谷区', street: '神宮前' },
    ]);
    expect(lookUpPostalCode('1000000')[0]).toMatchObject({ city: '千代田区', street: null });
    expect(lookUpPostalCode('0000000')).toEqual([]);
  });
});

describe('an e-mail address', () => {
  it.each([
    ['Taro@Example.JP', 'taro@example.jp'],
    [' taro.yamada+news@example.co.jp ', 'taro.yamada+news@example.co.jp'],
    ['ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ', 'taro@example.jp'],
    ['taro@日本語.jp', 'taro@xn--wgv71a119e.jp'],
    // Carriers once handed out addresses against the RFC.
    ['a..b@docomo.ne.jp', 'a..b@docomo.ne.jp'],
    ['taro.@ezweb.ne.jp', 'taro.@ezweb.ne.jp'],
    ['.taro@au.com', '.taro@au.com'],
  ])('%s is %s', (typed, stored) => {
    expect(normalizeEmail(typed)).toBe(stored);
  });

  it.each([
    '',
    'taro',
    '@example.jp',
    'taro@example',
    'a..b@example.jp',
    'taro.@softbank.ne.jp',
    'taro@example.jp\nBcc: all@example.jp',
    'taro <taro@example.jp>',
    'taro@exa mple.jp',
    'taro@-example.jp',
    'taro@127.0.0.1',
    `${'a'.repeat(65)}@example.jp`,
    '"><script>@example.jp',
  ])('%j is none', (typed) => {
    expect(normalizeEmail(typed)).toBeNull();
  });
});

describe('a date', () => {
  it.each(['1990-04-01', '1990/4/1', '1990年4月1日', '19900401', '１９９０．４．１'])(
    '%s is read',
    (typed) => {
      expect(normalizeDate(typed)).toBe('1990-04-01');
    },
  );

  it.each(['1990-02-30', '0000-01-01', '1990-13-01', '平成2年', ''])('%j is none', (typed) => {
    expect(normalizeDate(typed)).toBeNull();
  });
});

describe('a customer', () => {
  it('keeps only what was given, empty text meaning nothing', () => {
    expect(normalizeCustomer({ familyName: ' ', email: 'A@example.jp', madeUp: true })).toEqual({
      fields: { familyName: null, email: 'a@example.jp', madeUp: true },
      issues: [],
    });
  });

  it('names every field that cannot be stored', () => {
    const { issues } = normalizeCustomer({
      email: 'x',
      phone: 'y',
      postalCode: 'z',
      birthday: '?',
    });
    expect(issues.map((issue) => issue.field)).toEqual([
      'email',
      'phone',
      'postalCode',
      'birthday',
    ]);
  });
});
