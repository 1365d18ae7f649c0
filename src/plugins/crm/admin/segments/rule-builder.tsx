/** react-querybuilder in Strapi's clothes: the tree is its, every control is ours. */
import { Box } from '@strapi/design-system';
import { QueryBuilder, type RuleGroupType } from 'react-querybuilder';
import { styled } from 'styled-components';

import { isGroup, type RuleGroup, type SegmentField } from '../../shared/segments';
import { AddGroup, AddRule, RemoveGroup, RemoveRule } from './controls/actions';
import { BuilderFields } from './controls/builder-context';
import { CombinatorSelect, FieldSelect, NotToggle, OperatorSelect } from './controls/selectors';
import { ValueEditor } from './controls/value-editor';
import { initialValue, shapeOf } from './value-shape';

const Tree = styled(Box)`
  .ruleGroup {
    display: flex;
    flex-direction: column;
    gap: 1.2rem;
    padding: 1.2rem;
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-left: 3px solid ${({ theme }) => theme.colors.primary500};
    border-radius: ${({ theme }) => theme.borderRadius};
    background: ${({ theme }) => theme.colors.neutral0};
  }
  .ruleGroup .ruleGroup {
    background: ${({ theme }) => theme.colors.neutral100};
  }
  .ruleGroup-header,
  .rule {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.8rem;
  }
  .ruleGroup-body {
    display: flex;
    flex-direction: column;
    gap: 1.2rem;
  }
  .ruleGroup-body:empty {
    display: none;
  }
`;

const controlElements = {
  fieldSelector: FieldSelect,
  operatorSelector: OperatorSelect,
  combinatorSelector: CombinatorSelect,
  notToggle: NotToggle,
  valueEditor: ValueEditor,
  addRuleAction: AddRule,
  addGroupAction: AddGroup,
  removeRuleAction: RemoveRule,
  removeGroupAction: RemoveGroup,
};

interface RuleBuilderProps {
  readonly rule: RuleGroup;
  readonly onChange: (rule: RuleGroup) => void;
  readonly fields: ReadonlyMap<string, SegmentField>;
  readonly disabled?: boolean;
}

/** What the builder keeps beside our tree (paths, value sources) is dropped by the server's schema. */
const asRuleGroup = (query: RuleGroupType): RuleGroup => ({
  ...query,
  combinator: query.combinator === 'or' ? 'or' : 'and',
  rules: query.rules.map((node) => ('rules' in node ? asRuleGroup(node) : node)),
});

const asQuery = (group: RuleGroup): RuleGroupType => ({
  ...group,
  rules: group.rules.map((node) =>
    isGroup(node) ? asQuery(node) : { ...node, value: node.value ?? null },
  ),
});

export function RuleBuilder({ rule, onChange, fields, disabled }: RuleBuilderProps) {
  const operatorsOf = (name: string) =>
    (fields.get(name)?.operators ?? []).map((operator) => ({ name: operator, label: operator }));
  const startValue = (node: { field: string; operator: string }) => {
    const field = fields.get(node.field);
    return field ? initialValue(shapeOf(field.valueType, node.operator), field.unit) : null;
  };
  return (
    <BuilderFields.Provider value={fields}>
      <Tree>
        <QueryBuilder
          query={asQuery(rule)}
          onQueryChange={(query: RuleGroupType) => onChange(asRuleGroup(query))}
          fields={[...fields.values()].map(({ field, label }) => ({ name: field, label }))}
          getOperators={operatorsOf}
          getDefaultOperator={(name) => operatorsOf(name)[0]?.name ?? ''}
          getDefaultValue={startValue}
          controlElements={controlElements}
          resetOnOperatorChange={false}
          addRuleToNewGroups
          showNotToggle
          disabled={disabled}
        />
      </Tree>
    </BuilderFields.Provider>
  );
}
