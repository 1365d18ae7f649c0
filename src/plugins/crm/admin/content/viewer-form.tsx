/** Chooses through whose eyes, and in which circumstances. */
import {
  Box,
  Field,
  Flex,
  MultiSelect,
  MultiSelectOption,
  NumberInput,
  SingleSelect,
  SingleSelectOption,
} from '@strapi/design-system';

import type { AccessChoices } from '../../shared/access';
import { PersonPicker, SiteDateTimePicker } from '../ui';
import { WHO, type PreviewChoice } from './preview-choice';
import { SituationForm } from './situation-form';
import { useText } from './text';

interface ViewerFormProps {
  readonly choice: PreviewChoice;
  readonly choices: AccessChoices;
  /** The type knows drafts. */
  readonly hasDrafts: boolean;
  readonly onChange: (choice: PreviewChoice) => void;
}

export function ViewerForm({ choice, choices, hasDrafts, onChange }: ViewerFormProps) {
  const text = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Field.Root width="100%">
        <Field.Label>{text('content.preview.who')}</Field.Label>
        <SingleSelect
          value={choice.who}
          onChange={(value) => {
            const who = WHO.find((kind) => kind === value);
            if (who) onChange({ ...choice, who });
          }}
        >
          {WHO.map((who) => (
            <SingleSelectOption key={who} value={who}>
              {text(`content.preview.who.${who}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
      {choice.who === 'person' && (
        <PersonPicker
          label={text('content.preview.person')}
          placeholder={text('content.preview.person-placeholder')}
          value={choice.customerId}
          onChange={(customerId) => onChange({ ...choice, customerId })}
        />
      )}
      {choice.who === 'profile' && (
        <ProfileForm
          profile={choice.profile}
          choices={choices}
          onChange={(profile) => onChange({ ...choice, profile })}
        />
      )}
      {hasDrafts && (
        <Field.Root width="100%">
          <Field.Label>{text('content.preview.version')}</Field.Label>
          <SingleSelect
            value={choice.version}
            onChange={(value) =>
              onChange({ ...choice, version: value === 'published' ? 'published' : 'draft' })
            }
          >
            {(['draft', 'published'] as const).map((version) => (
              <SingleSelectOption key={version} value={version}>
                {text(`content.preview.version.${version}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Field.Root>
      )}
      <AsOf asOf={choice.asOf} onChange={(asOf) => onChange({ ...choice, asOf })} />
      <SituationForm
        context={choice.context}
        onChange={(context) => onChange({ ...choice, context })}
      />
    </Flex>
  );
}

interface AsOfProps {
  readonly asOf: Date | undefined;
  readonly onChange: (asOf: Date | undefined) => void;
}

function AsOf({ asOf, onChange }: AsOfProps) {
  const text = useText();
  return (
    <Field.Root hint={text('content.preview.as-of-hint')} width="100%">
      <Field.Label>{text('content.preview.as-of')}</Field.Label>
      <SiteDateTimePicker value={asOf} onChange={onChange} onClear={() => onChange(undefined)} />
      <Field.Hint />
    </Field.Root>
  );
}

interface ProfileFormProps {
  readonly profile: PreviewChoice['profile'];
  readonly choices: AccessChoices;
  readonly onChange: (profile: PreviewChoice['profile']) => void;
}

const NO_TIER = '-';

function ProfileForm({ profile, choices, onChange }: ProfileFormProps) {
  const text = useText();
  return (
    <Box padding={4} background="neutral100" hasRadius>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Field.Root width="100%">
          <Field.Label>{text('content.preview.tier')}</Field.Label>
          <SingleSelect
            value={profile.tier ?? NO_TIER}
            onChange={(value) =>
              onChange({ ...profile, tier: value === NO_TIER ? undefined : String(value) })
            }
          >
            <SingleSelectOption value={NO_TIER}>
              {text('content.preview.tier.none')}
            </SingleSelectOption>
            {choices.tiers.map(({ value, label }) => (
              <SingleSelectOption key={value} value={value}>
                {label}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Field.Root>
        {(['plans', 'segments'] as const).map((kind) =>
          choices[kind].length === 0 ? null : (
            <Field.Root key={kind} width="100%">
              <Field.Label>{text(`content.preview.${kind}`)}</Field.Label>
              <MultiSelect
                withTags
                aria-label={text(`content.preview.${kind}`)}
                value={profile[kind]}
                onChange={(keys: string[]) => onChange({ ...profile, [kind]: keys })}
              >
                {choices[kind].map(({ value, label }) => (
                  <MultiSelectOption key={value} value={value}>
                    {label}
                  </MultiSelectOption>
                ))}
              </MultiSelect>
            </Field.Root>
          ),
        )}
        <Field.Root width="100%">
          <Field.Label>{text('content.preview.member-days')}</Field.Label>
          <NumberInput
            value={profile.memberDays}
            onValueChange={(days) => onChange({ ...profile, memberDays: Math.max(0, days ?? 0) })}
          />
        </Field.Root>
      </Flex>
    </Box>
  );
}
