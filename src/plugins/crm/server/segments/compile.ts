/** From a rule tree to one WHERE on `crm_customers`, checked clause by clause on the way. */
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { isGroup, type Rule, type RuleGroup } from '../../shared/segments';
import { valueSchema } from '../../shared/segments-values';
import { refuse, success, translate, type FieldIssue, type Locale, type Result } from '../kernel';
import type { ConditionContext, SegmentCondition } from './condition';
import { conditionTable } from './conditions/table';
import {
  clausesOf,
  pruneEmptyGroups,
  timeGrain,
  type Clause,
  type TimeGrain,
} from './domain/rule-tree';

export interface CompiledRule {
  /** Without empty groups and with parsed values. */
  readonly rule: RuleGroup;
  readonly clauses: readonly Clause[];
  /** What the answer depends on, see `SegmentCondition.reads`. */
  readonly reads: ReadonlySet<string>;
  readonly grain: TimeGrain;
  /** Narrows a query on `crm_customers` to the people of whom the whole rule is true. */
  where(query: Knex.QueryBuilder, context: ConditionContext): void;
  /** As `where`, for one clause. */
  whereClause(query: Knex.QueryBuilder, clause: Clause, context: ConditionContext): void;
}

interface Checked {
  readonly condition: SegmentCondition;
  readonly value: unknown;
}

type Check =
  { readonly ok: true; readonly value: Checked } | { readonly ok: false; readonly code: string };

function checkClause(table: ReadonlyMap<string, SegmentCondition>, rule: Rule): Check {
  const condition = table.get(rule.field);
  if (!condition) return { ok: false, code: 'segments.unknown-field' };
  const schema = valueSchema(condition.valueType, rule.operator);
  if (!schema || !condition.operators.includes(rule.operator)) {
    return { ok: false, code: 'segments.unknown-operator' };
  }
  const parsed = schema.safeParse(rule.value);
  if (!parsed.success) return { ok: false, code: 'segments.invalid-value' };
  return { ok: true, value: { condition, value: parsed.data } };
}

/**
 * Refuses with `segments.empty-rule` or with `segments.invalid-rule`, which names every wrong
 * clause by its path and in the reader's language.
 */
export function compileRule(
  strapi: Core.Strapi,
  tree: RuleGroup,
  locale: Locale,
): Result<CompiledRule> {
  const rule = pruneEmptyGroups(tree);
  if (!rule) return refuse('segments.empty-rule', 400);
  const table = conditionTable(strapi);
  const checked = new Map<Rule, Checked>();
  const issues: FieldIssue[] = [];
  const clauses = clausesOf(rule);
  for (const clause of clauses) {
    const { field, operator } = clause.rule;
    const check = checkClause(table, clause.rule);
    if (check.ok) {
      checked.set(clause.rule, check.value);
      continue;
    }
    const label = table.get(field)?.label(strapi, locale) ?? field;
    const message = translate(strapi, locale, check.code, { field: label, operator });
    issues.push({ path: clause.path, code: check.code, message });
  }
  if (issues.length > 0) return refuse('segments.invalid-rule', 400, { fields: issues });
  return success(compiled(rule, clauses, checked));
}

function compiled(
  rule: RuleGroup,
  clauses: readonly Clause[],
  checked: ReadonlyMap<Rule, Checked>,
): CompiledRule {
  const applyRule = (query: Knex.QueryBuilder, clause: Rule, context: ConditionContext) => {
    const use = checked.get(clause);
    if (!use) throw new Error(`Clause on ${clause.field} was not checked`);
    use.condition.where(query, { operator: clause.operator, value: use.value, ...context });
  };
  const applyGroup = (query: Knex.QueryBuilder, group: RuleGroup, context: ConditionContext) => {
    query[group.not ? 'whereNot' : 'where']((inside) => {
      for (const node of group.rules) {
        inside[group.combinator === 'and' ? 'where' : 'orWhere']((part) => {
          if (isGroup(node)) applyGroup(part, node, context);
          else applyRule(part, node, context);
        });
      }
    });
  };
  return {
    rule,
    clauses,
    reads: new Set(
      [...checked].flatMap(([{ operator }, { condition, value }]) =>
        condition.readsOf({ operator, value }),
      ),
    ),
    grain: timeGrain(clauses),
    where: (query, context) => applyGroup(query, rule, context),
    whereClause: (query, clause, context) => applyRule(query, clause.rule, context),
  };
}
