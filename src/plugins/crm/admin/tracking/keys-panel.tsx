import { useState } from 'react';

import {
  Box,
  Button,
  Field,
  Flex,
  SingleSelect,
  SingleSelectOption,
  TextInput,
  Typography,
} from '@strapi/design-system';
import { z } from 'zod';

import {
  keyScopes,
  newWriteKeyAnswerSchema,
  writeKeysAnswerSchema,
  type KeyScope,
  type WriteKey,
} from '../../shared/tracking';
import {
  ConfirmDialog,
  DataTable,
  EmptyState,
  ErrorState,
  Panel,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
  useFormat,
  type Column,
} from '../ui';
import { Code, CopyButton } from './install-panel';
import { useText } from './text';

type Act = { readonly kind: 'replace' | 'revoke'; readonly key: WriteKey };

const endedSchema = z.object({ data: z.object({ ended: z.literal(true) }) });

function useColumns(onAct: (act: Act) => void): readonly Column<WriteKey>[] {
  const text = useText();
  const format = useFormat();
  const moment = (at: number | null) => (at === null ? '–' : format.dateTime(at));
  return [
    {
      key: 'name',
      label: text('tracking.keys.name'),
      card: 'title',
      cell: ({ name, hint }) => (
        <Typography fontWeight="semiBold">{`${name} (…${hint})`}</Typography>
      ),
    },
    {
      key: 'scope',
      label: text('tracking.keys.scope'),
      cell: ({ scope }) => text(`tracking.keys.scope.${scope}`),
    },
    {
      key: 'created',
      label: text('tracking.keys.created'),
      cell: ({ createdAt }) => moment(createdAt),
    },
    {
      key: 'used',
      label: text('tracking.keys.used'),
      cell: ({ lastUsedAt }) => moment(lastUsedAt),
    },
    {
      key: 'state',
      label: text('tracking.keys.state'),
      cell: ({ isLive, endsAt }) => {
        if (!isLive) return text('tracking.keys.ended');
        return endsAt === null
          ? text('tracking.keys.live')
          : text('tracking.keys.ends', { at: format.dateTime(endsAt) });
      },
    },
    {
      key: 'acts',
      label: text('tracking.keys.acts'),
      cell: (key) =>
        key.isLive ? (
          <Flex gap={2} wrap="wrap">
            <Button size="S" variant="tertiary" onClick={() => onAct({ kind: 'replace', key })}>
              {text('tracking.keys.replace.short')}
            </Button>
            <Button size="S" variant="danger-light" onClick={() => onAct({ kind: 'revoke', key })}>
              {text('tracking.keys.revoke')}
            </Button>
          </Flex>
        ) : (
          '–'
        ),
    },
  ];
}

/** Shown once: only its hash is kept. */
function Made({ value, onClose }: { readonly value: string; readonly onClose: () => void }) {
  const text = useText();
  return (
    <Box background="success100" padding={4} hasRadius role="status">
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Typography fontWeight="semiBold">{text('tracking.keys.made')}</Typography>
        <Code>{value}</Code>
        <Flex gap={2} wrap="wrap">
          <CopyButton value={value} />
          <Button variant="tertiary" onClick={onClose}>
            {text('tracking.keys.close')}
          </Button>
        </Flex>
      </Flex>
    </Box>
  );
}

function NewKey({ onMade }: { readonly onMade: (key: string) => void }) {
  const text = useText();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<KeyScope>('events');
  const make = useCrmMutation(newWriteKeyAnswerSchema, () => ({
    method: 'POST',
    path: '/crm/tracking/keys',
    body: { name, scope },
  }));
  const submit = async () => {
    const made = await make.run(undefined);
    if (!made.ok) return;
    setName('');
    onMade(made.value.data.key);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Flex gap={3} wrap="wrap" alignItems="flex-end">
        <Field.Root error={make.fieldErrors.name} hint={text('tracking.keys.hint')}>
          <Field.Label>{text('tracking.keys.name')}</Field.Label>
          <TextInput
            value={name}
            maxLength={60}
            onChange={(event) => setName(event.target.value)}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
        <Field.Root hint={text(`tracking.keys.scope.${scope}.what`)}>
          <Field.Label>{text('tracking.keys.scope')}</Field.Label>
          <SingleSelect
            value={scope}
            onChange={(chosen) => setScope(chosen === 'orders' ? 'orders' : 'events')}
          >
            {keyScopes.map((each) => (
              <SingleSelectOption key={each} value={each}>
                {text(`tracking.keys.scope.${each}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
          <Field.Hint />
        </Field.Root>
        <Button type="submit" disabled={name.trim() === ''} loading={make.isRunning}>
          {text('tracking.keys.make')}
        </Button>
      </Flex>
    </form>
  );
}

interface AskProps {
  readonly act: Act;
  readonly onClose: () => void;
  /** The new key, where one was made. */
  readonly onDone: (made: string | undefined) => void;
}

function Ask({ act, onClose, onDone }: AskProps) {
  const text = useText();
  const replace = useCrmMutation(newWriteKeyAnswerSchema, (id: number) => ({
    method: 'POST',
    path: `/crm/tracking/keys/${id}/replace`,
  }));
  const revoke = useCrmMutation(endedSchema, (id: number) => ({
    method: 'DELETE',
    path: `/crm/tracking/keys/${id}`,
  }));
  const confirm = async () => {
    if (act.kind === 'replace') {
      const done = await replace.run(act.key.id);
      if (done.ok) onDone(done.value.data.key);
    } else if ((await revoke.run(act.key.id)).ok) onDone(undefined);
    onClose();
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={text(`tracking.keys.${act.kind}`)}
      confirmLabel={text(`tracking.keys.${act.kind}`)}
      variant={act.kind === 'revoke' ? 'danger' : 'default'}
      isRunning={replace.isRunning || revoke.isRunning}
      onConfirm={() => void confirm()}
    >
      {text(`tracking.keys.${act.kind}.what`, { name: act.key.name })}
    </ConfirmDialog>
  );
}

/** Other systems' keys: made, replaced, ended. */
export function KeysPanel() {
  const text = useText();
  const keys = useCrmQuery(writeKeysAnswerSchema, '/crm/tracking/keys');
  const [act, setAct] = useState<Act>();
  const [made, setMade] = useState<string>();
  const columns = useColumns(setAct);
  const show = (key: string | undefined) => {
    setMade(key);
    keys.refetch();
  };
  const rows = keys.data?.data ?? [];
  return (
    <Panel title={text('tracking.keys.title')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography textColor="neutral600">{text('tracking.keys.lead')}</Typography>
        <NewKey onMade={show} />
        {made ? <Made value={made} onClose={() => setMade(undefined)} /> : null}
        {keys.error ? <ErrorState error={keys.error} onRetry={keys.refetch} /> : null}
        {keys.isLoading ? <Skeleton lines={2} /> : null}
        {keys.data && rows.length === 0 ? (
          <EmptyState>{text('tracking.keys.empty')}</EmptyState>
        ) : null}
        {rows.length > 0 ? (
          <DataTable
            caption={text('tracking.keys.title')}
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
          />
        ) : null}
      </Flex>
      {act ? <Ask act={act} onClose={() => setAct(undefined)} onDone={show} /> : null}
    </Panel>
  );
}
