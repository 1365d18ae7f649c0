import { useState } from 'react';

import {
  Button,
  Field,
  Flex,
  NumberInput,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';

import { LEAST_RETENTION_DAYS, retentionAnswerSchema } from '../../shared/tracking';
import {
  ConfirmDialog,
  ErrorState,
  Panel,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
  useFormat,
} from '../ui';
import { useText } from './text';

const SUGGESTED_DAYS = 400;

interface FormProps {
  readonly saved: number | null;
  readonly mayChange: boolean;
  readonly onSaved: () => void;
}

function RetentionForm({ saved, mayChange, onSaved }: FormProps) {
  const text = useText();
  const { toggleNotification } = useNotification();
  const [days, setDays] = useState(saved);
  const [isAsking, setAsking] = useState(false);
  const save = useCrmMutation(retentionAnswerSchema, () => ({
    method: 'PUT',
    path: '/crm/tracking/retention',
    body: { days },
  }));
  const run = async () => {
    const done = await save.run(undefined);
    setAsking(false);
    if (!done.ok) return;
    toggleNotification({ type: 'success', message: text('tracking.retention.saved') });
    onSaved();
  };
  // Keeping longer destroys nothing; keeping shorter is asked about.
  const isShorter = days !== null && (saved === null || days < saved);
  return (
    <Flex gap={4} wrap="wrap" alignItems="flex-end">
      <Field.Root>
        <Field.Label>{text('tracking.retention.policy')}</Field.Label>
        <SingleSelect
          disabled={!mayChange}
          value={days === null ? 'all' : 'days'}
          onChange={(value) => setDays(value === 'all' ? null : (saved ?? SUGGESTED_DAYS))}
        >
          <SingleSelectOption value="all">{text('tracking.retention.all')}</SingleSelectOption>
          <SingleSelectOption value="days">{text('tracking.retention.some')}</SingleSelectOption>
        </SingleSelect>
      </Field.Root>
      {days === null ? null : (
        <Field.Root
          error={save.fieldErrors.days}
          hint={text('tracking.retention.least', { days: LEAST_RETENTION_DAYS })}
        >
          <Field.Label>{text('tracking.retention.days')}</Field.Label>
          <NumberInput
            disabled={!mayChange}
            value={days}
            onValueChange={(value) => setDays(value ?? LEAST_RETENTION_DAYS)}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      )}
      <Button
        disabled={!mayChange || days === saved || (days !== null && days < LEAST_RETENTION_DAYS)}
        loading={save.isRunning}
        onClick={() => (isShorter ? setAsking(true) : void run())}
      >
        {text('tracking.retention.save')}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={text('tracking.retention.title')}
        confirmLabel={text('tracking.retention.save')}
        variant="danger"
        isRunning={save.isRunning}
        onConfirm={() => void run()}
      >
        {text('tracking.retention.ask', { days: days ?? 0 })}
      </ConfirmDialog>
    </Flex>
  );
}

/** How long single events are kept before they become counts per day. */
export function RetentionPanel({ mayChange }: { readonly mayChange: boolean }) {
  const text = useText();
  const format = useFormat();
  const kept = useCrmQuery(retentionAnswerSchema, '/crm/tracking/retention');
  const found = kept.data?.data;
  return (
    <Panel title={text('tracking.retention.title')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography textColor="neutral600">{text('tracking.retention.lead')}</Typography>
        {kept.error ? <ErrorState error={kept.error} onRetry={kept.refetch} /> : null}
        {!found && !kept.error ? <Skeleton lines={2} /> : null}
        {found ? (
          <>
            <RetentionForm
              key={String(found.days)}
              saved={found.days}
              mayChange={mayChange}
              onSaved={kept.refetch}
            />
            <Typography variant="pi" textColor="neutral600">
              {found.oldestAt === null
                ? text('tracking.retention.none')
                : text('tracking.retention.oldest', { at: format.date(found.oldestAt) })}
            </Typography>
          </>
        ) : null}
      </Flex>
    </Panel>
  );
}
