import { useState } from 'react';

import {
  Box,
  Button,
  Checkbox,
  Field,
  Flex,
  NumberInput,
  TextInput,
  Typography,
} from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { z } from 'zod';

import { sendingRulesSchema, type SendingRules } from '../../../shared/sending-rules';
import {
  ErrorState,
  PageLayout,
  Panel,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
  useMay,
} from '../../ui';

import { useText } from '../text';

import { DomainPanel } from './domain-panel';

const answerSchema = z.object({ data: sendingRulesSchema });

type NumberRule = 'dailyCap' | 'weeklyCap' | 'approvalAbove' | 'cancelWindowSeconds';
type HourRule = 'quietFrom' | 'quietTo';

interface FormProps {
  readonly rules: SendingRules;
  readonly onChange: (change: Partial<SendingRules>) => void;
  readonly errors: Readonly<Record<string, string>>;
  readonly isLocked: boolean;
}

function NumberField({ rule, ...form }: FormProps & { readonly rule: NumberRule }) {
  const text = useText();
  // Nobody is asked for a number that means "none": empty says it.
  const none = rule === 'cancelWindowSeconds' ? 0 : null;
  return (
    <Field.Root
      name={rule}
      hint={text(`delivery.rules.${rule}-hint`)}
      error={form.errors[rule]}
      style={{ maxWidth: '48rem' }}
    >
      <Field.Label>{text(`delivery.rules.${rule}`)}</Field.Label>
      <NumberInput
        value={form.rules[rule] ?? undefined}
        disabled={form.isLocked}
        onValueChange={(value: number | undefined) => form.onChange({ [rule]: value ?? none })}
      />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}

function HourField({ rule, ...form }: FormProps & { readonly rule: HourRule }) {
  const text = useText();
  return (
    <Field.Root name={rule} error={form.errors[rule]}>
      <Field.Label>{text(`delivery.rules.${rule}`)}</Field.Label>
      <TextInput
        type="time"
        value={form.rules[rule] ?? ''}
        disabled={form.isLocked}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
          form.onChange({ [rule]: event.target.value || null })
        }
      />
      <Field.Error />
    </Field.Root>
  );
}

function RulesForm(form: FormProps) {
  const text = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Panel title={text('delivery.rules.often')}>
        <Flex direction="column" alignItems="stretch" gap={4}>
          <NumberField rule="dailyCap" {...form} />
          <NumberField rule="weeklyCap" {...form} />
        </Flex>
      </Panel>
      <Panel title={text('delivery.rules.quiet')}>
        <Flex direction="column" alignItems="stretch" gap={3}>
          <Typography textColor="neutral700">{text('delivery.rules.quiet-hint')}</Typography>
          <Flex gap={4} wrap="wrap" alignItems="flex-start">
            <HourField rule="quietFrom" {...form} />
            <HourField rule="quietTo" {...form} />
          </Flex>
        </Flex>
      </Panel>
      <Panel title={text('delivery.rules.care')}>
        <Flex direction="column" alignItems="stretch" gap={4}>
          <NumberField rule="approvalAbove" {...form} />
          <NumberField rule="cancelWindowSeconds" {...form} />
          <Checkbox
            checked={form.rules.requireAlignment}
            disabled={form.isLocked}
            onCheckedChange={(checked: boolean | 'indeterminate') =>
              form.onChange({ requireAlignment: checked === true })
            }
          >
            {text('delivery.rules.requireAlignment')}
          </Checkbox>
        </Flex>
      </Panel>
    </Flex>
  );
}

function Loaded({ saved }: { readonly saved: SendingRules }) {
  const text = useText();
  const { toggleNotification } = useNotification();
  const may = useMay('campaigns.rules');
  const [rules, setRules] = useState(saved);
  const save = useCrmMutation(answerSchema, (body: SendingRules) => ({
    method: 'PUT',
    path: '/crm/sending-rules',
    body,
  }));
  const run = async () => {
    const done = await save.run(rules);
    if (done.ok) toggleNotification({ type: 'success', message: text('delivery.rules.saved') });
  };
  return (
    <PageLayout
      title={text('delivery.rules.title')}
      subtitle={text('delivery.rules.subtitle')}
      backTo="campaigns"
      primaryAction={
        <Button disabled={!may} loading={save.isRunning} onClick={() => void run()}>
          {text('delivery.rules.save')}
        </Button>
      }
    >
      <RulesForm
        rules={rules}
        onChange={(change) => setRules((before) => ({ ...before, ...change }))}
        errors={save.error?.fields ?? {}}
        isLocked={!may}
      />
      <Box paddingTop={4}>
        <DomainPanel />
      </Box>
    </PageLayout>
  );
}

/** How often, when, and who has to agree: for every campaign. */
export default function RulesPage() {
  const text = useText();
  const { data, error, refetch } = useCrmQuery(answerSchema, '/crm/sending-rules');
  if (data) return <Loaded saved={data.data} />;
  return (
    <PageLayout title={text('delivery.rules.title')} backTo="campaigns">
      {error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <Skeleton lines={6} height="4.8rem" />
      )}
    </PageLayout>
  );
}
