/**
 * The rule tree as nested groups of clauses. The format is react-querybuilder's; its component is
 * not used, because it needs a newer Redux toolkit than the one Strapi's admin makes every plugin use.
 */
import { Box, Button, Flex, IconButton, Typography } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import { styled } from 'styled-components';

import {
  isGroup,
  MAX_RULE_DEPTH,
  type Rule,
  type RuleGroup,
  type SegmentField,
} from '../../shared/segments';
import { CombinatorSelect, FieldSelect, NotToggle, OperatorSelect } from './controls/selectors';
import { ValueEditor } from './controls/value-editor';
import { newGroup, newRule, withAdded, withRemoved, withReplaced } from './rule-editing';
import { useText } from './text';
import { fitsShape, initialValue, shapeOf } from './value-shape';

const GroupBox = styled(Box)`
  border-left: 3px solid ${({ theme }) => theme.colors.primary500};
`;

/** What marketers ask about most; any other field is one search away. */
const USUAL_FIRST = 'customer.tier';

interface Common {
  readonly fields: ReadonlyMap<string, SegmentField>;
  readonly disabled?: boolean;
}

interface ClauseProps extends Common {
  readonly rule: Rule;
  readonly onChange: (rule: Rule) => void;
  readonly onRemove: () => void;
}

function Clause({ rule, onChange, onRemove, fields, disabled }: ClauseProps) {
  const text = useText();
  const field = fields.get(rule.field);
  /** A value that was entered for another operator stays where it still fits. */
  const chooseOperator = (known: SegmentField, operator: string) => {
    const shape = shapeOf(known.valueType, operator);
    const value = fitsShape(shape, rule.value) ? rule.value : initialValue(shape, known.unit);
    onChange({ ...rule, operator, value });
  };
  return (
    <Flex gap={2} alignItems="flex-start" justifyContent="space-between">
      <Flex gap={2} wrap="wrap" alignItems="center" flex="1" minWidth={0}>
        <FieldSelect
          value={rule.field}
          fields={fields}
          onChange={(chosen) => onChange({ ...newRule(chosen), id: rule.id })}
          disabled={disabled}
        />
        {field ? (
          <>
            <OperatorSelect
              value={rule.operator}
              field={field}
              onChange={(operator) => chooseOperator(field, operator)}
              disabled={disabled}
            />
            <ValueEditor
              operator={rule.operator}
              value={rule.value}
              onChange={(value) => onChange({ ...rule, value })}
              field={field}
              disabled={disabled}
            />
          </>
        ) : (
          <Typography textColor="danger600">
            {text('segments.sentence.unknown-field', { field: rule.field })}
          </Typography>
        )}
      </Flex>
      <RemoveButton label={text('segments.builder.remove-rule')} {...{ onRemove, disabled }} />
    </Flex>
  );
}

interface RemoveButtonProps {
  readonly label: string;
  readonly onRemove: () => void;
  readonly disabled?: boolean;
}

function RemoveButton({ label, onRemove, disabled }: RemoveButtonProps) {
  return (
    <IconButton type="button" variant="ghost" label={label} onClick={onRemove} disabled={disabled}>
      <Trash />
    </IconButton>
  );
}

interface GroupProps extends Common {
  readonly group: RuleGroup;
  readonly onChange: (group: RuleGroup) => void;
  /** The outermost group cannot be removed. */
  readonly onRemove?: () => void;
  readonly depth: number;
}

function GroupHeader({ group, onChange, onRemove, fields, depth, disabled }: GroupProps) {
  const text = useText();
  const [any] = fields.values();
  const first = fields.get(USUAL_FIRST) ?? any;
  const add = (kind: 'rule' | 'group') => {
    if (first) onChange(withAdded(group, kind === 'rule' ? newRule(first) : newGroup(first)));
  };
  const button = { variant: 'tertiary', size: 'S', startIcon: <Plus />, type: 'button' } as const;
  return (
    <Flex gap={2} wrap="wrap" alignItems="center">
      <CombinatorSelect group={group} onChange={onChange} disabled={disabled} />
      <NotToggle group={group} onChange={onChange} disabled={disabled} />
      <Flex gap={2}>
        <Button {...button} onClick={() => add('rule')} disabled={disabled}>
          {text('segments.builder.add-rule')}
        </Button>
        {depth < MAX_RULE_DEPTH ? (
          <Button {...button} onClick={() => add('group')} disabled={disabled}>
            {text('segments.builder.add-group')}
          </Button>
        ) : null}
      </Flex>
      {onRemove ? (
        <RemoveButton label={text('segments.builder.remove-group')} {...{ onRemove, disabled }} />
      ) : null}
    </Flex>
  );
}

function Group(props: GroupProps) {
  const { group, onChange, fields, depth, disabled } = props;
  const common = { fields, disabled };
  return (
    <GroupBox
      background={depth % 2 === 0 ? 'neutral100' : 'neutral0'}
      borderColor="neutral200"
      padding={3}
      hasRadius
      role="group"
    >
      <Flex direction="column" alignItems="stretch" gap={3}>
        <GroupHeader {...props} />
        {group.rules.map((node, index) => {
          const nested = {
            ...common,
            onChange: (next: Rule | RuleGroup) => onChange(withReplaced(group, index, next)),
            onRemove: () => onChange(withRemoved(group, index)),
          };
          return isGroup(node) ? (
            <Group key={node.id ?? index} {...nested} group={node} depth={depth + 1} />
          ) : (
            <Clause key={node.id ?? index} {...nested} rule={node} />
          );
        })}
      </Flex>
    </GroupBox>
  );
}

interface RuleBuilderProps extends Common {
  readonly rule: RuleGroup;
  readonly onChange: (rule: RuleGroup) => void;
}

export const RuleBuilder = ({ rule, ...props }: RuleBuilderProps) => (
  <Group group={rule} depth={1} {...props} />
);
