import {
  Field,
  Flex,
  MultiSelect,
  MultiSelectOption,
  NumberInput,
  SingleSelect,
  SingleSelectOption,
} from '@strapi/design-system';

import { accessChoicesSchema } from '../../../shared/access';
import type { MenuAudience } from '../../../shared/line-rich-menu';
import { Panel, SiteDateTimePicker, Skeleton, useCrmQuery } from '../../ui';
import { useText } from '../text';
import { blankAudience, type ChangeDraft, type Draft } from './draft';

interface Props {
  readonly draft: Draft;
  readonly onChange: ChangeDraft;
}

const TYPES = ['everyone', 'tiers', 'segment'] as const;

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What is chosen stands there also when its name cannot be asked for. */
const withChosen = (choices: readonly Choice[], chosen: readonly string[]): readonly Choice[] => [
  ...choices,
  ...chosen
    .filter((value) => value !== '' && !choices.some((choice) => choice.value === value))
    .map((value) => ({ value, label: value })),
];

function Who({ draft: { audience }, onChange }: Props) {
  const text = useText();
  const asked = useCrmQuery(accessChoicesSchema, '/crm/access/choices');
  const choices = asked.data?.data;
  const set = (value: MenuAudience) => onChange({ audience: value });
  // The select keeps the names with which it first appeared.
  if (asked.isLoading && audience.type !== 'everyone') return <Skeleton lines={1} />;
  if (audience.type === 'tiers') {
    return (
      <Field.Root required>
        <Field.Label>{text('line.menus.audience.tiers')}</Field.Label>
        <MultiSelect
          withTags
          value={[...audience.keys]}
          onChange={(keys: string[]) => set({ type: 'tiers', keys })}
        >
          {withChosen(choices?.tiers ?? [], audience.keys).map(({ value, label }) => (
            <MultiSelectOption key={value} value={value}>
              {label}
            </MultiSelectOption>
          ))}
        </MultiSelect>
      </Field.Root>
    );
  }
  if (audience.type === 'everyone') return null;
  return (
    <Field.Root required>
      <Field.Label>{text('line.menus.audience.segment')}</Field.Label>
      <SingleSelect
        value={audience.segment}
        onChange={(value) => set({ type: 'segment', segment: String(value) })}
      >
        {withChosen(choices?.segments ?? [], [audience.segment]).map(({ value, label }) => (
          <SingleSelectOption key={value} value={value}>
            {label}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Field.Root>
  );
}

function Period({ draft, onChange }: Props) {
  const text = useText();
  return (['startsAt', 'endsAt'] as const).map((name) => {
    const at = draft[name];
    return (
      <Field.Root key={name}>
        <Field.Label>{text(`line.menus.${name}`)}</Field.Label>
        <SiteDateTimePicker
          value={at === null ? undefined : new Date(at)}
          step={15}
          onChange={(value) => onChange({ [name]: value ? value.getTime() : null })}
          onClear={() => onChange({ [name]: null })}
        />
      </Field.Root>
    );
  });
}

/** Who sees it, before which others, and from when until when. */
export function Assignment({ draft, onChange }: Props) {
  const text = useText();
  return (
    <Panel title={text('line.menus.assignment')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Field.Root hint={text('line.menus.audience-hint')}>
          <Field.Label>{text('line.menus.audience')}</Field.Label>
          <SingleSelect
            value={draft.audience.type}
            onChange={(value) =>
              onChange({ audience: blankAudience(value as MenuAudience['type']) })
            }
          >
            {TYPES.map((type) => (
              <SingleSelectOption key={type} value={type}>
                {text(`line.menus.audience.${type}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
          <Field.Hint />
        </Field.Root>
        <Who draft={draft} onChange={onChange} />
        <Field.Root hint={text('line.menus.priority-hint')}>
          <Field.Label>{text('line.menus.priority')}</Field.Label>
          <NumberInput
            value={draft.priority}
            onValueChange={(value) => onChange({ priority: value ?? 100 })}
          />
          <Field.Hint />
        </Field.Root>
        <Period draft={draft} onChange={onChange} />
      </Flex>
    </Panel>
  );
}
