import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Rule, RuleGroup } from '../../../src/plugins/crm/shared/segments';
import { valueTypes, type ValueType } from '../../../src/plugins/crm/shared/segments-values';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { evaluate, evaluateRule } from './evaluator';
import {
  BIRTHDAYS,
  COMPANIES,
  EVENTS,
  NAMES,
  NOW,
  PRODUCTS,
  seedPeople,
  TAGS,
  TIERS,
  type Person,
} from './people';

type Segments = typeof import('../../../src/plugins/crm/server/segments');

let app: TestApp;
let people: Person[];

beforeAll(async () => {
  app = await startApp();
  kernel().clock(app.strapi).set(new Date(NOW));
  people = await seedPeople(app.strapi);
});
afterAll(() => app.stop());

const service = () => compiled<Segments>('segments').segmentsService(app.strapi);

async function matching(rule: RuleGroup): Promise<number[]> {
  const sample = await service().sample(rule, 1000);
  if (!sample.ok) throw new Error(JSON.stringify(sample.refusal));
  return sample.value.map(({ id }) => id).sort((a, b) => a - b);
}

const expected = (rule: RuleGroup): number[] =>
  people.filter((person) => evaluate(person, rule)).map(({ id }) => id);

const filled = <T>(values: readonly (T | null)[]): T[] =>
  values.flatMap((value) => (value === null || value === '' ? [] : [value]));

const count = fc.integer({ min: 1, max: 13 });
const calendar = fc.record({ count, unit: fc.constantFrom('days', 'weeks', 'months', 'years') });
const period = fc.record({
  count,
  unit: fc.constantFrom('hours', 'days', 'weeks', 'months', 'years'),
});
const within = fc.option(period, { nil: null });
const day = fc.constantFrom('2026-11-22', '2025-11-22', '2026-10-22', '2000-02-29', '1990-11-22');
const some = (values: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });

/** A value for every operator, by its value type. */
const values: Record<
  ValueType,
  (words: readonly string[]) => Record<string, fc.Arbitrary<unknown>>
> = {
  text: (words) => {
    const word = fc.oneof(
      fc.constantFrom(...words),
      fc.constantFrom('a', '_', '%', "'", '\\', '😀'),
    );
    const none = fc.constant('');
    const same = { is: word, isNot: word, contains: word, doesNotContain: word, startsWith: word };
    return { ...same, isEmpty: none, isNotEmpty: none };
  },
  choice: (words) => ({ in: some(words), notIn: some(words) }),
  tags: (words) => ({ hasAny: some(words), hasAll: some(words), hasNone: some(words) }),
  boolean: () => ({ isTrue: fc.constant(null), isFalse: fc.constant(null) }),
  number: () => ({}),
  date: () => ({
    on: fc.constantFrom(...filled(BIRTHDAYS)),
    before: day,
    after: day,
    withinLast: calendar,
    notWithinLast: calendar,
    withinNext: calendar,
    isEmpty: fc.constant(null),
    isNotEmpty: fc.constant(null),
  }),
  moment: () => ({
    on: day,
    before: day,
    after: day,
    withinLast: period,
    notWithinLast: period,
    isEmpty: fc.constant(null),
    isNotEmpty: fc.constant(null),
  }),
  measure: () => {
    const figure = fc.record({ amount: fc.constantFrom(-1, 0, 1, 2, 500, 4500, 10_000), within });
    return { gte: figure, gt: figure, lte: figure, lt: figure, eq: figure };
  },
  event: (words) => {
    const times = fc.integer({ min: 1, max: 3 });
    const occurrence = fc.record({ name: fc.constantFrom(...words), times, within });
    return { did: occurrence, didNot: occurrence };
  },
  product: (words) => {
    const purchase = fc.record({ product: fc.constantFrom(...words), within });
    return { bought: purchase, notBought: purchase };
  },
};

const MONTHS = ['11', '12', '2', 'x'];
const ANSWERS = ['granted', 'refused', 'unknown', 'other'];

const fields: readonly (readonly [string, ValueType, readonly string[]])[] = [
  ['customer.familyName', 'text', filled(NAMES)],
  ['customer.company', 'text', filled(COMPANIES)],
  ['customer.prefecture', 'choice', ['東京都', '大阪府', '京都府']],
  ['customer.tier', 'choice', filled(TIERS)],
  ['customer.birthday', 'date', []],
  ['customer.birthdayMonth', 'choice', MONTHS],
  ['customer.tags', 'tags', TAGS],
  ['customer.tierLocked', 'boolean', []],
  ['customer.registeredAt', 'moment', []],
  ['consent.email', 'choice', ANSWERS],
  ['consent.line', 'choice', ANSWERS],
  ['reach.identity', 'choice', ['email', 'line', 'member']],
  ['orders.count', 'measure', []],
  ['orders.total', 'measure', []],
  ['orders.first', 'moment', []],
  ['orders.last', 'moment', []],
  ['orders.product', 'product', PRODUCTS],
  ['behaviour.event', 'event', EVENTS],
];

const clausesOf = (field: string, valueType: ValueType, words: readonly string[]) =>
  Object.entries(values[valueType](words)).map(([operator, value]) =>
    fc.record({ field: fc.constant(field), operator: fc.constant(operator), value }),
  );

const clause: fc.Arbitrary<Rule> = fc.oneof(
  ...fields.map((field) => fc.oneof(...clausesOf(...field))),
);

const { tree } = fc.letrec<{ tree: RuleGroup; node: Rule | RuleGroup }>((tie) => ({
  node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, clause, tie('tree')),
  tree: fc.record({
    combinator: fc.constantFrom('and' as const, 'or' as const),
    not: fc.boolean(),
    rules: fc.array(tie('node'), { minLength: 1, maxLength: 4 }),
  }),
}));

describe('compiled rules', () => {
  it.each(fields)(
    '%s: every operator means what the evaluator says',
    async (field, type, words) => {
      expect(Object.keys(values[type](words))).toEqual(Object.keys(valueTypes[type]));
      for (const arbitrary of clausesOf(field, type, words)) {
        for (const rule of fc.sample(arbitrary, { numRuns: 8, seed: 7 })) {
          const group: RuleGroup = { combinator: 'and', rules: [rule] };
          expect(await matching(group), JSON.stringify(rule)).toEqual(expected(group));
        }
      }
    },
  );

  it('agree with the evaluator on 500 random trees, for everyone and person by person', async () => {
    await fc.assert(
      fc.asyncProperty(tree, fc.nat({ max: 59 }), async (rule, index) => {
        expect(await matching(rule)).toEqual(expected(rule));
        const person = people[index];
        if (!person) throw new Error('No such person');
        const why = await service().why(rule, person.id);
        expect(why.ok && why.value.matches).toBe(evaluate(person, rule));
      }),
      { numRuns: 500, seed: 20_261_122 },
    );
  }, 180_000);

  it('tell of one person which clauses are true', async () => {
    const rules: Rule[] = [
      { field: 'customer.tier', operator: 'in', value: ['platinum'] },
      { field: 'orders.total', operator: 'gte', value: { amount: 4000, within: null } },
    ];
    for (const person of people) {
      const why = await service().why({ combinator: 'or', rules }, person.id);
      const tree = why.ok && why.value.tree;
      const truth = tree && tree.type === 'group' && tree.rules.map((node) => node.matches);
      expect(truth).toEqual(rules.map((rule) => evaluateRule(person, rule)));
    }
  });

  it('count a nested rule as hand-written SQL does', async () => {
    const counted = await service().count({
      combinator: 'and',
      rules: [
        { field: 'consent.email', operator: 'in', value: ['granted'] },
        {
          combinator: 'or',
          not: true,
          rules: [
            { field: 'customer.prefecture', operator: 'in', value: ['大阪府'] },
            { field: 'orders.count', operator: 'lte', value: { amount: 1, within: null } },
          ],
        },
      ],
    });
    const db = kernel().database(app.strapi);
    const byHand: { n?: number | string } | undefined = await db('crm_customers as c')
      .whereRaw(
        `exists (select 1 from crm_consent_states s where s.customer_id = c.id
           and s.channel = 'email' and s.purpose = 'marketing' and s.granted = ?)`,
        [true],
      )
      .whereRaw(`(c.prefecture is null or c.prefecture <> '大阪府')`)
      .whereRaw(
        `(select count(*) from crm_orders o where o.customer_id = c.id
           and o.status in ('placed', 'paid')) > 1`,
      )
      .count({ n: '*' })
      .first();
    expect(counted).toEqual({ ok: true, value: Number(byHand?.n) });
    expect(Number(byHand?.n)).toBeGreaterThan(0);
  });
});
