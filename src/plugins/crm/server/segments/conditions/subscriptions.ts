/** What people have subscribed to, as their shop tells it. */
import type { Knex } from 'knex';

import type { RuleUse } from '../../../shared/segments-values';
import { translate } from '../../kernel';
import { defineCondition, type ConditionContext, type SegmentCondition } from '../condition';
import { addDays, dayPeriod, dayRange, parseDay, type InstantRange } from '../domain/calendar';
import { during, whereFacts } from './facts';
import { fieldLabel } from './labels';
import { subscribedOptions } from './options';

const CUSTOMER = 'crm_subscriptions.customer_id';
/** Whatever it is that somebody has subscribed to. */
const ANY = '*';
/** A subscription that has ended renews no more, and one that is on hold does not either. */
const RENEWING = ['active', 'past_due'];

const described = (field: string) => ({
  field,
  group: 'subscriptions',
  label: fieldLabel(field),
  reads: ['subscriptions'],
});

const active = defineCondition<'choice'>({
  ...described('subscriptions.active'),
  valueType: 'choice',
  options: async (strapi, locale) => [
    { value: ANY, label: translate(strapi, locale, 'segments.subscriptions.any') },
    ...(await subscribedOptions(strapi, locale)),
  ],
  where: (query, { operator, value, ...context }) => {
    const facts = context.db('crm_subscriptions').where('crm_subscriptions.status', 'active');
    if (!value.includes(ANY)) facts.whereIn('crm_subscriptions.product_code', value);
    const about = { facts, customerColumn: CUSTOMER, selective: true };
    whereFacts(query, about, context, operator === 'notIn');
  },
});

/** The instants of the days that a clause names; null: it only asks whether there is a day at all. */
function instantsOf(use: RuleUse<'date'> & ConditionContext): Partial<InstantRange> | null {
  const { timeZone, now } = use;
  const startOf = (day: string) => dayRange(parseDay(day), timeZone).from;
  const after = (day: string) => dayRange(addDays(parseDay(day), 1), timeZone).from;
  switch (use.operator) {
    case 'on':
      return { from: startOf(use.value), until: after(use.value) };
    case 'before':
      return { until: startOf(use.value) };
    case 'after':
      return { from: after(use.value) };
    case 'withinNext':
    case 'withinLast':
    case 'notWithinLast': {
      const direction = use.operator === 'withinNext' ? 'next' : 'last';
      const { first, last } = dayPeriod(use.value, direction, now.getTime(), timeZone);
      return { from: startOf(first), until: after(last) };
    }
    default:
      return null;
  }
}

/** One of somebody's subscriptions has its day there. Index on the column. */
const onDay = (
  field: string,
  column: string,
  narrow: (facts: Knex.QueryBuilder) => void = () => undefined,
): SegmentCondition =>
  defineCondition<'date'>({
    ...described(field),
    valueType: 'date',
    where: (query, use) => {
      const facts = use.db('crm_subscriptions').whereNotNull(column);
      narrow(facts);
      during(facts, column, instantsOf(use) ?? {});
      const negate = use.operator === 'isEmpty' || use.operator === 'notWithinLast';
      whereFacts(query, { facts, customerColumn: CUSTOMER, selective: true }, use, negate);
    },
  });

export const subscriptionConditions: readonly SegmentCondition[] = [
  active,
  onDay('subscriptions.renews', 'crm_subscriptions.renews_at', (facts) => {
    facts.whereIn('crm_subscriptions.status', RENEWING);
  }),
  onDay('subscriptions.ends', 'crm_subscriptions.ends_at'),
  onDay('subscriptions.started', 'crm_subscriptions.started_at'),
];
