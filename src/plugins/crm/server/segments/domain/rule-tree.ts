/** Rule trees as data: pruned, walked, and evaluated from what is true of their clauses. */
import { isGroup, type Rule, type RuleGroup, type WhyNode } from '../../../shared/segments';

/**
 * The tree without groups that say nothing. An empty group would otherwise mean "everyone" inside
 * an OR, and a rule that somebody just began to write would reach the whole list. Null: nothing
 * is left.
 */
export function pruneEmptyGroups(group: RuleGroup): RuleGroup | null {
  const rules = group.rules.flatMap((node) => {
    const kept = isGroup(node) ? pruneEmptyGroups(node) : node;
    return kept ? [kept] : [];
  });
  return rules.length > 0 ? { ...group, rules } : null;
}

export interface Clause {
  readonly rule: Rule;
  /** Where it stands, as a validation message names it: `rule.rules.0.rules.2`. */
  readonly path: string;
}

/** Every clause, in reading order. */
export function clausesOf(group: RuleGroup, path = 'rule'): Clause[] {
  return group.rules.flatMap((node, index) => {
    const here = `${path}.rules.${index}`;
    return isGroup(node) ? clausesOf(node, here) : [{ rule: node, path: here }];
  });
}

/** The tree with what is true at every node; `truth` answers for the clauses in reading order. */
export function explain(group: RuleGroup, truth: readonly boolean[]): WhyNode {
  let next = 0;
  const visit = (node: Rule | RuleGroup): WhyNode => {
    if (!isGroup(node)) {
      const { field, operator, value = null } = node;
      return { type: 'rule', field, operator, value, matches: truth[next++] ?? false };
    }
    const rules = node.rules.map(visit);
    const not = node.not ?? false;
    const joined =
      node.combinator === 'and'
        ? rules.every((child) => child.matches)
        : rules.some((child) => child.matches);
    return { type: 'group', combinator: node.combinator, not, matches: joined !== not, rules };
  };
  return visit(group);
}

/** How often time alone can change who matches: never, at the turn of a day, or at any moment. */
export type TimeGrain = 'none' | 'day' | 'moment';

const unitOf = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return undefined;
  // A wait that is counted in hours ends at any moment.
  if ('hours' in value) return 'hours';
  if ('unit' in value) return value.unit;
  return 'within' in value ? unitOf(value.within) : undefined;
};

/** Read from the values: every clause that depends on time has a period in its value. */
export function timeGrain(clauses: readonly Clause[]): TimeGrain {
  const units = clauses
    .map((clause) => unitOf(clause.rule.value))
    .filter((unit) => unit !== undefined);
  if (units.length === 0) return 'none';
  return units.includes('hours') ? 'moment' : 'day';
}
