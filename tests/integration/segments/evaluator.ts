/**
 * What a rule means, written a second time and independently of the compiler: in JavaScript, over
 * rows, with fixed instants for the time zone (Asia/Tokyo has no summer time).
 */
import type { Rule, RuleGroup } from '../../../src/plugins/crm/shared/segments';
import { DAY, HOUR, NOW, type Order, type Person } from './people';

interface Period {
  readonly count: number;
  readonly unit: string;
}

const TOKYO = 9 * HOUR;
const today = new Date(NOW + TOKYO);

function back(
  { count, unit }: Period,
  direction: 1 | -1,
): { year: number; month: number; day: number } {
  const year = today.getUTCFullYear();
  const month = today.getUTCMonth();
  const day = today.getUTCDate();
  const days = unit === 'weeks' ? count * 7 : count;
  if (unit === 'days' || unit === 'weeks') {
    const moved = new Date(Date.UTC(year, month, day + direction * days));
    return { year: moved.getUTCFullYear(), month: moved.getUTCMonth(), day: moved.getUTCDate() };
  }
  const months = direction * (unit === 'years' ? count * 12 : count);
  const first = new Date(Date.UTC(year, month + months, 1));
  const last = new Date(Date.UTC(year, month + months + 1, 0)).getUTCDate();
  return { year: first.getUTCFullYear(), month: first.getUTCMonth(), day: Math.min(day, last) };
}

const midnight = ({ year, month, day }: { year: number; month: number; day: number }): number =>
  Date.UTC(year, month, day) - TOKYO;

const startOfTomorrow =
  Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() + 1) - TOKYO;

function inLast(instant: number, period: Period): boolean {
  if (period.unit === 'hours') return instant >= NOW - period.count * HOUR && instant <= NOW;
  return instant >= midnight(back(period, -1)) && instant < startOfTomorrow;
}

const iso = ({ year, month, day }: { year: number; month: number; day: number }): string =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

const fold = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

type Judge = (operator: string, value: never) => boolean;

const text =
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

const choice =
  (actual: readonly string[]): Judge =>
  (operator, wanted: string[]) =>
    wanted.some((one) => actual.includes(one)) === (operator === 'in');

const tags =
  (actual: readonly string[]): Judge =>
  (operator, wanted: string[]) => {
    if (operator === 'hasAll') return wanted.every((one) => actual.includes(one));
    return wanted.some((one) => actual.includes(one)) === (operator === 'hasAny');
  };

const day =
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

const moment =
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

const measure =
  (orders: readonly Order[], figure: (orders: readonly Order[]) => number): Judge =>
  (operator, { amount, within }: { amount: number; within: Period | null }) => {
    const actual = figure(orders.filter((order) => !within || inLast(order.at, within)));
    const answers: Record<string, boolean> = {
      gte: actual >= amount,
      gt: actual > amount,
      lte: actual <= amount,
      lt: actual < amount,
      eq: actual === amount,
    };
    return answers[operator] ?? false;
  };

const product =
  (orders: readonly Order[]): Judge =>
  (operator, wanted: { product: string; within: Period | null }) =>
    orders.some(
      (order) =>
        order.products.includes(wanted.product) &&
        (!wanted.within || inLast(order.at, wanted.within)),
    ) ===
    (operator === 'bought');

const event =
  (person: Person): Judge =>
  (operator, wanted: { name: string; times: number; within: Period | null }) => {
    const seen = person.events.filter(
      ({ name, at, bot, type }) =>
        !bot &&
        type !== 'identify' &&
        name === wanted.name &&
        (!wanted.within || inLast(at, wanted.within)),
    );
    return seen.length >= wanted.times === (operator === 'did');
  };

const answered = (person: Person, channel: string): string[] => {
  const granted = person.consents[channel];
  if (granted === undefined) return ['unknown'];
  return [granted ? 'granted' : 'refused'];
};

const least = (values: readonly number[]) => (values.length > 0 ? Math.min(...values) : null);
const most = (values: readonly number[]) => (values.length > 0 ? Math.max(...values) : null);

function judgeOf(person: Person, field: string): Judge {
  const orders = person.orders.filter(({ status }) => status === 'placed' || status === 'paid');
  const times = orders.map(({ at }) => at);
  const month = person.birthday ? [String(Number(person.birthday.slice(5, 7)))] : [];
  const judges: Record<string, Judge> = {
    'customer.familyName': text(person.familyName),
    'customer.company': text(person.company),
    'customer.prefecture': choice(person.prefecture ? [person.prefecture] : []),
    'customer.tier': choice(person.tier ? [person.tier] : []),
    'customer.birthday': day(person.birthday),
    'customer.birthdayMonth': choice(month),
    'customer.tags': tags(person.tags ?? []),
    'customer.tierLocked': (operator) => (person.tierLocked === true) === (operator === 'isTrue'),
    'customer.registeredAt': moment(person.registeredAt),
    'consent.email': choice(answered(person, 'email')),
    'consent.line': choice(answered(person, 'line')),
    'reach.identity': choice(person.identities),
    'orders.count': measure(orders, (counted) => counted.length),
    'orders.total': measure(orders, (counted) =>
      counted.reduce((sum, { total }) => sum + total, 0),
    ),
    'orders.first': moment(least(times)),
    'orders.last': moment(most(times)),
    'orders.product': product(orders),
    'behaviour.event': event(person),
  };
  const judge = judges[field];
  if (!judge) throw new Error(`The evaluator does not know ${field}`);
  return judge;
}

export const evaluateRule = (person: Person, { field, operator, value }: Rule): boolean =>
  judgeOf(person, field)(operator, value as never);

export function evaluate(person: Person, group: RuleGroup): boolean {
  const answers = group.rules.map((node) =>
    'rules' in node ? evaluate(person, node) : evaluateRule(person, node),
  );
  const joined = group.combinator === 'and' ? answers.every(Boolean) : answers.some(Boolean);
  return joined !== (group.not ?? false);
}
