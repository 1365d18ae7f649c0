import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Rule, RuleGroup } from '../../../src/plugins/crm/shared/segments';
import { valueTypes } from '../../../src/plugins/crm/shared/segments-values';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { evaluate, evaluateRule } from './evaluator';
import { ownFields, seedMoreFacts } from './more-facts';
import { NOW, seedPeople, type Person } from './people';
import { clausesOf, fields, tree, values } from './random-rules';

type Segments = typeof import('../../../src/plugins/crm/server/segments');

let app: TestApp;
let people: Person[];

beforeAll(async () => {
  app = await startApp({ extend: ownFields });
  kernel().clock(app.strapi).set(new Date(NOW));
  people = await seedMoreFacts(app.strapi, await seedPeople(app.strapi));
});
afterAll(() => app.stop());

const service = () => compiled<Segments>('segments').segmentsService(app.strapi);

async function matching(rule: RuleGroup): Promise<number[]> {
  const sample = await service().sample(rule, 1000);
  if (!sample.ok) throw new Error(JSON.stringify(sample.refusal));
  return sample.value.map(({ id }) => id).sort((a, b) => a - b);
}

const AT_ONCE = 40;

/** Who matches each of these rules, in one statement: a round trip a rule would cost minutes. */
async function answersOf(rules: readonly RuleGroup[], scope: 'everyone' | 'few') {
  const { compileRule } =
    compiled<typeof import('../../../src/plugins/crm/server/segments/compile')>('segments/compile');
  const db = kernel().database(app.strapi);
  const context = { db, scope, now: new Date(NOW), timeZone: 'Asia/Tokyo' };
  const statements = rules.map((rule, index) => {
    const compiledRule = compileRule(app.strapi, rule, 'en');
    if (!compiledRule.ok) throw new Error(JSON.stringify(compiledRule.refusal));
    const query = db('crm_customers').select(db.raw('cast(? as integer) as rule', [index]), 'id');
    compiledRule.value.where(query, context);
    return query;
  });
  const rows: { rule: number; id: number }[] = await db.queryBuilder().unionAll(statements);
  const found = rules.map((): number[] => []);
  for (const { rule, id } of rows) found[rule]?.push(id);
  return found.map((ids) => ids.sort((a, b) => a - b));
}

const expected = (rule: RuleGroup): number[] =>
  people.filter((person) => evaluate(person, rule)).map(({ id }) => id);

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

  it('agree with the evaluator on 10,000 random trees, for everyone and person by person', async () => {
    const seed = Number(process.env.RULE_SEED ?? 20_261_122);
    const trees = fc.sample(tree, { numRuns: 10_000, seed });
    for (let from = 0; from < trees.length; from += AT_ONCE) {
      const some = trees.slice(from, from + AT_ONCE);
      const found = await answersOf(some, from % (2 * AT_ONCE) === 0 ? 'everyone' : 'few');
      for (const [index, rule] of some.entries()) {
        const reason = `RULE_SEED=${seed}, tree ${from + index}: ${JSON.stringify(rule)}`;
        expect(found[index], reason).toEqual(expected(rule));
      }
    }
  }, 600_000);

  it('say of single people what they say of everyone', async () => {
    for (const [index, rule] of fc.sample(tree, { numRuns: 100, seed: 7 }).entries()) {
      const person = people[index % people.length];
      if (!person) throw new Error('No such person');
      const why = await service().why(rule, person.id);
      expect(why.ok && why.value.matches, JSON.stringify(rule)).toBe(evaluate(person, rule));
    }
  });

  it('are previewed by the number of all who match and the newest of them', async () => {
    for (const rule of fc.sample(tree, { numRuns: 100, seed: 7 })) {
      const found = await service().preview(rule, 3);
      const newest = expected(rule).sort((a, b) => b - a);
      expect(found.ok && found.value.count, JSON.stringify(rule)).toBe(newest.length);
      expect(found.ok && found.value.sample.map(({ id }) => id)).toEqual(newest.slice(0, 3));
    }
  });

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
