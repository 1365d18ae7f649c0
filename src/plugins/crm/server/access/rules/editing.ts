/** Making, changing and deleting named rules. */
import type { Core } from '@strapi/strapi';

import type { Audience } from '../../../shared/access';
import type {
  AccessRuleDetail,
  AccessRuleInput,
  AccessRuleSummary,
} from '../../../shared/access-rules';
import { refuse, success, type Locale, type Result } from '../../kernel';
import { parseAudience } from '../domain/decide';
import { referencesOf } from '../domain/references';
import { brokenRules } from '../usages/problems';
import { countUsages, findUsages } from '../usages/store';
import { entriesOf } from '../usages/where-used';
import {
  changeRule,
  findRule,
  insertRule,
  removeRule,
  storedRules,
  type StoredRule,
} from './store';

const rulesIn = (audience: Audience): string[] =>
  referencesOf(audience).flatMap(({ kind, ref }) => (kind === 'rule' ? [ref] : []));

const namedBy = (all: readonly StoredRule[], documentId: string): StoredRule[] =>
  all.filter((rule) => {
    const audience = parseAudience(rule.audience);
    return audience !== null && rulesIn(audience).includes(documentId);
  });

export async function allRules(strapi: Core.Strapi, reader: Locale): Promise<AccessRuleSummary[]> {
  const all = await storedRules(strapi);
  const problems = await brokenRules(strapi, reader);
  const entries = await countUsages(strapi, 'rule');
  return all.map((rule) => ({
    ...summaryOf(rule, (entries.get(rule.documentId) ?? 0) + namedBy(all, rule.documentId).length),
    problem: problems.get(rule.documentId) ?? null,
  }));
}

const summaryOf = (rule: StoredRule, usageCount: number): AccessRuleSummary => ({
  documentId: rule.documentId,
  name: rule.name,
  description: rule.description,
  audience: parseAudience(rule.audience),
  problem: null,
  usageCount,
});

/** With every entry that would change with it. */
export async function ruleDetail(
  strapi: Core.Strapi,
  documentId: string,
): Promise<Result<AccessRuleDetail>> {
  const rule = await findRule(strapi, { documentId });
  if (!rule) return refuse('access.rule-not-found', 404);
  const usages = await entriesOf(
    strapi,
    await findUsages(strapi, { kind: 'rule', ref: documentId }),
  );
  const rules = namedBy(await storedRules(strapi), documentId);
  return success({
    ...summaryOf(rule, usages.length + rules.length),
    usages,
    rules: rules.map(({ documentId: id, name }) => ({ documentId: id, name })),
  });
}

/** A name that nobody has, and an audience that names only rules that exist and never itself. */
async function check(
  strapi: Core.Strapi,
  input: AccessRuleInput,
  self?: string,
): Promise<Result<AccessRuleInput>> {
  const namesake = await findRule(strapi, { name: input.name });
  if (namesake && namesake.documentId !== self) return refuse('access.rule-name-taken', 409);
  const all = new Map((await storedRules(strapi)).map((rule) => [rule.documentId, rule]));
  const seen = new Set<string>();
  const open = rulesIn(input.audience);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === self) return refuse('access.rule-cycle', 409);
    if (seen.has(id)) continue;
    seen.add(id);
    const rule = all.get(id);
    if (!rule) return refuse('access.rule-missing', 400);
    const audience = parseAudience(rule.audience);
    if (audience) open.push(...rulesIn(audience));
  }
  return success(input);
}

export async function createRule(
  strapi: Core.Strapi,
  input: AccessRuleInput,
): Promise<Result<AccessRuleDetail>> {
  const checked = await check(strapi, input);
  if (!checked.ok) return checked;
  return ruleDetail(strapi, await insertRule(strapi, checked.value));
}

export async function updateRule(
  strapi: Core.Strapi,
  documentId: string,
  input: AccessRuleInput,
): Promise<Result<AccessRuleDetail>> {
  const rule = await findRule(strapi, { documentId });
  if (!rule) return refuse('access.rule-not-found', 404);
  const checked = await check(strapi, input, documentId);
  if (!checked.ok) return checked;
  await changeRule(strapi, rule.id, checked.value);
  return ruleDetail(strapi, documentId);
}

/** Refuses while an entry or another rule names it. */
export async function deleteRule(strapi: Core.Strapi, documentId: string): Promise<Result<true>> {
  const detail = await ruleDetail(strapi, documentId);
  if (!detail.ok) return detail;
  const { usageCount } = detail.value;
  if (usageCount > 0) return refuse('access.rule-in-use', 409, { params: { count: usageCount } });
  const rule = await findRule(strapi, { documentId });
  if (rule) await removeRule(strapi, rule.id);
  return success(true);
}
