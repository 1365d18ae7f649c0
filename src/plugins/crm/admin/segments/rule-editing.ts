/** Changes of a rule tree as the builder makes them. Pure, except that new nodes get an id. */
import { isGroup, type Rule, type RuleGroup, type SegmentField } from '../../shared/segments';
import { initialValue, shapeOf } from './value-shape';

export type RuleNode = Rule | RuleGroup;

/** Ids only tell the rows of one screen apart. */
const newId = (): string => Math.random().toString(36).slice(2);

/** A clause on a field with its first operator and an empty value. */
export function newRule(field: SegmentField): Rule {
  const operator = field.operators[0] ?? '';
  const value = initialValue(shapeOf(field.valueType, operator), field.unit);
  return { id: newId(), field: field.field, operator, value };
}

export const newGroup = (field: SegmentField): RuleGroup => ({
  id: newId(),
  combinator: 'and',
  rules: [newRule(field)],
});

/** Every node with an id, so that rows keep their state when one above them goes. */
export function withIds(group: RuleGroup): RuleGroup {
  return {
    ...group,
    id: group.id ?? newId(),
    rules: group.rules.map((node) =>
      isGroup(node) ? withIds(node) : { ...node, id: node.id ?? newId() },
    ),
  };
}

export const withAdded = (group: RuleGroup, node: RuleNode): RuleGroup => ({
  ...group,
  rules: [...group.rules, node],
});

export const withReplaced = (group: RuleGroup, index: number, node: RuleNode): RuleGroup => ({
  ...group,
  rules: group.rules.map((old, at) => (at === index ? node : old)),
});

export const withRemoved = (group: RuleGroup, index: number): RuleGroup => ({
  ...group,
  rules: group.rules.filter((_, at) => at !== index),
});
