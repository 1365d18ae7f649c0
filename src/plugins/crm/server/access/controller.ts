import { z } from 'zod';

import { accessRuleInputSchema } from '../../shared/access-rules';
import { action, controller, success, type Result } from '../kernel';
import { choicesFor } from './choices';
import { allRules, createRule, deleteRule, ruleDetail, updateRule } from './rules/editing';
import { accessProblems } from './usages/problems';

const one = z.object({ params: z.object({ id: z.string().min(1).max(100) }) });
const name = z.string().min(1).max(255).optional();

export const accessController = controller({
  choices: action(z.unknown(), async ({ strapi, locale }) =>
    success({ data: await choicesFor(strapi, locale) }),
  ),
  problems: action(
    z.object({ query: z.object({ uid: name, documentId: name, locale: name }) }),
    async ({ strapi, input, locale }) =>
      success({ data: await accessProblems(strapi, input.query, locale) }),
  ),
});

const inData = <T>(result: Result<T>) => (result.ok ? success({ data: result.value }) : result);

export const accessRulesController = controller({
  list: action(z.unknown(), async ({ strapi, locale }) => {
    const rules = await allRules(strapi, locale);
    return success({ data: rules, page: { total: rules.length, totalIsEstimate: false } });
  }),
  find: action(one, async ({ strapi, input }) => inData(await ruleDetail(strapi, input.params.id))),
  create: action(z.object({ body: accessRuleInputSchema }), async ({ strapi, input }) =>
    inData(await createRule(strapi, input.body)),
  ),
  update: action(one.extend({ body: accessRuleInputSchema }), async ({ strapi, input }) =>
    inData(await updateRule(strapi, input.params.id, input.body)),
  ),
  remove: action(one, async ({ strapi, input }) =>
    inData(await deleteRule(strapi, input.params.id)),
  ),
});
