/**
 * What may be asked of a kind of value: for every value type its operators, and for every operator
 * the shape of the value. The builder, the compiler and the sentences all read this one table.
 */
import { z } from 'zod';

/** PostgreSQL stores no NUL; a value with one can never match and must not reach it. */
const words = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .refine((text) => [...text].every((character) => character.charCodeAt(0) >= 32));

const list = z.array(words).min(1).max(100);

/** Operators without a value: whatever the screen left in it is dropped. */
const none = z.unknown().transform(() => null);

const day = z.iso.date();

const periodCount = z.number().int().min(1).max(1000);

/** Counted back from today in the site's time zone: months are calendar months. */
export const calendarPeriod = z.object({
  count: periodCount,
  unit: z.enum(['days', 'weeks', 'months', 'years']),
});
/** Like a calendar period, but hours are also possible: counted back from this instant. */
export const period = z.object({
  count: periodCount,
  unit: z.enum(['hours', 'days', 'weeks', 'months', 'years']),
});
export type Period = z.infer<typeof period>;

const within = period.nullable().default(null);
const amount = z.number().min(-1e12).max(1e12);
const measure = z.object({ amount, within });
const times = z.number().int().min(1).max(10_000).default(1);
/** A text that may be left out; the builder's empty input means that as well. */
const optional = z.union([words, z.literal('').transform(() => null), z.null()]).default(null);

/** The name of a property of an event. Quotes would end its path in SQLite's JSON functions. */
const propertyName = words.refine((name) => !/["\\]/.test(name));
const property = z
  .union([propertyName, z.literal('').transform(() => null), z.null()])
  .default(null);

/** `property`: only events that have it, with the value `is` where that is given. */
const occurrence = z.object({ name: words, times, within, property, is: optional });
const occurrenceDay = z.object({ name: words, day });
const occurrencePeriod = z.object({ name: words, within: period });
const eventSum = z.object({ name: words, property: propertyName, amount, within });
/**
 * An event and what became of it within so many hours: `then`, with the same value of the property
 * `key` where one is named (the same cart, the same product).
 */
const sequence = z.object({
  name: words,
  then: words,
  key: property,
  hours: z.number().int().min(1).max(8760),
  within,
});
const purchase = z.object({ product: words, within });
const productMeasure = z.object({ product: words, amount, within });
/** Something that happened to a person: `option` says with what, null with anything. */
const happening = z.object({ option: optional, times, within });

export const valueTypes = {
  text: {
    is: words,
    isNot: words,
    contains: words,
    doesNotContain: words,
    startsWith: words,
    isEmpty: none,
    isNotEmpty: none,
  },
  choice: { in: list, notIn: list },
  tags: { hasAny: list, hasAll: list, hasNone: list },
  boolean: { isTrue: none, isFalse: none },
  number: {
    eq: amount,
    ne: amount,
    gt: amount,
    gte: amount,
    lt: amount,
    lte: amount,
    isEmpty: none,
    isNotEmpty: none,
  },
  /** A calendar day without a time: birthday, end of a contract. */
  date: {
    on: day,
    before: day,
    after: day,
    withinLast: calendarPeriod,
    notWithinLast: calendarPeriod,
    withinNext: calendarPeriod,
    isEmpty: none,
    isNotEmpty: none,
  },
  /** An instant: registered, last order. */
  moment: {
    on: day,
    before: day,
    after: day,
    withinLast: period,
    notWithinLast: period,
    isEmpty: none,
    isNotEmpty: none,
  },
  /** A figure over somebody's facts, counted over all time or within a period. */
  measure: { gte: measure, gt: measure, lte: measure, lt: measure, eq: measure },
  event: { did: occurrence, didNot: occurrence },
  /** When a person did something for the first (the last) time. */
  eventMoment: {
    on: occurrenceDay,
    before: occurrenceDay,
    after: occurrenceDay,
    withinLast: occurrencePeriod,
    notWithinLast: occurrencePeriod,
  },
  /** A number in somebody's events, added up. */
  eventSum: { gte: eventSum, gt: eventSum, lte: eventSum, lt: eventSum, eq: eventSum },
  /** `without`: not in time. `withoutSince`: not in time and not later either. `followed`: in time. */
  sequence: { without: sequence, withoutSince: sequence, followed: sequence },
  product: { bought: purchase, notBought: purchase },
  productMeasure: {
    gte: productMeasure,
    gt: productMeasure,
    lte: productMeasure,
    lt: productMeasure,
    eq: productMeasure,
  },
  happening: { did: happening, didNot: happening },
} as const satisfies Record<string, Record<string, z.ZodType>>;

type ValueTypes = typeof valueTypes;
export type ValueType = keyof ValueTypes;
export const valueTypeNames = Object.keys(valueTypes) as [ValueType, ...ValueType[]];

/** Operator and value of one clause, narrowed together: `if (use.operator === 'on') use.value`. */
export type RuleUse<T extends ValueType> = {
  [O in keyof ValueTypes[T]]: {
    readonly operator: O;
    readonly value: ValueTypes[T][O] extends z.ZodType ? z.output<ValueTypes[T][O]> : never;
  };
}[keyof ValueTypes[T]];

export const operatorsOf = (valueType: ValueType): string[] => Object.keys(valueTypes[valueType]);

/** The schema of the value, or undefined when the value type has no such operator. */
export function valueSchema(valueType: ValueType, operator: string): z.ZodType | undefined {
  const table: Readonly<Record<string, z.ZodType>> = valueTypes[valueType];
  return Object.hasOwn(table, operator) ? table[operator] : undefined;
}
