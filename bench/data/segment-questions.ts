/** Twelve typical questions: as rules, and as SQL that a person wrote for them. */
import type { Rule, RuleGroup } from '../../src/plugins/crm/shared/segments';
import type { Dialect } from './million-sql';

export interface Question {
  readonly name: string;
  readonly rule: RuleGroup;
  readonly sql: string;
}

/** Days of Tokyo, which begin at 15:00 UTC of the day before. */
const tokyo = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day - 1, 15);
const TOMORROW = tokyo(2026, 11, 23);
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22, 3);
/** The first instant of the day so many days before 22 November 2026. */
const daysAgo = (days: number) => tokyo(2026, 11, 22) - days * DAY;

const all = (...rules: (Rule | RuleGroup)[]): RuleGroup => ({ combinator: 'and', rules });
const days = (count: number) => ({ count, unit: 'days' });
const is = (field: string, ...value: string[]): Rule => ({ field, operator: 'in', value });
const optedIn = is('consent.email', 'granted');

const OPTED_IN = `exists (select 1 from crm_consent_states s where s.customer_id = c.id
  and s.purpose = 'marketing' and s.channel = 'email' and s.granted)`;
const BOUGHT = `o.status in ('placed', 'paid')`;
const SEEN = `e.type in ('track', 'page', 'screen') and not e.is_bot and e.customer_id is not null`;
const during = (column: string, count: number) =>
  `${column} >= ${daysAgo(count)} and ${column} < ${TOMORROW}`;
const people = (where: string) => `select count(*) as n from crm_customers c where ${where}`;

const words = {
  sqlite: {
    tagged: `exists (select 1 from json_each(c.tags) t where t.value = 'jazz')`,
    product: (table: string) => `json_extract(${table}.properties, '$.product_id')`,
    bornIn: (month: number) => `cast(substr(c.birthday, 6, 2) as integer) = ${month}`,
  },
  postgres: {
    tagged: `exists (select 1 from jsonb_array_elements_text(c.tags) t where t = 'jazz')`,
    product: (table: string) => `(${table}.properties::jsonb ->> 'product_id')`,
    bornIn: (month: number) => `extract(month from c.birthday) = ${month}`,
  },
} as const;

const ofPeople = (dialect: Dialect): Question[] => [
  {
    name: 'platinum in Tokyo',
    rule: all(is('customer.tier', 'platinum'), is('customer.prefecture', '東京都')),
    sql: people(`c.tier = 'platinum' and c.prefecture = '東京都'`),
  },
  {
    name: 'tagged jazz, opted in',
    rule: all({ field: 'customer.tags', operator: 'hasAny', value: ['jazz'] }, optedIn),
    sql: people(`${OPTED_IN} and ${words[dialect].tagged}`),
  },
  {
    name: 'born in November, silver',
    rule: all(is('customer.birthdayMonth', '11'), is('customer.tier', 'silver')),
    sql: people(`c.tier = 'silver' and ${words[dialect].bornIn(11)}`),
  },
  {
    name: 'known on LINE, not regular, name begins with 山',
    rule: all(
      is('reach.identity', 'line'),
      { field: 'customer.tier', operator: 'notIn', value: ['regular'] },
      { field: 'customer.familyName', operator: 'startsWith', value: '山' },
    ),
    sql: people(`(c.tier is null or c.tier <> 'regular') and substr(c.family_name, 1, 1) = '山'
      and exists (select 1 from crm_identities i where i.kind = 'line' and i.customer_id = c.id)`),
  },
];

const ofOrders = (): Question[] => [
  {
    name: 'platinum or ¥10,000 in 12 months, opted in',
    rule: all(optedIn, {
      combinator: 'or',
      rules: [
        is('customer.tier', 'platinum'),
        {
          field: 'orders.total',
          operator: 'gte',
          value: { amount: 10_000, within: { count: 12, unit: 'months' } },
        },
      ],
    }),
    sql: people(`${OPTED_IN} and (c.tier = 'platinum' or c.id in (
      select o.customer_id from crm_orders o where ${BOUGHT} and ${during('o.ordered_at', 365)}
      group by o.customer_id having sum(o.total) >= 10000))`),
  },
  {
    name: 'three orders or more, none in 90 days',
    rule: all(
      { field: 'orders.count', operator: 'gte', value: { amount: 3, within: null } },
      { field: 'orders.last', operator: 'notWithinLast', value: days(90) },
    ),
    sql: people(`c.id in (select o.customer_id from crm_orders o where ${BOUGHT}
      group by o.customer_id having count(*) >= 3 and max(o.ordered_at) < ${daysAgo(90)})`),
  },
  {
    name: 'first order in 60 days',
    rule: all({ field: 'orders.first', operator: 'withinLast', value: days(60) }),
    sql: people(`exists (select 1 from crm_orders o where o.customer_id = c.id and ${BOUGHT}
        and ${during('o.ordered_at', 60)})
      and not exists (select 1 from crm_orders o where o.customer_id = c.id and ${BOUGHT}
        and o.ordered_at < ${daysAgo(60)})`),
  },
  {
    name: 'bought LP-120',
    rule: all({
      field: 'orders.product',
      operator: 'bought',
      value: { product: 'LP-120', within: null },
    }),
    sql: people(`c.id in (select o.customer_id from crm_order_lines l
      join crm_orders o on o.id = l.order_id where l.product_code = 'LP-120' and ${BOUGHT})`),
  },
];

const ofAbsence = (): Question[] => [
  {
    name: 'never bought, opted in',
    rule: all({ field: 'orders.last', operator: 'isEmpty' }, optedIn),
    sql: people(`${OPTED_IN} and not exists (
      select 1 from crm_orders o where o.customer_id = c.id and ${BOUGHT})`),
  },
];

const ofEvents = (dialect: Dialect): Question[] => [
  {
    name: 'viewed a product in 30 days',
    rule: all({
      field: 'behaviour.event',
      operator: 'did',
      value: { name: 'Product Viewed', times: 1, within: days(30) },
    }),
    sql: people(`c.id in (select e.customer_id from crm_events e
      where e.name = 'Product Viewed' and ${SEEN} and ${during('e.occurred_at', 30)})`),
  },
  {
    name: 'added products three times in 90 days',
    rule: all({
      field: 'behaviour.event',
      operator: 'did',
      value: { name: 'Product Added', times: 3, within: days(90) },
    }),
    sql: people(`c.id in (select e.customer_id from crm_events e
      where e.name = 'Product Added' and ${SEEN} and ${during('e.occurred_at', 90)}
      group by e.customer_id having count(*) >= 3)`),
  },
  {
    name: 'added a product in 14 days, not bought it in 4 hours',
    rule: all({
      field: 'behaviour.sequence',
      operator: 'without',
      value: {
        name: 'Product Added',
        then: 'Order Completed',
        key: 'product_id',
        hours: 4,
        within: days(14),
      },
    }),
    sql: people(`c.id in (select e.customer_id from crm_events e
      where e.name = 'Product Added' and ${SEEN} and ${during('e.occurred_at', 14)}
      and e.occurred_at <= ${NOW - 4 * 3_600_000} and ${words[dialect].product('e')} is not null
      and not exists (select 1 from crm_events b where b.customer_id = e.customer_id
        and b.name = 'Order Completed' and not b.is_bot and b.type in ('track', 'page', 'screen')
        and b.occurred_at >= e.occurred_at and b.occurred_at <= e.occurred_at + 14400000
        and ${words[dialect].product('b')} = ${words[dialect].product('e')}))`),
  },
];

export const questionsFor = (dialect: Dialect): readonly Question[] => [
  ...ofPeople(dialect),
  ...ofOrders(),
  ...ofAbsence(),
  ...ofEvents(dialect),
];
