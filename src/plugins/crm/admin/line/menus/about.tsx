import {
  Field,
  Flex,
  SingleSelect,
  SingleSelectOption,
  TextInput,
  Toggle,
} from '@strapi/design-system';

import { Panel } from '../../ui';
import { useText } from '../text';
import type { ChangeDraft, Draft } from './draft';

interface Props {
  readonly draft: Draft;
  readonly accounts: readonly { readonly key: string; readonly name: string }[];
  readonly fieldErrors: Readonly<Record<string, string | undefined>>;
  readonly onChange: ChangeDraft;
}

function Account({ draft, accounts, onChange }: Omit<Props, 'fieldErrors'>) {
  const text = useText();
  // With one account there is nothing to choose.
  if (accounts.length < 2 && accounts.some(({ key }) => key === draft.account)) return null;
  return (
    <Field.Root required>
      <Field.Label>{text('line.menus.account')}</Field.Label>
      <SingleSelect
        value={draft.account}
        onChange={(value) => onChange({ account: String(value) })}
      >
        {accounts.map(({ key, name }) => (
          <SingleSelectOption key={key} value={key}>
            {name}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Field.Root>
  );
}

/** Its name, the bar under the conversation, and the switch. */
export function About({ draft, accounts, fieldErrors, onChange }: Props) {
  const text = useText();
  const toggle = (name: 'active' | 'selected') => (
    <Field.Root hint={text(`line.menus.${name}-hint`)}>
      <Field.Label>{text(`line.menus.${name}`)}</Field.Label>
      <Toggle
        checked={draft[name]}
        onLabel={text('line.menus.on')}
        offLabel={text('line.menus.off')}
        onChange={(event) => onChange({ [name]: event.target.checked })}
      />
      <Field.Hint />
    </Field.Root>
  );
  return (
    <Panel title={text('line.menus.about')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Field.Root required hint={text('line.menus.name-hint')} error={fieldErrors.name}>
          <Field.Label>{text('line.menus.name')}</Field.Label>
          <TextInput
            value={draft.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
          <Field.Error />
          <Field.Hint />
        </Field.Root>
        <Account draft={draft} accounts={accounts} onChange={onChange} />
        <Field.Root required hint={text('line.menus.bar-hint')} error={fieldErrors.chatBarText}>
          <Field.Label>{text('line.menus.bar')}</Field.Label>
          <TextInput
            value={draft.chatBarText}
            maxLength={14}
            onChange={(event) => onChange({ chatBarText: event.target.value })}
          />
          <Field.Error />
          <Field.Hint />
        </Field.Root>
        {toggle('active')}
        {toggle('selected')}
      </Flex>
    </Panel>
  );
}
