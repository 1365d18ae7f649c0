/** The selects of the rule builder in Strapi's look. */
import {
  Box,
  Checkbox,
  Combobox,
  ComboboxOption,
  SingleSelect,
  SingleSelectOption,
} from '@strapi/design-system';
import type {
  CombinatorSelectorProps,
  FieldSelectorProps,
  NotToggleProps,
  OperatorSelectorProps,
} from 'react-querybuilder';

import { useText } from '../text';
import { useBuilderFields } from './builder-context';

export function FieldSelect({ value, handleOnChange, disabled }: FieldSelectorProps) {
  const text = useText();
  const fields = useBuilderFields();
  return (
    <Box flex="2 1 22rem" minWidth="min(22rem, 100%)">
      <Combobox
        aria-label={text('segments.builder.field')}
        value={value}
        onChange={(name?: string) => {
          if (name) handleOnChange(name);
        }}
        disabled={disabled}
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

export function OperatorSelect({ value, field, handleOnChange, disabled }: OperatorSelectorProps) {
  const text = useText();
  const known = useBuilderFields().get(field);
  return (
    <Box flex="1 1 16rem" minWidth="min(16rem, 100%)">
      <SingleSelect
        aria-label={text('segments.builder.operator')}
        value={value}
        onChange={(operator: string | number) => handleOnChange(String(operator))}
        disabled={disabled}
      >
        {(known?.operators ?? []).map((operator) => (
          <SingleSelectOption key={operator} value={operator}>
            {text(`segments.operator.${known?.valueType ?? 'text'}.${operator}`)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Box>
  );
}

export function CombinatorSelect({ value, handleOnChange, disabled }: CombinatorSelectorProps) {
  const text = useText();
  return (
    <Box minWidth="18rem">
      <SingleSelect
        aria-label={text('segments.builder.combinator')}
        size="S"
        value={value}
        onChange={(combinator: string | number) => handleOnChange(String(combinator))}
        disabled={disabled}
      >
        <SingleSelectOption value="and">{text('segments.builder.and')}</SingleSelectOption>
        <SingleSelectOption value="or">{text('segments.builder.or')}</SingleSelectOption>
      </SingleSelect>
    </Box>
  );
}

export function NotToggle({ checked, handleOnChange, disabled }: NotToggleProps) {
  const text = useText();
  return (
    <Checkbox
      checked={checked ?? false}
      onCheckedChange={(on: boolean | 'indeterminate') => handleOnChange(on === true)}
      disabled={disabled}
    >
      {text('segments.builder.not')}
    </Checkbox>
  );
}
