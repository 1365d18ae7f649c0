import { useState, type ReactNode } from 'react';

import {
  Field,
  Flex,
  SingleSelect,
  SingleSelectOption,
  TextInput,
  Typography,
} from '@strapi/design-system';

import type { Membership, Plan } from '../../shared/plans';
import { ConfirmDialog } from '../ui';
import { useText } from './text';
import { useNameOf } from './use-name-of';

export type PlanAct =
  | { readonly kind: 'grant' }
  | { readonly kind: 'pause' | 'resume' | 'end'; readonly membership: Membership };

interface PlanDialogProps {
  readonly act: PlanAct;
  readonly plans: readonly Plan[];
  readonly isRunning: boolean;
  readonly onCancel: () => void;
  /** What to send where, below the customer's plans. */
  readonly onConfirm: (address: string, body: object) => void;
}

interface DayProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Day({ name, label, hint, value, onChange }: DayProps) {
  return (
    <Field.Root name={name} hint={hint} width="100%">
      <Field.Label>{label}</Field.Label>
      <TextInput type="date" value={value} onChange={(event) => onChange(event.target.value)} />
      <Field.Hint />
    </Field.Root>
  );
}

/** Says what will happen to whom and when, then does it. */
export function PlanDialog({ act, plans, isRunning, onCancel, onConfirm }: PlanDialogProps) {
  const text = useText();
  const nameOf = useNameOf();
  const [plan, setPlan] = useState(plans[0]?.key ?? '');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const frame = (children: ReactNode, address: string, body: object) => (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onCancel())}
      title={text(`members.plans.${act.kind}`)}
      confirmLabel={text(`members.plans.${act.kind}`)}
      isRunning={isRunning}
      variant={act.kind === 'end' ? 'danger' : 'default'}
      onConfirm={() => onConfirm(address, body)}
    >
      <Flex direction="column" alignItems="stretch" gap={4} width="100%">
        {children}
      </Flex>
    </ConfirmDialog>
  );
  const untilDay = (label: string, hint: string) => (
    <Day name="until" label={label} hint={hint} value={until} onChange={setUntil} />
  );
  if (act.kind === 'grant') {
    const description = plans.find(({ key }) => key === plan)?.description;
    return frame(
      <>
        <Field.Root name="plan" width="100%">
          <Field.Label>{text('members.plans.plan')}</Field.Label>
          <SingleSelect value={plan} onChange={(key) => setPlan(String(key))}>
            {plans.map((each) => (
              <SingleSelectOption key={each.key} value={each.key}>
                {nameOf(each)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Field.Root>
        {description ? <Typography variant="pi">{description}</Typography> : null}
        <Day
          name="from"
          label={text('members.plans.from')}
          hint={text('members.plans.from-hint')}
          value={from}
          onChange={setFrom}
        />
        {untilDay(text('members.plans.until'), text('members.plans.until-hint'))}
      </>,
      '',
      { plan, startsAt: from || null, endsAt: until || null },
    );
  }
  const { id, planName } = act.membership;
  const asking = (
    <Typography>{text(`members.plans.${act.kind}-ask`, { name: planName })}</Typography>
  );
  if (act.kind === 'resume') return frame(asking, `/${id}/resume`, {});
  if (act.kind === 'pause') {
    const day = untilDay(text('members.plans.resumes'), text('members.plans.resumes-hint'));
    return frame(
      <>
        {asking}
        {day}
      </>,
      `/${id}/pause`,
      { resumesAt: until || null },
    );
  }
  const day = untilDay(text('members.plans.last-day'), text('members.plans.last-day-hint'));
  return frame(
    <>
      {asking}
      {day}
    </>,
    `/${id}/end`,
    { endsAt: until || null },
  );
}
