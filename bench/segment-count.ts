/** The compiled rule on a million customers against SQL that a person wrote for the same question. */
import BetterSqlite3 from 'better-sqlite3';

import type { RuleGroup } from '../src/plugins/crm/shared/segments';
import { compiled, kernel } from '../tests/support/crm';
import type { Bench } from './bench';
import { millionCustomers, NOW } from './data/million-customers';

interface Question {
  readonly name: string;
  readonly rule: RuleGroup;
  readonly sql: string;
}

/** 00:00 in Tokyo on 22 November 2025 and on 23 November 2026. */
const YEAR_AGO = Date.UTC(2025, 10, 21, 15);
const TOMORROW = Date.UTC(2026, 10, 22, 15);
/** 00:00 in Tokyo on 24 August 2026. */
const NINETY_DAYS_AGO = Date.UTC(2026, 7, 23, 15);

const OPTED_IN = `exists (select 1 from crm_consent_states s where s.customer_id = c.id
  and s.purpose = 'marketing' and s.channel = 'email' and s.granted = 1)`;

const questions: readonly Question[] = [
  {
    name: 'platinum in Tokyo',
    rule: {
      combinator: 'and',
      rules: [
        { field: 'customer.tier', operator: 'in', value: ['platinum'] },
        { field: 'customer.prefecture', operator: 'in', value: ['東京都'] },
      ],
    },
    sql: `select count(*) as n from crm_customers c where c.tier = 'platinum' and c.prefecture = '東京都'`,
  },
  {
    name: 'platinum or ¥10,000 in 12 months, opted in',
    rule: {
      combinator: 'and',
      rules: [
        { field: 'consent.email', operator: 'in', value: ['granted'] },
        {
          combinator: 'or',
          rules: [
            { field: 'customer.tier', operator: 'in', value: ['platinum'] },
            {
              field: 'orders.total',
              operator: 'gte',
              value: { amount: 10_000, within: { count: 12, unit: 'months' } },
            },
          ],
        },
      ],
    },
    sql: `select count(*) as n from crm_customers c where ${OPTED_IN} and (c.tier = 'platinum' or c.id in (
      select o.customer_id from crm_orders o
      where o.status in ('placed', 'paid') and o.ordered_at >= ${YEAR_AGO} and o.ordered_at < ${TOMORROW}
      group by o.customer_id having sum(o.total) >= 10000))`,
  },
  {
    name: 'three orders or more, none in 90 days',
    rule: {
      combinator: 'and',
      rules: [
        { field: 'orders.count', operator: 'gte', value: { amount: 3, within: null } },
        { field: 'orders.last', operator: 'notWithinLast', value: { count: 90, unit: 'days' } },
      ],
    },
    sql: `select count(*) as n from crm_customers c where c.id in (
      select o.customer_id from crm_orders o where o.status in ('placed', 'paid')
      group by o.customer_id having count(*) >= 3 and max(o.ordered_at) < ${NINETY_DAYS_AGO})`,
  },
  {
    name: 'tagged jazz, opted in',
    rule: {
      combinator: 'and',
      rules: [
        { field: 'customer.tags', operator: 'hasAny', value: ['jazz'] },
        { field: 'consent.email', operator: 'in', value: ['granted'] },
      ],
    },
    sql: `select count(*) as n from crm_customers c where ${OPTED_IN}
      and exists (select 1 from json_each(c.tags) t where t.value = 'jazz')`,
  },
];

export const segmentCount: Bench = {
  name: 'segment-count',
  description:
    'Four compiled rules counted over 1,000,000 customers ÷ the same questions in hand-written SQL.',
  unit: 'counts/s',
  reach: 0.9,
  rounds: 9,
  async prepare(log) {
    const { app, file } = await millionCustomers(log);
    const { clock } = kernel();
    clock(app.strapi).set(new Date(NOW));
    const { segmentsService } =
      compiled<typeof import('../src/plugins/crm/server/segments')>('segments');
    const segments = segmentsService(app.strapi);
    const connection = new BetterSqlite3(file, { readonly: true });
    connection.pragma('cache_size = -200000');
    const count = async ({ rule }: Question): Promise<number> => {
      const counted = await segments.count(rule);
      if (!counted.ok) throw new Error(JSON.stringify(counted.refusal));
      return counted.value;
    };
    return {
      ours: async () => {
        const answer: number[] = [];
        for (const question of questions) answer.push(await count(question));
        return { amount: questions.length, answer };
      },
      twin: async () => ({
        amount: questions.length,
        answer: questions.map(({ sql }) => Number(connection.prepare(sql).pluck().get())),
      }),
      close: async () => {
        connection.close();
        await app.stop();
      },
    };
  },
};
