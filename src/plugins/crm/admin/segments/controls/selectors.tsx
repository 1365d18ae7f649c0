/** What a clause asks about and how, and how the clauses of a group combine. */
import { useState } from 'react';

import {
  Box,
  Checkbox,
  Combobox,
  ComboboxOption,
  SingleSelect,
  SingleSelectOption,
} from '@strapi/design-system';

import type { RuleGroup, SegmentField } from '../../../shared/segments';
import { useText } from '../text';

interface FieldSelectProps {
  readonly value: string;
  readonly fields: ReadonlyMap<string, SegmentField>;
  readonly onChange: (field: SegmentField) => void;
  readonly disabled?: boolean;
}

/** Searchable: there are dozens of fields. It opens with all of them, whichever is chosen. */
export function FieldSelect({ value, fields, onChange, disabled }: FieldSelectProps) {
  const text = useText();
  const [isSearching, setSearching] = useState(false);
  const choose = (name: string | undefined) => {
    const field = name === undefined || name === value ? undefined : fields.get(name);
    if (field) onChange(field);
  };
  return (
    <Box flex="2 1 22rem" minWidth="min(22rem, 100%)">
      <Combobox
        aria-label={text('segments.builder.field')}
        value={value}
        onChange={choose}
        disabled={disabled}
        autocomplete={isSearching ? { type: 'list', filter: 'contains' } : 'none'}
        onInputChange={() => setSearching(true)}
        onOpenChange={(isOpen) => {
          if (!isOpen) setSearching(false);
        }}
        onClick={(event) => {
          if (!isSearching) event.currentTarget.select();
        }}
        noOptionsMessage={() => text('segments.builder.no-field')}
      >
        {[...fields.values()].map((field) => (
          <ComboboxOption key={field.field} value={field.field}>
            {`${field.groupLabel} › ${field.label}`}
          </ComboboxOption>
        ))}
      </Combobox>
    </Box>
  );
}

interface OperatorSelectProps {
  readonly value: string;
  readonly field: SegmentField;
  readonly onChange: (operator: string) => void;
  readonly disabled?: boolean;
}

export function OperatorSelect({ value, field, onChange, disabled }: OperatorSelectProps) {
  const text = useText();
  return (
    <Box flex="1 1 16rem" minWidth="min(16rem, 100%)">
      <SingleSelect
        aria-label={text('segments.builder.operator')}
        value={value}
        onChange={(operator: string | number) => onChange(String(operator))}
        disabled={disabled}
      >
        {field.operators.map((operator) => (
          <SingleSelectOption key={operator} value={operator}>
            {text(`segments.operator.${field.valueType}.${operator}`)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Box>
  );
}

interface GroupControlProps {
  readonly group: RuleGroup;
  readonly onChange: (group: RuleGroup) => void;
  readonly disabled?: boolean;
}

export function CombinatorSelect({ group, onChange, disabled }: GroupControlProps) {
  const text = useText();
  const choose = (chosen: string | number) =>
    onChange({ ...group, combinator: chosen === 'or' ? 'or' : 'and' });
  return (
    <Box minWidth="20rem">
      <SingleSelect
        aria-label={text('segments.builder.combinator')}
        size="S"
        value={group.combinator}
        onChange={choose}
        disabled={disabled}
      >
        <SingleSelectOption value="and">{text('segments.builder.and')}</SingleSelectOption>
        <SingleSelectOption value="or">{text('segments.builder.or')}</SingleSelectOption>
      </SingleSelect>
    </Box>
  );
}

export function NotToggle({ group, onChange, disabled }: GroupControlProps) {
  const text = useText();
  return (
    <Checkbox
      checked={group.not ?? false}
      onCheckedChange={(on: boolean | 'indeterminate') => onChange({ ...group, not: on === true })}
      disabled={disabled}
    >
      {text('segments.builder.not')}
    </Checkbox>
  );
}
