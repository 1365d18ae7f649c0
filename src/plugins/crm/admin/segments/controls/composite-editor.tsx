/** A value of several parts, "what, how often, in which period": one small input a part. */
import { useId, type ReactNode } from 'react';

import {
  Box,
  Field,
  NumberInput,
  SingleSelect,
  SingleSelectOption,
  TextInput,
} from '@strapi/design-system';
import { z } from 'zod';

import { period } from '../../../shared/segments-values';
import { useText } from '../text';
import type { Part } from '../value-shape';
import type { EditorProps } from './editor-props';
import { PeriodInput } from './period-input';

const record = z.record(z.string(), z.unknown()).catch({});
const within = period.nullable().catch(null);
const ANYTHING = '';

interface PartProps extends EditorProps {
  readonly part: Part;
}

function Labelled({
  label,
  width,
  children,
}: {
  label: string;
  width: string;
  children: ReactNode;
}) {
  return (
    <Box flex={`1 1 ${width}`} minWidth={`min(${width}, 100%)`}>
      <Field.Root>
        <Field.Label>{label}</Field.Label>
        {children}
      </Field.Root>
    </Box>
  );
}

/** Names that are in use are offered; others can be typed. */
function TextPart({ part, value, onChange, field, disabled }: PartProps) {
  const text = useText();
  const known = useId();
  const suggested = part.suggests ? (field.options ?? []) : [];
  const label = part.key === 'product' ? (field.asksFor ?? part.label) : part.label;
  return (
    <Labelled label={text(`segments.value.${label}`)} width="16rem">
      <TextInput
        value={typeof value === 'string' ? value : ''}
        type={part.kind === 'day' ? 'date' : 'text'}
        list={suggested.length > 0 ? known : undefined}
        placeholder={part.kind === 'optional' ? text('segments.value.optional') : undefined}
        onChange={(event) => onChange(event.target.value)}
        disabled={disabled}
      />
      {suggested.length > 0 ? (
        <datalist id={known}>
          {suggested.map((option) => (
            <option key={option.value} value={option.value} label={option.label} />
          ))}
        </datalist>
      ) : null}
    </Labelled>
  );
}

function NumberPart({ part, value, onChange, field, disabled }: PartProps) {
  const text = useText();
  const isYen = part.key === 'amount' && field.unit === 'yen';
  return (
    <Labelled
      label={text(isYen ? 'segments.value.yen' : `segments.value.${part.label}`)}
      width="9rem"
    >
      <NumberInput
        value={typeof value === 'number' ? value : 0}
        onValueChange={(amount?: number) => onChange(amount ?? (part.key === 'amount' ? 0 : 1))}
        disabled={disabled}
      />
    </Labelled>
  );
}

function OptionPart({ part, value, onChange, field, disabled }: PartProps) {
  const text = useText();
  return (
    <Labelled label={text(`segments.value.${part.label}`)} width="18rem">
      <SingleSelect
        value={typeof value === 'string' ? value : ANYTHING}
        onChange={(chosen: string | number) => onChange(String(chosen))}
        disabled={disabled}
      >
        <SingleSelectOption value={ANYTHING}>{text('segments.value.any')}</SingleSelectOption>
        {(field.options ?? []).map((option) => (
          <SingleSelectOption key={option.value} value={option.value}>
            {option.label}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Labelled>
  );
}

function PeriodPart({ part, value, onChange, disabled }: PartProps) {
  const text = useText();
  return (
    <Labelled label={text('segments.value.within')} width="18rem">
      <PeriodInput
        value={within.parse(value)}
        onChange={onChange}
        units="with-hours"
        optional={part.kind === 'within'}
        disabled={disabled}
      />
    </Labelled>
  );
}

const inputs = {
  text: TextPart,
  optional: TextPart,
  day: TextPart,
  number: NumberPart,
  option: OptionPart,
  within: PeriodPart,
  period: PeriodPart,
} as const;

interface CompositeEditorProps extends EditorProps {
  readonly parts: readonly Part[];
}

export function CompositeEditor({ parts, value, onChange, ...props }: CompositeEditorProps) {
  const parsed = record.parse(value);
  return parts.map((part) => {
    const Input = inputs[part.kind];
    return (
      <Input
        key={part.key}
        {...props}
        part={part}
        value={parsed[part.key]}
        onChange={(next) => onChange({ ...parsed, [part.key]: next })}
      />
    );
  });
}
