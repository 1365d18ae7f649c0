/** What every operator says of one value, for the evaluator. */
import { back, inLast, iso, today, type Period } from './evaluator-dates';
import { DAY } from './people';

const fold = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** What one clause says of one person. */
export type Judge = (operator: string, value: never) => boolean;

export const text =
  (actual: string | null): Judge =>
  (operator, wanted: string) => {
    const has = actual !== null && fold(actual).includes(fold(wanted ?? ''));
    const answers: Record<string, boolean> = {
      is: actual === wanted,
      isNot: actual !== wanted,
      contains: has,
      doesNotContain: !has,
      startsWith: actual !== null && fold(actual).startsWith(fold(wanted ?? '')),
      isEmpty: actual === null || actual === '',
      isNotEmpty: actual !== null && actual !== '',
    };
    return answers[operator] ?? false;
  };

export const choice =
  (actual: readonly string[]): Judge =>
  (operator, wanted: string[]) =>
    wanted.some((one) => actual.includes(one)) === (operator === 'in');

export const tags =
  (actual: readonly string[]): Judge =>
  (operator, wanted: string[]) => {
    if (operator === 'hasAll') return wanted.every((one) => actual.includes(one));
    return wanted.some((one) => actual.includes(one)) === (operator === 'hasAny');
  };

export const day =
  (actual: string | null): Judge =>
  (operator, wanted: string & Period) => {
    if (operator === 'isEmpty') return actual === null;
    if (operator === 'isNotEmpty') return actual !== null;
    const between = (first: string, last: string) =>
      actual !== null && actual >= first && actual <= last;
    const now = today.toISOString().slice(0, 10);
    if (operator === 'on') return actual === wanted;
    if (operator === 'before') return actual !== null && actual < wanted;
    if (operator === 'after') return actual !== null && actual > wanted;
    if (operator === 'withinNext') return between(now, iso(back(wanted, 1)));
    return between(iso(back(wanted, -1)), now) === (operator === 'withinLast');
  };

export const moment =
  (actual: number | null): Judge =>
  (operator, wanted: string & Period) => {
    if (operator === 'isEmpty') return actual === null;
    if (operator === 'isNotEmpty') return actual !== null;
    if (operator === 'withinLast') return actual !== null && inLast(actual, wanted);
    if (operator === 'notWithinLast') return actual === null || !inLast(actual, wanted);
    const start = Date.parse(`${wanted}T00:00:00+09:00`);
    if (actual === null) return false;
    if (operator === 'before') return actual < start;
    return operator === 'after' ? actual >= start + DAY : actual >= start && actual < start + DAY;
  };

export function compare(actual: number, operator: string, amount: number): boolean {
  const answers: Record<string, boolean> = {
    gte: actual >= amount,
    gt: actual > amount,
    lte: actual <= amount,
    lt: actual < amount,
    eq: actual === amount,
  };
  return answers[operator] ?? false;
}

export const yes =
  (actual: boolean | null): Judge =>
  (operator) =>
    (actual === true) === (operator === 'isTrue');

export const number =
  (actual: number | null): Judge =>
  (operator, amount: number) => {
    if (operator === 'isEmpty') return actual === null;
    if (operator === 'isNotEmpty') return actual !== null;
    if (operator === 'ne') return actual !== amount;
    return actual !== null && compare(actual, operator, amount);
  };

/** What happened to a person: with something named (`option`), or with anything. */
export const happening =
  (facts: readonly { readonly option: string | null; readonly at: number }[]): Judge =>
  (operator, wanted: { option: string | null; times: number; within: Period | null }) => {
    const counted = facts.filter(
      ({ option, at }) =>
        option !== null &&
        (wanted.option === null || option === wanted.option) &&
        (!wanted.within || inLast(at, wanted.within)),
    );
    return counted.length >= wanted.times === (operator === 'did');
  };
