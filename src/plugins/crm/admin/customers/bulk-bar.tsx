import { useEffect, useState } from 'react';

import {
  Box,
  Button,
  Field,
  Flex,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';

import { bulkAnswerSchema, type BulkAction, type BulkRun } from '../../shared/customer-work';
import type { CustomerOptions } from '../../shared/customers';
import { ConfirmDialog, Progress, useCrmMutation, useCrmQuery, useFormat } from '../ui';
import { useText } from './text';
import { usePolling } from './use-polling';

const KINDS = ['addTag', 'removeTag', 'setLifecycle', 'setOwner'] as const;
type Kind = (typeof KINDS)[number];

function actionOf(kind: Kind, value: string): BulkAction {
  if (kind === 'setOwner') return { kind, value: value === 'none' ? null : Number(value) };
  if (kind === 'setLifecycle') return { kind, value: value.trim() };
  return { kind, value: value.trim() };
}

/** Whom it concerns: people chosen one by one, or all that the list shows. */
export type Selection =
  { readonly ids: readonly number[] } | { readonly filter: Readonly<Record<string, string>> };

interface BulkBarProps {
  readonly selection: Selection;
  readonly count: number;
  /** There may be more: only so many were counted. */
  readonly isAtLeast: boolean;
  readonly options: CustomerOptions;
  readonly onStarted: (run: BulkRun) => void;
  readonly onClear: () => void;
}

interface ValueInputProps {
  readonly kind: Kind;
  readonly value: string;
  readonly options: CustomerOptions;
  readonly onChange: (value: string) => void;
}

function ValueInput({ kind, value, options, onChange }: ValueInputProps) {
  const text = useText();
  if (kind !== 'setOwner') {
    return (
      <Field.Root>
        <Field.Input
          size="S"
          aria-label={text(`customers.bulk.${kind}`)}
          placeholder={text(
            kind === 'setLifecycle' ? 'customers.field.lifecycleStage' : 'customers.card.tags',
          )}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field.Root>
    );
  }
  return (
    <SingleSelect
      size="S"
      aria-label={text('customers.column.owner')}
      value={value}
      onChange={(chosen) => onChange(String(chosen))}
    >
      <SingleSelectOption value="none">{text('customers.owner.none')}</SingleSelectOption>
      {options.owner.map((owner) => (
        <SingleSelectOption key={owner.value} value={owner.value}>
          {owner.label}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  );
}

/** What can be done with everybody who is chosen. It asks once, in words that say how many. */
export function BulkBar({ selection, options, onStarted, onClear, ...many }: BulkBarProps) {
  const text = useText();
  const count = text(many.isAtLeast ? 'customers.bulk.at-least' : 'customers.bulk.people', {
    count: many.count,
  });
  const [kind, setKind] = useState<Kind>('addTag');
  const [value, setValue] = useState('');
  const [isAsking, setAsking] = useState(false);
  const start = useCrmMutation(bulkAnswerSchema, (body: object) => ({
    method: 'POST',
    path: '/crm/customers/bulk',
    body,
  }));
  const owner =
    options.owner.find((each) => each.value === value)?.label ?? text('customers.owner.none');
  const run = async () => {
    const started = await start.run({ action: actionOf(kind, value), ...selection });
    setAsking(false);
    if (started.ok) onStarted(started.value.data);
  };
  return (
    <Box
      background="primary100"
      padding={3}
      hasRadius
      role="region"
      aria-label={text('customers.bulk')}
    >
      <Flex gap={3} wrap="wrap" alignItems="center">
        <Typography fontWeight="bold">{text('customers.bulk.chosen', { count })}</Typography>
        <Box minWidth="16rem">
          <SingleSelect
            size="S"
            aria-label={text('customers.bulk.action')}
            value={kind}
            onChange={(chosen) => {
              setKind(KINDS.find((each) => each === chosen) ?? 'addTag');
              setValue('');
            }}
          >
            {KINDS.map((each) => (
              <SingleSelectOption key={each} value={each}>
                {text(`customers.bulk.${each}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Box>
        <Box minWidth="16rem">
          <ValueInput kind={kind} value={value} options={options} onChange={setValue} />
        </Box>
        <Button size="S" disabled={value.trim() === ''} onClick={() => setAsking(true)}>
          {text('customers.bulk.run')}
        </Button>
        <Button size="S" variant="ghost" onClick={onClear}>
          {text('customers.bulk.clear')}
        </Button>
      </Flex>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={text(`customers.bulk.${kind}`)}
        confirmLabel={text('customers.bulk.run')}
        isRunning={start.isRunning}
        onConfirm={() => void run()}
      >
        {text(`customers.bulk.ask.${kind}`, {
          count,
          value: kind === 'setOwner' ? owner : value.trim(),
        })}
      </ConfirmDialog>
    </Box>
  );
}

const UNDER_WAY: readonly BulkRun['status'][] = ['queued', 'running', 'undoing'];

interface BulkProgressProps {
  readonly run: BulkRun;
  readonly onOver: () => void;
  readonly onClose: () => void;
}

/** How far it has come; when it is over, the way back. */
export function BulkProgress({ run: started, onOver, onClose }: BulkProgressProps) {
  const text = useText();
  const format = useFormat();
  const query = useCrmQuery(bulkAnswerSchema, `/crm/customers/bulk/${started.id}`);
  const run = query.data?.data ?? started;
  const { status } = run;
  const isUnderWay = UNDER_WAY.includes(status);
  usePolling(isUnderWay, query.refetch);
  // The list below would go on showing people as they were; an undo may be over at the first look.
  useEffect(() => {
    if (!UNDER_WAY.includes(status)) onOver();
  }, [status, onOver]);
  const undo = useCrmMutation(bulkAnswerSchema, () => ({
    method: 'POST',
    path: `/crm/customers/bulk/${started.id}/undo`,
  }));
  return (
    <Box background="neutral0" padding={4} hasRadius shadow="tableShadow" role="status">
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Progress
          done={isUnderWay ? run.done : 1}
          total={isUnderWay ? (run.status === 'undoing' ? run.changed : run.total) : 1}
          label={text(`customers.bulk.status.${run.status}`, {
            changed: format.number(run.changed),
          })}
        />
        {isUnderWay ? null : (
          <Flex gap={2}>
            {run.status === 'done' ? (
              <Button
                size="S"
                variant="tertiary"
                loading={undo.isRunning}
                onClick={() => void undo.run(undefined).then(query.refetch)}
              >
                {text('customers.bulk.undo')}
              </Button>
            ) : null}
            <Button size="S" variant="ghost" onClick={onClose}>
              {text('customers.close')}
            </Button>
          </Flex>
        )}
      </Flex>
    </Box>
  );
}
