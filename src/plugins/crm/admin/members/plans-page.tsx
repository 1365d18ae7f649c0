import { useState } from 'react';

import { Box, Button, Field, Flex, Textarea, TextInput, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import { z } from 'zod';

import { planAnswerSchema, planListSchema, type Plan } from '../../shared/plans';
import {
  ConfirmDialog,
  EmptyState,
  ErrorState,
  PageLayout,
  Panel,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
  useFormat,
} from '../ui';
import { useText } from './text';
import { TierOrPlan } from './tier-or-plan';

const removedSchema = z.object({ data: z.object({ key: z.string() }) });

function FormButtons({ isRunning, onCancel }: { isRunning: boolean; onCancel: () => void }) {
  const text = useText();
  return (
    <Flex gap={2} justifyContent="flex-end">
      <Button variant="tertiary" onClick={onCancel}>
        {text('members.cancel')}
      </Button>
      <Button type="submit" loading={isRunning}>
        {text('members.save')}
      </Button>
    </Flex>
  );
}

interface FormProps {
  /** Undefined: a new one. */
  readonly plan: Plan | undefined;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

function PlanForm({ plan, onDone, onCancel }: FormProps) {
  const text = useText();
  const { toggleNotification } = useNotification();
  const [form, setForm] = useState({
    key: plan?.key ?? '',
    name: plan?.name ?? '',
    nameEn: plan?.nameEn ?? '',
    description: plan?.description ?? '',
  });
  const save = useCrmMutation(planAnswerSchema, () => ({
    method: plan ? 'PUT' : 'POST',
    path: plan ? `/crm/plans/${plan.key}` : '/crm/plans',
    body: {
      ...(plan ? {} : { key: form.key }),
      name: form.name,
      nameEn: form.nameEn || null,
      description: form.description || null,
    },
  }));
  const submit = async () => {
    const saved = await save.run(undefined);
    if (!saved.ok) return;
    toggleNotification({ type: 'success', message: text('members.plans.saved') });
    onDone();
  };
  const change = (field: keyof typeof form) => (event: { target: { value: string } }) =>
    setForm((before) => ({ ...before, [field]: event.target.value }));
  return (
    <Box
      tag="form"
      onSubmit={(event: { preventDefault(): void }) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Field.Root name="name" required error={save.fieldErrors.name}>
          <Field.Label>{text('members.plans.name')}</Field.Label>
          <TextInput value={form.name} onChange={change('name')} />
          <Field.Error />
        </Field.Root>
        <Field.Root name="nameEn" error={save.fieldErrors.nameEn}>
          <Field.Label>{text('members.plans.name-en')}</Field.Label>
          <TextInput value={form.nameEn} onChange={change('nameEn')} />
          <Field.Error />
        </Field.Root>
        {plan ? null : (
          <Field.Root
            name="key"
            required
            hint={text('members.plans.key-hint')}
            error={save.fieldErrors.key}
          >
            <Field.Label>{text('members.plans.key')}</Field.Label>
            <TextInput value={form.key} onChange={change('key')} placeholder="fan-club" />
            <Field.Hint />
            <Field.Error />
          </Field.Root>
        )}
        <Field.Root
          name="description"
          hint={text('members.plans.description-hint')}
          error={save.fieldErrors.description}
        >
          <Field.Label>{text('members.plans.description')}</Field.Label>
          <Textarea value={form.description} onChange={change('description')} />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
        <FormButtons isRunning={save.isRunning} onCancel={onCancel} />
      </Flex>
    </Box>
  );
}

interface PlanCardProps {
  readonly plan: Plan & { readonly holders: number };
  readonly onChanged: () => void;
}

function PlanCard({ plan, onChanged }: PlanCardProps) {
  const text = useText();
  const format = useFormat();
  const [mode, setMode] = useState<'shown' | 'editing' | 'deleting'>('shown');
  const remove = useCrmMutation(removedSchema, () => ({
    method: 'DELETE',
    path: `/crm/plans/${plan.key}`,
  }));
  const confirm = async () => {
    const removed = await remove.run(undefined);
    setMode('shown');
    if (removed.ok) onChanged();
  };
  const done = () => {
    setMode('shown');
    onChanged();
  };
  if (mode === 'editing') {
    return (
      <Panel title={plan.name}>
        <PlanForm plan={plan} onDone={done} onCancel={() => setMode('shown')} />
      </Panel>
    );
  }
  return (
    <Panel
      title={plan.name}
      action={
        <Flex gap={2}>
          <Button
            size="S"
            variant="tertiary"
            aria-label={`${plan.name}: ${text('members.edit')}`}
            onClick={() => setMode('editing')}
          >
            {text('members.edit')}
          </Button>
          <Button
            size="S"
            variant="danger-light"
            aria-label={`${plan.name}: ${text('members.delete')}`}
            onClick={() => setMode('deleting')}
          >
            {text('members.delete')}
          </Button>
        </Flex>
      }
    >
      <Typography tag="p">{plan.description ?? text('members.plans.no-description')}</Typography>
      <Typography variant="pi" textColor="neutral600" tag="p">
        {text('members.plans.holders', { count: format.number(plan.holders) })} ·{' '}
        {text('members.plans.key')}: {plan.key}
      </Typography>
      <ConfirmDialog
        open={mode === 'deleting'}
        onOpenChange={(open) => (open ? undefined : setMode('shown'))}
        title={text('members.delete')}
        confirmLabel={text('members.delete')}
        isRunning={remove.isRunning}
        onConfirm={() => void confirm()}
        variant="danger"
      >
        {text('members.plans.delete-ask', { name: plan.name })}
      </ConfirmDialog>
    </Panel>
  );
}

/** The plans that can be held. Who holds one is on each customer's record. */
export default function PlansPage() {
  const text = useText();
  const [adding, setAdding] = useState(false);
  const { data, error, isLoading, refetch } = useCrmQuery(planListSchema, '/crm/plans');
  const plans = data?.data ?? [];
  const added = () => {
    setAdding(false);
    refetch();
  };
  const addButton = (
    <Button startIcon={<Plus />} onClick={() => setAdding(true)} disabled={adding}>
      {text('members.plans.add')}
    </Button>
  );
  return (
    <PageLayout
      title={text('members.plans.page-title')}
      subtitle={text('members.plans.page-lead')}
      backTo="settings"
      primaryAction={addButton}
    >
      <Flex direction="column" alignItems="stretch" gap={5}>
        <TierOrPlan here="plan" />
        {isLoading ? <Skeleton lines={3} height="4rem" /> : null}
        {error ? <ErrorState error={error} onRetry={refetch} /> : null}
        {adding ? (
          <Panel title={text('members.plans.add')}>
            <PlanForm plan={undefined} onDone={added} onCancel={() => setAdding(false)} />
          </Panel>
        ) : null}
        {data && plans.length === 0 && !adding ? (
          <EmptyState action={addButton}>{text('members.plans.empty')}</EmptyState>
        ) : null}
        {plans.map((plan) => (
          <PlanCard key={plan.key} plan={plan} onChanged={refetch} />
        ))}
      </Flex>
    </PageLayout>
  );
}
