/** Chooses who of an A/B test: people who got these variants. */
import { Checkbox, Field, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';

import { VARIANT_KEYS, type AccessChoices, type Audience } from '../../shared/access';
import { useText } from './text';

interface ExperimentEditorProps {
  readonly value: Extract<Audience, { type: 'experiment' }>;
  readonly choices: AccessChoices;
  readonly onChange: (value: Audience) => void;
}

export function ExperimentEditor({ value, choices, onChange }: ExperimentEditorProps) {
  const text = useText();
  const chosen = choices.experiments.find((experiment) => experiment.value === value.id);
  // A test that is gone stays chosen, so that looking changes nothing.
  const gone = value.id === '' || chosen ? [] : [{ value: value.id, label: value.id }];
  const variants = chosen?.variants ?? value.variants.map((key) => ({ value: key, label: key }));
  const empty = choices.experiments.length === 0;
  return (
    <Flex direction="column" alignItems="stretch" gap={3} width="100%">
      <Field.Root
        hint={text(empty ? 'access.experiment.empty' : 'access.experiment.hint')}
        width="100%"
      >
        <Field.Label>{text('access.experiment')}</Field.Label>
        <SingleSelect
          value={value.id}
          onChange={(id: string | number) => onChange({ ...value, id: String(id) })}
        >
          {[...choices.experiments, ...gone].map((experiment) => (
            <SingleSelectOption key={experiment.value} value={experiment.value}>
              {experiment.label}
            </SingleSelectOption>
          ))}
        </SingleSelect>
        <Field.Hint />
      </Field.Root>
      <Flex role="group" aria-label={text('access.experiment.variants')} gap={4} wrap="wrap">
        {variants.map((variant) => (
          <Checkbox
            key={variant.value}
            checked={value.variants.some((key) => key === variant.value)}
            onCheckedChange={(checked) =>
              onChange({
                ...value,
                variants: VARIANT_KEYS.filter((key) =>
                  key === variant.value ? checked === true : value.variants.includes(key),
                ),
              })
            }
          >
            {`${variant.value.toUpperCase()}. ${variant.label}`}
          </Checkbox>
        ))}
      </Flex>
    </Flex>
  );
}
