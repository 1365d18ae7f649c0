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

import type { SegmentField } from '../../../shared/segments';
import { period, type Period } from '../../../shared/segments-values';
import { useText } from '../text';
import { shapeOf, type ValueShape } from '../value-shape';
import { PeriodInput } from './period-input';

interface EditorProps {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly field: SegmentField;
  readonly disabled?: boolean;
}

const within = period.nullable().catch(null);
const measureValue = z.object({ amount: z.number(), within });
const eventValue = z.object({ name: z.string(), times: z.number(), within });
const productValue = z.object({ product: z.string(), within });
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

interface WithinProps {
  readonly value: Period | null;
  readonly onChange: (value: Period | null) => void;
  readonly disabled?: boolean;
}

const Within = (props: WithinProps) => <PeriodInput {...props} units="with-hours" optional />;

function Measure({ value, onChange, field, disabled }: EditorProps) {
  const parsed = measureValue.safeParse(value);
  if (!parsed.success) return null;
  const { data } = parsed;
  return (
    <>
      <Amount
        value={data.amount}
        onChange={(amount) => onChange({ ...data, amount })}
        field={field}
        disabled={disabled}
      />
      <Within
        value={data.within}
        onChange={(next) => onChange({ ...data, within: next })}
        disabled={disabled}
      />
    </>
  );
}

interface NameProps {
  /** What is named; stands in the empty field as well. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (name: string) => void;
  readonly disabled?: boolean;
}

function Name({ label, value, onChange, disabled }: NameProps) {
  return (
    <Box flex="1 1 14rem" minWidth="min(14rem, 100%)">
      <TextInput
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        disabled={disabled}
      />
    </Box>
  );
}

function EventEditor({ value, onChange, disabled }: EditorProps) {
  const text = useText();
  const parsed = eventValue.safeParse(value);
  if (!parsed.success) return null;
  const { data } = parsed;
  return (
    <>
      <Name
        label={text('segments.value.event')}
        value={data.name}
        onChange={(name) => onChange({ ...data, name })}
        disabled={disabled}
      />
      <Box width="8rem">
        <NumberInput
          aria-label={text('segments.value.times')}
          value={data.times}
          onValueChange={(times?: number) => onChange({ ...data, times: times ?? 1 })}
          disabled={disabled}
        />
      </Box>
      <Within
        value={data.within}
        onChange={(next) => onChange({ ...data, within: next })}
        disabled={disabled}
      />
    </>
  );
}

function Product({ value, onChange, disabled }: EditorProps) {
  const text = useText();
  const parsed = productValue.safeParse(value);
  if (!parsed.success) return null;
  const { data } = parsed;
  return (
    <>
      <Name
        label={text('segments.value.product')}
        value={data.product}
        onChange={(product) => onChange({ ...data, product })}
        disabled={disabled}
      />
      <Within
        value={data.within}
        onChange={(next) => onChange({ ...data, within: next })}
        disabled={disabled}
      />
    </>
  );
}

const editors: Readonly<Record<Exclude<ValueShape, 'none'>, ComponentType<EditorProps>>> = {
  words: Words,
  list: List,
  amount: Amount,
  day: Day,
  'calendar-period': periodEditor('calendar'),
  period: periodEditor('with-hours'),
  measure: Measure,
  event: EventEditor,
  product: Product,
};

interface ValueEditorProps extends EditorProps {
  readonly operator: string;
}

/** Nothing for operators that need no value. */
export function ValueEditor({ operator, ...props }: ValueEditorProps) {
  const shape = shapeOf(props.field.valueType, operator);
  if (shape === 'none') return null;
  const Editor = editors[shape];
  return <Editor {...props} />;
}
