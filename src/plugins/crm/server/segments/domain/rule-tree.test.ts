import { describe, expect, it } from 'vitest';

import { ruleGroupSchema, type Rule, type RuleGroup } from '../../../shared/segments';
import { clausesOf, explain, pruneEmptyGroups, timeGrain } from './rule-tree';

const rule = (field: string, value: unknown = null): Rule => ({ field, operator: 'is', value });
const all = (...rules: (Rule | RuleGroup)[]): RuleGroup => ({ combinator: 'and', rules });
const any = (...rules: (Rule | RuleGroup)[]): RuleGroup => ({ combinator: 'or', rules });

/** Groups inside groups, so many that a recursive reader would overflow. */
function nested(depth: number): unknown {
  let tree: unknown = all(rule('a'));
  for (let level = 1; level < depth; level += 1) tree = { combinator: 'and', rules: [tree] };
  return tree;
}

describe('ruleGroupSchema', () => {
  it('takes ten groups and drops what only the screen needs', () => {
    expect(ruleGroupSchema.safeParse(nested(10)).success).toBe(true);
    const parsed = ruleGroupSchema.parse({
      ...all({ ...rule('a'), valueSource: 'value' } as Rule),
      path: [],
    });
    expect(parsed).toEqual(all(rule('a')));
  });

  it.each([
    ['eleven groups', nested(11)],
    ['a hundred thousand groups', nested(100_000)],
    ['201 clauses', all(...Array.from({ length: 201 }, () => rule('a')))],
    ['a million clauses', { combinator: 'and', rules: new Array(1_000_000).fill(rule('a')) }],
    ['nothing', null],
    ['a text', 'rules'],
    ['a clause alone', rule('a')],
    ['an unknown combinator', { combinator: 'xor', rules: [] }],
    ['a field that is no text', all({ field: 1, operator: 'is' } as unknown as Rule)],
    ['rules that are no list', { combinator: 'and', rules: { length: 1 } }],
  ])('refuses %s', (_, tree) => {
    expect(ruleGroupSchema.safeParse(tree).success).toBe(false);
  });
});

describe('pruneEmptyGroups', () => {
  it('removes groups that say nothing, however deep', () => {
    expect(pruneEmptyGroups(any(all(), rule('a'), all(any(all()))))).toEqual(any(rule('a')));
    expect(pruneEmptyGroups(any(all(any())))).toBeNull();
  });
});

describe('explain', () => {
  const tree = all(rule('a'), { ...any(rule('b'), rule('c')), not: true });

  it('numbers clauses in reading order', () => {
    expect(clausesOf(tree).map(({ path }) => path)).toEqual([
      'rule.rules.0',
      'rule.rules.1.rules.0',
      'rule.rules.1.rules.1',
    ]);
  });

  it.each([
    [[true, false, false], true],
    [[true, true, false], false],
    [[false, false, false], false],
  ])('%j is %s', (truth, matches) => {
    expect(explain(tree, truth).matches).toBe(matches);
  });
});

describe('timeGrain', () => {
  const grainOf = (value: unknown) => timeGrain(clausesOf(all(rule('a', value))));

  it.each([
    ['a text', 'none'],
    [{ count: 3, unit: 'months' }, 'day'],
    [{ amount: 1, within: { count: 3, unit: 'days' } }, 'day'],
    [{ amount: 1, within: null }, 'none'],
    [{ name: 'x', within: { count: 4, unit: 'hours' } }, 'moment'],
  ] as const)('of %j is %s', (value, grain) => {
    expect(grainOf(value)).toBe(grain);
  });
});
