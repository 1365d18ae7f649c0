import { useState } from 'react';

import { Button, Field, Flex, Modal } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import { z } from 'zod';

import {
  customerViewSchema,
  customerViewsSchema,
  type CustomerView,
} from '../../shared/customer-work';
import { ConfirmDialog, useCrmMutation, useCrmQuery } from '../ui';
import { useText } from './text';

const savedSchema = z.object({ data: customerViewSchema });
const doneSchema = z.object({ data: z.object({}) });

/** What of the address bar a view keeps. */
export interface ViewState {
  readonly q: string;
  readonly tier: string;
  readonly segment: string;
  readonly consent: string;
  readonly lifecycle: string;
  readonly owner: string;
  readonly sort: string;
  readonly columns: string;
}

const NOTHING: ViewState = {
  q: '',
  tier: '',
  segment: '',
  consent: '',
  lifecycle: '',
  owner: '',
  sort: '',
  columns: '',
};

function stateOf({ query }: CustomerView): ViewState {
  const { columns, sort, ...filters } = query;
  return {
    ...NOTHING,
    ...filters,
    sort: sort === 'newest' ? '' : sort,
    columns: columns.join(','),
  };
}

function queryOf(state: ViewState) {
  const { columns, ...rest } = state;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
  return { ...given, columns: columns === '' ? [] : columns.split(',') };
}

const isSame = (a: ViewState, b: ViewState): boolean =>
  (Object.keys(NOTHING) as (keyof ViewState)[]).every((key) => a[key] === b[key]);

function SaveDialog({
  state,
  onClose,
}: {
  readonly state: ViewState;
  readonly onClose: (saved: boolean) => void;
}) {
  const text = useText();
  const [name, setName] = useState('');
  const save = useCrmMutation(savedSchema, (body: object) => ({
    method: 'POST',
    path: '/crm/customers/views',
    body,
  }));
  const submit = async () => {
    if (name.trim() === '') return;
    const saved = await save.run({ name, query: queryOf(state) });
    if (saved.ok) onClose(true);
  };
  return (
    <Modal.Root open onOpenChange={(open: boolean) => (open ? undefined : onClose(false))}>
      <Modal.Content>
        <Modal.Header closeLabel={text('customers.close')}>
          <Modal.Title>{text('customers.view.save')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Field.Root name="name" hint={text('customers.view.hint')} required>
            <Field.Label>{text('customers.view.name')}</Field.Label>
            <Field.Input value={name} onChange={(event) => setName(event.target.value)} />
            <Field.Hint />
          </Field.Root>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={() => onClose(false)}>
            {text('ui.cancel')}
          </Button>
          <Button loading={save.isRunning} onClick={() => void submit()}>
            {text('customers.record.save')}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}

interface ViewTabsProps {
  readonly state: ViewState;
  readonly onOpen: (state: ViewState) => void;
}

/** Kept views as tabs: everybody's, removed by whoever made one. What is shown now can be kept as another. */
export function ViewTabs({ state, onOpen }: ViewTabsProps) {
  const text = useText();
  const views = useCrmQuery(customerViewsSchema, '/crm/customers/views');
  const [isSaving, setSaving] = useState(false);
  const [removed, setRemoved] = useState<CustomerView | null>(null);
  const remove = useCrmMutation(doneSchema, (id: number) => ({
    method: 'DELETE',
    path: `/crm/customers/views/${id}`,
  }));
  const kept = views.data?.data ?? [];
  const open = kept.find((view) => isSame(stateOf(view), state));
  const isEverybody = isSame(NOTHING, state);
  return (
    <Flex gap={1} wrap="wrap" role="tablist" aria-label={text('customers.views')}>
      <Button
        role="tab"
        aria-selected={isEverybody}
        size="S"
        variant={isEverybody ? 'secondary' : 'ghost'}
        onClick={() => onOpen(NOTHING)}
      >
        {text('customers.view.all')}
      </Button>
      {kept.map((view) => (
        <Button
          key={view.id}
          role="tab"
          aria-selected={view === open}
          size="S"
          variant={view === open ? 'secondary' : 'ghost'}
          onClick={() => onOpen(stateOf(view))}
        >
          {view.name}
        </Button>
      ))}
      {open?.mayChange ? (
        <Button size="S" variant="ghost" startIcon={<Trash />} onClick={() => setRemoved(open)}>
          {text('customers.view.delete')}
        </Button>
      ) : null}
      {!open && !isEverybody ? (
        <Button size="S" variant="ghost" startIcon={<Plus />} onClick={() => setSaving(true)}>
          {text('customers.view.save')}
        </Button>
      ) : null}
      {isSaving ? (
        <SaveDialog
          state={state}
          onClose={(saved) => {
            setSaving(false);
            if (saved) views.refetch();
          }}
        />
      ) : null}
      <ConfirmDialog
        open={removed !== null}
        onOpenChange={() => setRemoved(null)}
        title={text('customers.view.delete')}
        confirmLabel={text('customers.view.delete')}
        variant="danger"
        isRunning={remove.isRunning}
        onConfirm={() => {
          void remove.run(removed?.id ?? 0).then(() => {
            setRemoved(null);
            views.refetch();
          });
        }}
      >
        {text('customers.view.delete.ask', { name: removed?.name ?? '' })}
      </ConfirmDialog>
    </Flex>
  );
}
