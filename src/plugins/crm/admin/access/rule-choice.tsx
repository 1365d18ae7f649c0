/** Chooses one named rule. */
import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';

import type { AccessChoices, Audience } from '../../shared/access';
import { useText } from './text';

interface RuleEditorProps {
  readonly value: Extract<Audience, { type: 'rule' }>;
  readonly choices: AccessChoices;
  readonly onChange: (value: Audience) => void;
}

export function RuleEditor({ value, choices, onChange }: RuleEditorProps) {
  const text = useText();
  const known = choices.rules.some((rule) => rule.value === value.id);
  // A rule that is gone stays chosen, so that looking changes nothing.
  const gone = value.id === '' || known ? [] : [{ value: value.id, label: value.id }];
  const empty = choices.rules.length === 0;
  return (
    <Field.Root hint={text(empty ? 'access.rule.empty' : 'access.rule.hint')} width="100%">
      <Field.Label>{text('access.rule')}</Field.Label>
      <SingleSelect
        value={value.id}
        onChange={(id: string | number) => onChange({ type: 'rule', id: String(id) })}
      >
        {[...choices.rules, ...gone].map((rule) => (
          <SingleSelectOption key={rule.value} value={rule.value}>
            {rule.label}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Hint />
    </Field.Root>
  );
}
