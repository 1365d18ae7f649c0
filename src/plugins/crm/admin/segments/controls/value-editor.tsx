/** What a clause is compared with: one small editor a shape, and the table that lists them. */
import type { ComponentType } from 'react';

import {
  Box,
  Flex,
  MultiSelect,
  MultiSelectOption,
  NumberInput,
  TextInput,
  Typography,
} from '@strapi/design-system';
import { z } from 'zod';

import { period } from '../../../shared/segments-values';
import { useText } from '../text';
import { compositeParts, isComposite, shapeOf, type SimpleShape } from '../value-shape';
import { CompositeEditor } from './composite-editor';
import type { EditorProps } from './editor-props';
import { PeriodInput } from './period-input';

const within = period.nullable().catch(null);
const lines = z.array(z.string()).catch([]);

function Words({ value, onChange, field, disabled }: EditorProps) {
  const text = useText();
  return (
    <Box flex="1 1 16rem" minWidth="min(16rem, 100%)">
      <TextInput
        aria-label={`${field.label} ${text('segments.builder.value')}`}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.target.value)}
        disabled={disabled}
      />
    </Box>
  );
}

function List({ value, onChange, field, disabled }: EditorProps) {
  const text = useText();
  const chosen = lines.parse(value);
  const options = field.options ?? [];
  const label = `${field.label} ${text('segments.builder.value')}`;
  if (options.length === 0) {
    const split = (typed: string) => typed.split(/[,、]/).map((word) => word.trim());
    return (
      <Box flex="1 1 16rem" minWidth="min(16rem, 100%)">
        <TextInput
          aria-label={label}
          placeholder={text('segments.value.words')}
          value={chosen.join(', ')}
          onChange={(event) => onChange(split(event.target.value))}
          disabled={disabled}
        />
      </Box>
    );
  }
  // A saved value that nobody has any more must stay visible and removable.
  const gone = chosen.filter((one) => !options.some((option) => option.value === one));
  return (
    <Box flex="1 1 20rem" minWidth="min(20rem, 100%)">
      <MultiSelect
        aria-label={label}
        value={chosen}
        onChange={onChange}
        withTags
        disabled={disabled}
      >
        {[...options, ...gone.map((one) => ({ value: one, label: one }))].map((option) => (
          <MultiSelectOption key={option.value} value={option.value}>
            {option.label}
          </MultiSelectOption>
        ))}
      </MultiSelect>
    </Box>
  );
}

function Amount({ value, onChange, field, disabled }: EditorProps) {
  const text = useText();
  return (
    <Flex gap={2} flex="0 1 14rem" minWidth="10rem" alignItems="center">
      {field.unit === 'yen' ? <Typography aria-hidden>¥</Typography> : null}
      <NumberInput
        aria-label={`${field.label} ${text('segments.value.amount')}`}
        value={typeof value === 'number' ? value : 0}
        onValueChange={(amount?: number) => onChange(amount ?? 0)}
        disabled={disabled}
      />
    </Flex>
  );
}

function Day({ value, onChange, field, disabled }: EditorProps) {
  const text = useText();
  return (
    <Box flex="0 1 18rem">
      <TextInput
        type="date"
        aria-label={`${field.label} ${text('segments.value.date')}`}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.target.value)}
        disabled={disabled}
      />
    </Box>
  );
}

const periodEditor = (units: 'calendar' | 'with-hours') =>
  function PeriodEditor({ value, onChange, disabled }: EditorProps) {
    return (
      <PeriodInput
        value={within.parse(value)}
        onChange={onChange}
        units={units}
        disabled={disabled}
      />
    );
  };

const editors: Readonly<Record<SimpleShape, ComponentType<EditorProps>>> = {
  words: Words,
  list: List,
  amount: Amount,
  day: Day,
  'calendar-period': periodEditor('calendar'),
  period: periodEditor('with-hours'),
};

interface ValueEditorProps extends EditorProps {
  readonly operator: string;
}

/** Nothing for operators that need no value. */
export function ValueEditor({ operator, ...props }: ValueEditorProps) {
  const shape = shapeOf(props.field.valueType, operator);
  if (shape === 'none') return null;
  if (isComposite(shape)) return <CompositeEditor parts={compositeParts[shape]} {...props} />;
  const Editor = editors[shape];
  return <Editor {...props} />;
}
