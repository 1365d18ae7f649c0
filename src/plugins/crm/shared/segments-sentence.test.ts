import { describe, expect, it } from 'vitest';

import en from '../admin/segments/translations/en.json';
import ja from '../admin/segments/translations/ja.json';
import type { RuleGroup, SegmentField } from './segments';
import { ruleSentences, type SentenceTexts } from './segments-sentence';
import { valueTypes } from './segments-values';

const plain = (
  part: Partial<SegmentField> & Pick<SegmentField, 'field' | 'label' | 'valueType'>,
) => ({
  group: 'g',
  groupLabel: 'G',
  operators: [],
  ...part,
});

const fields = new Map<string, SegmentField>(
  [
    plain({
      field: 'customer.tier',
      label: '会員ランク',
      valueType: 'choice',
      options: [{ value: 'platinum', label: 'プラチナ' }],
    }),
    plain({ field: 'orders.total', label: '購入金額の合計', valueType: 'measure', unit: 'yen' }),
    plain({ field: 'orders.count', label: '購入回数', valueType: 'measure', unit: 'times' }),
    plain({ field: 'orders.last', label: '最後の購入日', valueType: 'moment' }),
    plain({ field: 'behaviour.event', label: 'サイトでの行動', valueType: 'event' }),
  ].map((field) => [field.field, field]),
);

const japanese: Readonly<Record<string, string>> = ja;

const texts: SentenceTexts = {
  text: (key, values = {}) => {
    const found = japanese[key];
    if (found === undefined) throw new Error(`No text ${key}`);
    return found.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
  },
  number: String,
  yen: (amount) => `￥${amount.toLocaleString('en')}`,
  day: (iso) => iso.replace(/(\d+)-0?(\d+)-0?(\d+)/, '$1年$2月$3日'),
};

const lines = (rule: RuleGroup) =>
  ruleSentences(rule, fields, texts).map((line) => '　'.repeat(line.depth) + line.text);

describe('ruleSentences', () => {
  it('reads a nested rule as a Japanese marketer would say it', () => {
    expect(
      lines({
        combinator: 'and',
        rules: [
          { field: 'orders.last', operator: 'withinLast', value: { count: 90, unit: 'days' } },
          {
            combinator: 'or',
            rules: [
              { field: 'customer.tier', operator: 'in', value: ['platinum', 'gold'] },
              {
                field: 'orders.total',
                operator: 'gte',
                value: { amount: 10_000, within: { count: 12, unit: 'months' } },
              },
            ],
          },
        ],
      }),
    ).toEqual([
      '次のすべてに当てはまる',
      '　最後の購入日が直近90日以内',
      '　次のどれかに当てはまる',
      '　　会員ランクが「プラチナ」か「gold」',
      '　　直近12か月の購入金額の合計が￥10,000以上',
    ]);
  });

  it.each([
    [
      { field: 'orders.count', operator: 'lt', value: { amount: 3, within: null } },
      '購入回数が3回より少ない',
    ],
    [
      { field: 'orders.last', operator: 'before', value: '2026-02-03' },
      '最後の購入日が2026年2月3日より前',
    ],
    [
      {
        field: 'behaviour.event',
        operator: 'did',
        value: { name: '/top', times: 2, within: null },
      },
      'サイトでの行動で「/top」が2回以上ある',
    ],
    [{ field: 'gone.field', operator: 'is', value: 'x' }, '使えなくなった項目（gone.field）'],
  ])('%j', (rule, sentence) => {
    expect(lines({ combinator: 'and', rules: [rule] })).toEqual([sentence]);
  });

  it('says when a group is turned round', () => {
    const rules = [{ field: 'customer.tier', operator: 'in', value: ['platinum'] }];
    expect(lines({ combinator: 'or', not: true, rules })).toEqual([
      '次のどれにも当てはまらない',
      '　会員ランクが「プラチナ」',
    ]);
  });

  it('has a sentence and an operator name for everything that a rule can say', () => {
    const keys = Object.entries(valueTypes).flatMap(([type, operators]) =>
      Object.keys(operators).flatMap((operator) => [
        `segments.sentence.${type}.${operator}`,
        `segments.operator.${type}.${operator}`,
      ]),
    );
    expect(keys.filter((key) => !(key in ja) || !(key in en))).toEqual([]);
  });
});
