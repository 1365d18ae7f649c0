import { useState } from 'react';

import {
  Button,
  Field,
  Flex,
  SingleSelect,
  SingleSelectOption,
  TextInput,
  Typography,
} from '@strapi/design-system';
import { Download } from '@strapi/icons';

import { suppressionReasons } from '../../shared/consent';
import {
  suppressionDoneSchema,
  suppressionSchema,
  type SuppressedAddress,
  type SuppressionInput,
} from '../../shared/suppressions';
import {
  addressOf,
  ChannelBadge,
  ConfirmDialog,
  EditForm,
  EmptyState,
  ListTable,
  PageLayout,
  Panel,
  useCrmList,
  useCrmMutation,
  useDownload,
  useFormat,
  useMay,
  useUrlState,
  type Column,
} from '../ui';
import { useText } from './text';

const PATH = '/crm/suppressions';

/** Taking one off lets mail through that came back before: it asks, and says what happens. */
function TakeOff({
  row,
  onDone,
}: {
  readonly row: SuppressedAddress;
  readonly onDone: () => void;
}) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const removal = useCrmMutation(suppressionDoneSchema, () => ({
    method: 'DELETE',
    path: `${PATH}/${row.id}`,
  }));
  const run = async () => {
    await removal.run(undefined);
    setOpen(false);
    onDone();
  };
  const address = row.address ?? text('consent.suppressions.forgotten');
  return (
    <>
      <Button
        size="S"
        variant="danger-light"
        aria-label={`${address}: ${text('consent.suppressions.remove')}`}
        onClick={() => setOpen(true)}
      >
        {text('consent.suppressions.remove')}
      </Button>
      <ConfirmDialog
        open={isOpen}
        onOpenChange={setOpen}
        title={text('consent.suppressions.remove')}
        confirmLabel={text('consent.suppressions.remove')}
        isRunning={removal.isRunning}
        onConfirm={() => void run()}
        variant="danger"
      >
        {text(`consent.suppressions.remove-ask.${row.reason}`, { address })}
      </ConfirmDialog>
    </>
  );
}

function useColumns(onChanged: () => void): Column<SuppressedAddress>[] {
  const text = useText();
  const format = useFormat();
  const may = useMay('suppressions.update');
  const action: Column<SuppressedAddress> = {
    key: 'action',
    label: text('consent.suppressions.remove'),
    align: 'end',
    cell: (row) => <TakeOff row={row} onDone={onChanged} />,
  };
  return [
    {
      key: 'address',
      label: text('consent.suppressions.address'),
      card: 'title',
      cell: ({ address }) => (
        <Typography style={{ overflowWrap: 'anywhere' }}>
          {address ?? text('consent.suppressions.forgotten')}
        </Typography>
      ),
    },
    {
      key: 'channel',
      label: text('consent.suppressions.channel'),
      cell: ({ channel }) => <ChannelBadge channel={channel} />,
    },
    {
      key: 'reason',
      label: text('consent.suppressions.reason'),
      cell: ({ reason }) => text(`consent.suppressions.reason.${reason}`),
    },
    {
      key: 'since',
      label: text('consent.suppressions.since'),
      cell: ({ since }) => format.dateTime(since),
    },
    ...(may ? [action] : []),
  ];
}

interface AddFormProps {
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

function AddForm({ onDone, onCancel }: AddFormProps) {
  const text = useText();
  const [address, setAddress] = useState('');
  const add = useCrmMutation(suppressionDoneSchema, (body: SuppressionInput) => ({
    method: 'POST',
    path: PATH,
    body,
  }));
  const submit = async () => {
    const channel = address.includes('@') ? 'email' : 'sms';
    if ((await add.run({ channel, address })).ok) onDone();
  };
  return (
    <Panel title={text('consent.suppressions.add')}>
      <EditForm
        onSubmit={submit}
        onCancel={onCancel}
        isRunning={add.isRunning}
        labels={{
          save: text('consent.suppressions.add'),
          cancel: text('consent.suppressions.cancel'),
        }}
      >
        <Field.Root
          name="address"
          hint={text('consent.suppressions.add-hint')}
          error={add.fieldErrors.address}
        >
          <Field.Label>{text('consent.suppressions.address')}</Field.Label>
          <TextInput value={address} onChange={(event) => setAddress(event.target.value)} />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      </EditForm>
    </Panel>
  );
}

interface FilterProps {
  readonly url: Readonly<Record<'address' | 'reason', string>>;
  readonly setUrl: (change: Partial<Record<'address' | 'reason', string>>) => void;
}

function Filters({ url, setUrl }: FilterProps) {
  const text = useText();
  const [typed, setTyped] = useState(url.address);
  return (
    <Flex gap={3} wrap="wrap" alignItems="flex-end">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setUrl({ address: typed.trim() });
        }}
      >
        <Flex gap={2} alignItems="flex-end">
          <Field.Root name="search">
            <Field.Label>{text('consent.suppressions.search')}</Field.Label>
            <TextInput
              type="search"
              value={typed}
              placeholder="sato@example.jp"
              onChange={(event) => setTyped(event.target.value)}
            />
          </Field.Root>
          <Button type="submit" variant="secondary" size="L">
            {text('consent.suppressions.find')}
          </Button>
        </Flex>
      </form>
      <SingleSelect
        aria-label={text('consent.suppressions.reason')}
        value={url.reason}
        placeholder={text('consent.suppressions.all')}
        onClear={() => setUrl({ reason: '' })}
        onChange={(reason) => setUrl({ reason: String(reason) })}
      >
        {suppressionReasons.map((reason) => (
          <SingleSelectOption key={reason} value={reason}>
            {text(`consent.suppressions.reason.${reason}`)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Flex>
  );
}

/** To whom is nothing sent, and why? */
export default function SuppressionsPage() {
  const text = useText();
  const download = useDownload();
  const [url, setUrl] = useUrlState({ address: '', reason: '' });
  const list = useCrmList(suppressionSchema, PATH, url);
  const [isAdding, setAdding] = useState(false);
  const may = useMay('suppressions.update');
  const mayExport = useMay('customers.export');
  const done = () => {
    setAdding(false);
    list.refetch();
  };
  return (
    <PageLayout
      title={text('consent.suppressions.title')}
      subtitle={text('consent.suppressions.subtitle')}
      backTo="campaigns/mail"
      primaryAction={
        may ? (
          <Button onClick={() => setAdding(true)} disabled={isAdding}>
            {text('consent.suppressions.add')}
          </Button>
        ) : undefined
      }
      secondaryAction={
        mayExport ? (
          <Button
            variant="tertiary"
            startIcon={<Download />}
            onClick={() => void download(addressOf(`${PATH}/export`, url), 'suppressed.csv')}
          >
            {text('consent.suppressions.export')}
          </Button>
        ) : undefined
      }
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        {isAdding ? <AddForm onDone={done} onCancel={() => setAdding(false)} /> : null}
        <Filters url={url} setUrl={setUrl} />
        <ListTable
          caption={text('consent.suppressions.title')}
          columns={useColumns(list.refetch)}
          list={list}
          rowKey={({ id }) => id}
          empty={
            <EmptyState>
              {text(
                url.address || url.reason
                  ? 'consent.suppressions.none-here'
                  : 'consent.suppressions.empty',
              )}
            </EmptyState>
          }
        />
      </Flex>
    </PageLayout>
  );
}
