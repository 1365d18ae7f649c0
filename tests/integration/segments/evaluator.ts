/**
 * What a rule means, written a second time and independently of the compiler: in JavaScript, over
 * rows, with fixed instants for the time zone (Asia/Tokyo has no summer time).
 */
import type { Rule, RuleGroup } from '../../../src/plugins/crm/shared/segments';
import { dayOf, inLast, type Period } from './evaluator-dates';
import {
  choice,
  compare,
  day,
  happening,
  moment,
  number,
  tags,
  text,
  yes,
  type Judge,
} from './evaluator-values';
import { friendship, type MoreFacts } from './more-facts';
import {
  HOUR,
  inCategory,
  itself,
  NOW,
  RETURNED,
  type Line,
  type Named,
  type Occurrence,
  type Order,
  type Person,
} from './people';

const measure =
  (orders: readonly Order[], figure: (orders: readonly Order[]) => number): Judge =>
  (operator, { amount, within }: { amount: number; within: Period | null }) => {
    const actual = figure(orders.filter((order) => !within || inLast(order.at, within)));
    return compare(actual, operator, amount);
  };

/** Pieces that did not come back. */
const kept = ({ quantity }: Line): number => quantity - (RETURNED[quantity] ?? 0);

const product =
  (orders: readonly Order[], named: Named): Judge =>
  (operator, wanted: { product: string; within: Period | null }) =>
    orders.some(
      (order) =>
        order.products.some(
          (line) => named(wanted.product).includes(line.code) && kept(line) > 0,
        ) &&
        (!wanted.within || inLast(order.at, wanted.within)),
    ) ===
    (operator === 'bought');

const productMeasure =
  (orders: readonly Order[], named: Named, figure: (line: Line) => number): Judge =>
  (operator, { product: what, ...wanted }: { product: string; amount: number; within: Period }) =>
    measure(orders, (counted) =>
      counted
        .flatMap(({ products }) => products)
        .filter((line) => named(what).includes(line.code))
        .reduce((sum, line) => sum + figure(line), 0),
    )(operator, wanted as never);

/** One of several days is so; "not within" means none of them. */
const someDay =
  (instants: readonly (number | null)[]): Judge =>
  (operator, wanted) => {
    const days = instants.filter((instant) => instant !== null).map(dayOf);
    if (operator === 'isEmpty') return days.length === 0;
    if (operator !== 'notWithinLast') return days.some((one) => day(one)(operator, wanted));
    return !days.some((one) => day(one)('withinLast', wanted));
  };

function subscriptionJudges({ subscriptions }: Person): Record<string, Judge> {
  const active = subscriptions.filter(({ status }) => status === 'active');
  const renewing = subscriptions.filter(({ status }) => ['active', 'past_due'].includes(status));
  const plans = active.length > 0 ? [...active.map(({ plan }) => plan), '*'] : [];
  return {
    'subscriptions.active': choice(plans),
    'subscriptions.renews': someDay(renewing.map(({ renewsAt }) => renewsAt)),
    'subscriptions.ends': someDay(subscriptions.map(({ endsAt }) => endsAt)),
    'subscriptions.started': someDay(subscriptions.map(({ startedAt }) => startedAt)),
  };
}

const seenBy = (person: Person, name: string, within: Period | null): Occurrence[] =>
  person.events.filter(
    (seen) =>
      !seen.bot &&
      seen.type !== 'identify' &&
      seen.name === name &&
      (!within || inLast(seen.at, within)),
  );

/** Of properties that PostgreSQL cannot read, nothing is read anywhere. */
const propertyOf = ({ properties }: Occurrence, name: string): unknown =>
  JSON.stringify(properties).includes('\\u') ? undefined : properties[name];

const asText = (value: unknown): string | null =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : null;

const event =
  (person: Person): Judge =>
  (
    operator,
    wanted: {
      name: string;
      times: number;
      within: Period | null;
      property: string | null;
      is: string | null;
    },
  ) => {
    const seen = seenBy(person, wanted.name, wanted.within).filter((one) => {
      if (!wanted.property) return true;
      const actual = asText(propertyOf(one, wanted.property));
      return wanted.is ? actual === wanted.is : actual !== null;
    });
    return seen.length >= wanted.times === (operator === 'did');
  };

const eventMoment =
  (person: Person, pick: (instants: readonly number[]) => number | null): Judge =>
  (operator, wanted: { name: string; day: string; within: Period }) => {
    const at = pick(seenBy(person, wanted.name, null).map((seen) => seen.at));
    const isPeriod = operator === 'withinLast' || operator === 'notWithinLast';
    return moment(at)(operator, (isPeriod ? wanted.within : wanted.day) as never);
  };

const eventSum =
  (person: Person): Judge =>
  (operator, wanted: { name: string; property: string; amount: number; within: Period | null }) => {
    const amounts = seenBy(person, wanted.name, wanted.within)
      .map((one) => propertyOf(one, wanted.property))
      .filter((value) => typeof value === 'number');
    const actual = amounts.reduce((sum, value) => sum + value, 0);
    return compare(actual, operator, wanted.amount);
  };

const sequence =
  (person: Person): Judge =>
  (
    operator,
    wanted: {
      name: string;
      then: string;
      key: string | null;
      hours: number;
      within: Period | null;
    },
  ) => {
    const wait = wanted.hours * HOUR;
    const { key } = wanted;
    return seenBy(person, wanted.name, wanted.within).some((first) => {
      const same = key ? asText(propertyOf(first, key)) : null;
      if (key && same === null) return false;
      const came = seenBy(person, wanted.then, null).filter(
        (later) =>
          later !== first &&
          later.at >= first.at &&
          (operator === 'withoutSince' || later.at <= first.at + wait) &&
          (!key || asText(propertyOf(later, key)) === same),
      );
      if (operator === 'followed') return came.length > 0;
      return first.at + wait <= NOW && came.length === 0;
    });
  };

const answered = (person: Person, channel: string): string[] => {
  const granted = person.consents[channel];
  if (granted === undefined) return ['unknown'];
  return [granted ? 'granted' : 'refused'];
};

const least = (values: readonly number[]) => (values.length > 0 ? Math.min(...values) : null);
const most = (values: readonly number[]) => (values.length > 0 ? Math.max(...values) : null);

const moreJudges = (more: MoreFacts): Record<string, Judge> => ({
  'customer.visits': number(more.visits),
  'customer.weight': number(more.weight),
  'customer.ratio': number(more.ratio),
  'customer.wantsCatalogue': yes(more.wantsCatalogue),
  'customer.anniversary': day(more.anniversary),
  'customer.joinedClub': moment(more.joinedClub),
  'customer.size': choice(more.size ? [more.size] : []),
  'customer.owner': choice(more.owner ? [String(more.owner)] : []),
  'line.friend': choice([friendship(more.friends)]),
  'delivery.received': happening(more.messages.filter(({ accepted }) => accepted)),
  'delivery.opened': happening(more.reactions.filter(({ kind }) => kind === 'open')),
  'delivery.clicked': happening(more.reactions.filter(({ kind }) => kind === 'click')),
});

function judgesOf(person: Person): Record<string, Judge> {
  const orders = person.orders.filter(({ status }) => status === 'placed' || status === 'paid');
  const times = orders.map(({ at }) => at);
  const month = person.birthday ? [String(Number(person.birthday.slice(5, 7)))] : [];
  return {
    'customer.familyName': text(person.familyName),
    'customer.company': text(person.company),
    'customer.prefecture': choice(person.prefecture ? [person.prefecture] : []),
    'customer.tier': choice(person.tier ? [person.tier] : []),
    'customer.birthday': day(person.birthday),
    'customer.birthdayMonth': choice(month),
    'customer.tags': tags(person.tags ?? []),
    'customer.tierLocked': yes(person.tierLocked),
    'customer.registeredAt': moment(person.registeredAt),
    'consent.email': choice(answered(person, 'email')),
    'consent.line': choice(answered(person, 'line')),
    'reach.identity': choice(person.identities),
    'orders.count': measure(orders, (counted) => counted.length),
    'orders.total': measure(orders, (counted) =>
      counted.reduce((sum, { total }) => sum + total, 0),
    ),
    'orders.average': measure(orders, (counted) =>
      counted.length > 0 ? counted.reduce((sum, { total }) => sum + total, 0) / counted.length : 0,
    ),
    'orders.productCount': productMeasure(orders, itself, kept),
    'orders.productTotal': productMeasure(orders, itself, (line) => kept(line) * line.price),
    'orders.first': moment(least(times)),
    'orders.last': moment(most(times)),
    'orders.product': product(orders, itself),
    'orders.category': product(orders, inCategory),
    'orders.categoryCount': productMeasure(orders, inCategory, kept),
    'orders.categoryTotal': productMeasure(orders, inCategory, (line) => kept(line) * line.price),
    ...subscriptionJudges(person),
    'behaviour.event': event(person),
    'behaviour.first': eventMoment(person, least),
    'behaviour.last': eventMoment(person, most),
    'behaviour.sum': eventSum(person),
    'behaviour.sequence': sequence(person),
    'segment.member': choice(person.segments ?? []),
    ...(person.more ? moreJudges(person.more) : {}),
  };
}

/** Kept by person: ten thousand trees ask the same hundred people. */
const judges = new WeakMap<Person, Record<string, Judge>>();

function judgeOf(person: Person, field: string): Judge {
  const own = judges.get(person) ?? judgesOf(person);
  judges.set(person, own);
  const judge = own[field];
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
