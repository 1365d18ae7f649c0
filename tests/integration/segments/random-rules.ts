/** Random rules over what `people.ts` puts into the database: every field, operator and boundary. */
import fc from 'fast-check';

import type { Rule, RuleGroup } from '../../../src/plugins/crm/shared/segments';
import type { ValueType } from '../../../src/plugins/crm/shared/segments-values';
import { ANNIVERSARIES, CAMPAIGNS, SEGMENTS, SIZES, VISITS, WEIGHTS } from './more-facts';
import {
  BIRTHDAYS,
  CATEGORIES,
  COMPANIES,
  EVENTS,
  NAMES,
  PLANS,
  PRODUCTS,
  TAGS,
  TIERS,
} from './people';

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
const eventName = fc.constantFrom(...EVENTS);
const property = fc.constantFrom('cart_id', 'value', 'none', "it's");
/** Also what stands between two whole numbers, and what no integer column could hold. */
const amount = fc.constantFrom(-1, 0, 0.5, 1, 2, 500, 4500, 10_000, 1e12);
const figure = fc.constantFrom(...filled(VISITS), ...filled(WEIGHTS), 1.5, -1e12, 1e12);
const some = (values: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });

/** A value for every operator, by its value type. */
export const values: Record<
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
  number: () => {
    const one = { eq: figure, ne: figure, gt: figure, gte: figure, lt: figure, lte: figure };
    return { ...one, isEmpty: fc.constant(null), isNotEmpty: fc.constant(null) };
  },
  date: () => ({
    on: fc.constantFrom(...filled(BIRTHDAYS), ...filled(ANNIVERSARIES)),
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
    const figure = fc.record({ amount, within });
    return { gte: figure, gt: figure, lte: figure, lt: figure, eq: figure };
  },
  event: (words) => {
    const times = fc.integer({ min: 1, max: 3 });
    const occurrence = fc.record({
      name: fc.constantFrom(...words),
      times,
      within,
      property: fc.option(property, { nil: null, freq: 1 }),
      is: fc.option(fc.constantFrom('c1', '７', '7', '7.5', '500', 'true'), { nil: null }),
    });
    return { did: occurrence, didNot: occurrence };
  },
  eventMoment: () => {
    const onDay = fc.record({ name: eventName, day });
    const inPeriod = fc.record({ name: eventName, within: period });
    return {
      on: onDay,
      before: onDay,
      after: onDay,
      withinLast: inPeriod,
      notWithinLast: inPeriod,
    };
  },
  eventSum: () => {
    const sum = fc.record({ name: eventName, property, amount, within });
    return { gte: sum, gt: sum, lte: sum, lt: sum, eq: sum };
  },
  sequence: () => {
    const key = fc.option(fc.constantFrom('cart_id', 'none'), { nil: null });
    const hours = fc.constantFrom(1, 3, 4, 24, 720);
    const sequence = fc.record({ name: eventName, then: eventName, key, hours, within });
    return { without: sequence, withoutSince: sequence, followed: sequence };
  },
  product: (words) => {
    const purchase = fc.record({ product: fc.constantFrom(...words), within });
    return { bought: purchase, notBought: purchase };
  },
  productMeasure: (words) => {
    const figure = fc.record({ product: fc.constantFrom(...words), amount, within });
    return { gte: figure, gt: figure, lte: figure, lt: figure, eq: figure };
  },
  happening: (words) => {
    const times = fc.integer({ min: 1, max: 3 });
    const option = fc.option(fc.constantFrom(...words), { nil: null });
    const happened = fc.record({ option, times, within });
    return { did: happened, didNot: happened };
  },
};

const MONTHS = ['11', '12', '2', 'x'];
const ANSWERS = ['granted', 'refused', 'unknown', 'other'];

export const fields: readonly (readonly [string, ValueType, readonly string[]])[] = [
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
  ['orders.average', 'measure', []],
  ['orders.product', 'product', PRODUCTS],
  ['orders.productCount', 'productMeasure', PRODUCTS],
  ['orders.productTotal', 'productMeasure', PRODUCTS],
  ['orders.category', 'product', Object.keys(CATEGORIES)],
  ['orders.categoryCount', 'productMeasure', Object.keys(CATEGORIES)],
  ['orders.categoryTotal', 'productMeasure', Object.keys(CATEGORIES)],
  ['subscriptions.active', 'choice', [...PLANS, '*', 'gone']],
  ['subscriptions.renews', 'date', []],
  ['subscriptions.ends', 'date', []],
  ['subscriptions.started', 'date', []],
  ['behaviour.event', 'event', EVENTS],
  ['behaviour.first', 'eventMoment', []],
  ['behaviour.last', 'eventMoment', []],
  ['behaviour.sum', 'eventSum', []],
  ['behaviour.sequence', 'sequence', []],
  ['segment.member', 'choice', SEGMENTS],
  ['customer.visits', 'number', []],
  ['customer.weight', 'number', []],
  ['customer.ratio', 'number', []],
  ['customer.wantsCatalogue', 'boolean', []],
  ['customer.anniversary', 'date', []],
  ['customer.joinedClub', 'moment', []],
  ['customer.size', 'choice', [...SIZES, 'XXL']],
  ['customer.owner', 'choice', ['1', '7', '8', '0', 'nobody']],
  ['line.friend', 'choice', ['following', 'blocked', 'none', 'other']],
  ['delivery.received', 'happening', [...CAMPAIGNS, 'gone']],
  ['delivery.opened', 'happening', [...CAMPAIGNS, 'gone']],
  ['delivery.clicked', 'happening', [...CAMPAIGNS, 'gone']],
];

export const clausesOf = (field: string, valueType: ValueType, words: readonly string[]) =>
  Object.entries(values[valueType](words)).map(([operator, value]) =>
    fc.record({ field: fc.constant(field), operator: fc.constant(operator), value }),
  );

const clause: fc.Arbitrary<Rule> = fc.oneof(
  ...fields.map((field) => fc.oneof(...clausesOf(...field))),
);

export const { tree } = fc.letrec<{ tree: RuleGroup; node: Rule | RuleGroup }>((tie) => ({
  node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, clause, tie('tree')),
  tree: fc.record({
    combinator: fc.constantFrom('and' as const, 'or' as const),
    not: fc.boolean(),
    rules: fc.array(tie('node'), { minLength: 1, maxLength: 4 }),
  }),
}));
