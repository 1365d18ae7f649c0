/** The inputs of each kind of audience. */
import {
  Field,
  Grid,
  MultiSelect,
  MultiSelectOption,
  NumberInput,
  TextInput,
} from '@strapi/design-system';

import type { AccessChoices, Audience } from '../../shared/access';
import { compact, wordsOf } from './draft';
import { useText, type AccessKey } from './text';

export type Of<Type extends Audience['type']> = Extract<Audience, { type: Type }>;

interface ChoiceProps {
  readonly label: string;
  readonly hint?: string;
  readonly options: AccessChoices['tiers'];
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
}

/** Also keeps what is chosen but no longer offered, so that looking changes nothing. */
export function Choice({ label, hint, options, value, onChange }: ChoiceProps) {
  const gone = value.filter((key) => !options.some((option) => option.value === key));
  const all = [...options, ...gone.map((key) => ({ value: key, label: key }))];
  return (
    <Field.Root hint={hint} width="100%">
      <Field.Label>{label}</Field.Label>
      <MultiSelect withTags value={[...value]} onChange={onChange} aria-label={label}>
        {/* The label in the key: a tag keeps the words it was first drawn with. */}
        {all.map((option) => (
          <MultiSelectOption key={`${option.value} ${option.label}`} value={option.value}>
            {option.label}
          </MultiSelectOption>
        ))}
      </MultiSelect>
      <Field.Hint />
    </Field.Root>
  );
}

export interface EditorProps<Value extends Audience> {
  readonly value: Value;
  readonly choices: AccessChoices;
  readonly onChange: (value: Audience) => void;
}

export function TiersEditor({ value, choices, onChange }: EditorProps<Of<'tiers'>>) {
  const text = useText();
  return (
    <Choice
      label={text('access.tiers')}
      options={choices.tiers}
      value={value.keys}
      onChange={(keys) => onChange({ type: 'tiers', keys })}
    />
  );
}

export function SegmentsEditor({ value, choices, onChange }: EditorProps<Of<'segments'>>) {
  const text = useText();
  return (
    <Choice
      label={text('access.segments')}
      hint={choices.segments.length === 0 ? text('access.segments.empty') : undefined}
      options={choices.segments}
      value={value.ids}
      onChange={(ids) => onChange({ type: 'segments', ids })}
    />
  );
}

interface WordsProps {
  readonly label: AccessKey;
  readonly hint?: AccessKey;
  readonly value: readonly string[] | undefined;
  readonly onChange: (value: string[] | undefined) => void;
}

export function Words({ label, hint, value, onChange }: WordsProps) {
  const text = useText();
  return (
    <Field.Root hint={hint && text(hint)} width="100%">
      <Field.Label>{text(label)}</Field.Label>
      <TextInput
        defaultValue={value?.join(', ') ?? ''}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
          onChange(wordsOf(event.target.value))
        }
      />
      <Field.Hint />
    </Field.Root>
  );
}

export function PlansEditor({ value, choices, onChange }: EditorProps<Of<'plans'>>) {
  const text = useText();
  const change = (keys: string[] | undefined) => onChange({ type: 'plans', keys: keys ?? [] });
  if (choices.plans.length === 0) {
    return (
      <Words label="access.plans" hint="access.plans.hint" value={value.keys} onChange={change} />
    );
  }
  return (
    <Choice
      label={text('access.plans')}
      options={choices.plans}
      value={value.keys}
      onChange={change}
    />
  );
}

export function JoinedEditor({ value, onChange }: EditorProps<Of<'joined'>>) {
  const text = useText();
  return (
    <Grid.Root gap={4} width="100%">
      {(
        [
          ['atLeastDays', 'access.joined.least'],
          ['atMostDays', 'access.joined.most'],
        ] as const
      ).map(([key, label]) => (
        <Grid.Item key={key} col={6} xs={12} direction="column" alignItems="stretch">
          <Field.Root>
            <Field.Label>{text(label)}</Field.Label>
            <NumberInput
              value={value[key]}
              onValueChange={(days) => onChange(compact({ ...value, [key]: days }))}
            />
          </Field.Root>
        </Grid.Item>
      ))}
    </Grid.Root>
  );
}
