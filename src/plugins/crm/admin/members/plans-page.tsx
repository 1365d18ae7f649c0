import { useState } from 'react';

import { Field, Textarea, TextInput, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { z } from 'zod';

import { planAnswerSchema, planListSchema, type Plan } from '../../shared/plans';
import {
  EditableCard,
  EditableListPage,
  EditForm,
  useCrmMutation,
  useCrmQuery,
  useFormat,
  type EditedInPlace,
} from '../ui';
import { useText } from './text';
import { TierOrPlan } from './tier-or-plan';

const removedSchema = z.object({ data: z.object({ key: z.string() }) });

interface FormProps extends EditedInPlace {
  /** Undefined: a new one. */
  readonly plan: Plan | undefined;
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
    <EditForm
      onSubmit={submit}
      onCancel={onCancel}
      isRunning={save.isRunning}
      labels={{ save: text('members.save'), cancel: text('members.cancel') }}
    >
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
    </EditForm>
  );
}

interface PlanCardProps {
  readonly plan: Plan & { readonly holders: number };
  readonly onChanged: () => void;
}

function PlanCard({ plan, onChanged }: PlanCardProps) {
  const text = useText();
  const format = useFormat();
  const remove = useCrmMutation(removedSchema, () => ({
    method: 'DELETE',
    path: `/crm/plans/${plan.key}`,
  }));
  return (
    <EditableCard
      name={plan.name}
      may
      labels={{
        edit: text('members.edit'),
        remove: text('members.delete'),
        removeAsk: text('members.plans.delete-ask', { name: plan.name }),
      }}
      form={(edited) => <PlanForm plan={plan} {...edited} />}
      removal={{ isRunning: remove.isRunning, run: () => remove.run(undefined) }}
      onChanged={onChanged}
    >
      <Typography tag="p">{plan.description ?? text('members.plans.no-description')}</Typography>
      <Typography variant="pi" textColor="neutral600" tag="p">
        {text('members.plans.holders', { count: format.number(plan.holders) })} ·{' '}
        {text('members.plans.key')}: {plan.key}
      </Typography>
    </EditableCard>
  );
}

/** The plans that can be held. Who holds one is on each customer's record. */
export default function PlansPage() {
  const text = useText();
  return (
    <EditableListPage
      title={text('members.plans.page-title')}
      subtitle={text('members.plans.page-lead')}
      backTo="settings"
      may
      labels={{ add: text('members.plans.add'), empty: text('members.plans.empty') }}
      query={useCrmQuery(planListSchema, '/crm/plans')}
      form={(edited) => <PlanForm plan={undefined} {...edited} />}
      card={(plan, onChanged) => <PlanCard key={plan.key} plan={plan} onChanged={onChanged} />}
      lead={<TierOrPlan here="plan" />}
    />
  );
}
