import {
  Field,
  Grid,
  SingleSelect,
  SingleSelectOption,
  Textarea,
  TextInput,
} from '@strapi/design-system';

import { segmentKindSchema, type RuleGroup, type SegmentKind } from '../../shared/segments';
import { useText } from './text';

/** A segment as it is being written. */
export interface Draft {
  readonly name: string;
  readonly description: string;
  readonly kind: SegmentKind;
  readonly rule: RuleGroup;
}

interface PartProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

export function AboutPart({
  draft,
  onChange,
  isNew,
  nameError,
}: PartProps & { isNew: boolean; nameError?: string }) {
  const text = useText();
  return (
    <Grid.Root gap={4}>
      <Grid.Item col={8} xs={12} direction="column" alignItems="stretch">
        <Field.Root required hint={text('segments.form.name-hint')} error={nameError}>
          <Field.Label>{text('segments.form.name')}</Field.Label>
          <TextInput
            name="name"
            value={draft.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      </Grid.Item>
      <Grid.Item col={4} xs={12} direction="column" alignItems="stretch">
        <Field.Root hint={text('segments.form.kind-hint')}>
          <Field.Label>{text('segments.form.kind')}</Field.Label>
          <SingleSelect
            value={draft.kind}
            disabled={!isNew}
            onChange={(chosen: string | number) =>
              onChange({ kind: segmentKindSchema.parse(chosen) })
            }
          >
            {segmentKindSchema.options.map((kind) => (
              <SingleSelectOption key={kind} value={kind}>
                {text(`segments.kind.${kind}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
          <Field.Hint />
        </Field.Root>
      </Grid.Item>
      <Grid.Item col={12} xs={12} direction="column" alignItems="stretch">
        <Field.Root>
          <Field.Label>{text('segments.form.description')}</Field.Label>
          <Textarea
            name="description"
            value={draft.description}
            onChange={(event) => onChange({ description: event.target.value })}
          />
        </Field.Root>
      </Grid.Item>
    </Grid.Root>
  );
}
