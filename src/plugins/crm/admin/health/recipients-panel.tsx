import { useState } from 'react';

import { Button, Flex, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';

import {
  healthSettingsAnswerSchema,
  testAlertSchema,
  type HealthSettings,
} from '../../shared/health';
import {
  AddressLines,
  addressesIn,
  ErrorState,
  LanguageField,
  Panel,
  PersonPicker,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
  useMay,
} from '../ui';
import { People } from './people';
import { useText } from './text';

interface FormProps {
  readonly saved: HealthSettings;
  readonly onSaved: () => void;
}

/** What is typed is sent to whoever is saved: so a test comes after saving. */
function Buttons({ isSaving, onSave }: { isSaving: boolean; onSave: () => void }) {
  const text = useText();
  const { toggleNotification } = useNotification();
  const test = useCrmMutation(testAlertSchema, () => ({
    method: 'POST',
    path: '/crm/health/test-alert',
    body: {},
  }));
  const sendTest = async () => {
    const done = await test.run(undefined);
    if (!done.ok) return;
    const count = String(done.value.data.sent);
    toggleNotification({ type: 'success', message: text('health.told.tested', { count }) });
  };
  return (
    <Flex gap={2} wrap="wrap">
      <Button loading={isSaving} onClick={onSave}>
        {text('health.told.save')}
      </Button>
      <Button variant="tertiary" loading={test.isRunning} onClick={() => void sendTest()}>
        {text('health.told.test')}
      </Button>
    </Flex>
  );
}

function Form({ saved, onSaved }: FormProps) {
  const text = useText();
  const { toggleNotification } = useNotification();
  const may = useMay('health.update');
  const maySeePeople = useMay('customers.read');
  const [lines, setLines] = useState(saved.emails.join('\n'));
  const [people, setPeople] = useState(saved.people);
  const [locale, setLocale] = useState(saved.locale);
  const save = useCrmMutation(healthSettingsAnswerSchema, (body: HealthSettings) => ({
    method: 'PUT',
    path: '/crm/health/settings',
    body,
  }));
  const submit = async () => {
    const done = await save.run({ emails: addressesIn(lines), people: [...people], locale });
    if (!done.ok) return;
    toggleNotification({ type: 'success', message: text('health.told.saved') });
    onSaved();
  };
  const isWrong = Object.keys(save.fieldErrors).some((field) => field.startsWith('emails'));
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Typography textColor="neutral700">{text('health.told.lead')}</Typography>
      <AddressLines
        label={text('health.told.emails')}
        hint={text('health.told.emails-hint')}
        error={isWrong ? text('health.told.emails-wrong') : undefined}
        value={lines}
        isLocked={!may}
        onChange={setLines}
      />
      {maySeePeople ? <People ids={people} isLocked={!may} onChange={setPeople} /> : null}
      {may && maySeePeople ? (
        <PersonPicker
          label={text('health.told.line')}
          placeholder={text('health.told.line-placeholder')}
          hint={text('health.told.line-hint')}
          value={undefined}
          onChange={(id) => {
            if (id !== undefined && !people.includes(id)) setPeople([...people, id]);
          }}
        />
      ) : null}
      <LanguageField
        label={text('health.told.locale')}
        value={locale}
        isLocked={!may}
        onChange={setLocale}
      />
      {may ? <Buttons isSaving={save.isRunning} onSave={() => void submit()} /> : null}
    </Flex>
  );
}

/** Who is told when something turns red. */
export function RecipientsPanel({ onSaved }: { readonly onSaved: () => void }) {
  const text = useText();
  const { data, error, refetch } = useCrmQuery(healthSettingsAnswerSchema, '/crm/health/settings');
  return (
    <Panel title={text('health.told')}>
      {error ? <ErrorState error={error} onRetry={refetch} /> : null}
      {!data && !error ? <Skeleton lines={3} height="3.2rem" /> : null}
      {data ? <Form saved={data.data} onSaved={onSaved} /> : null}
    </Panel>
  );
}
