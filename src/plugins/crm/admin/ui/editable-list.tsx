import { useState, type ReactNode } from 'react';

import { Box, Button, Flex } from '@strapi/design-system';
import { Plus } from '@strapi/icons';

import type { QueryState } from './api/use-query';
import { ConfirmDialog } from './confirm-dialog';
import { PageLayout } from './page-layout';
import { Panel } from './panel';
import { EmptyState, ErrorState, Skeleton } from './states';

export interface EditedInPlace {
  /** Saved: the form closes, and what is shown is asked for anew. */
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

interface EditFormProps {
  readonly onSubmit: () => Promise<void>;
  readonly onCancel: () => void;
  readonly isRunning: boolean;
  readonly labels: { readonly save: string; readonly cancel: string };
  readonly children: ReactNode;
}

/** Fields one below the other; Enter saves. */
export function EditForm({ onSubmit, onCancel, isRunning, labels, children }: EditFormProps) {
  return (
    <Box
      tag="form"
      onSubmit={(event: { preventDefault(): void }) => {
        event.preventDefault();
        void onSubmit();
      }}
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        {children}
        <Flex gap={2} justifyContent="flex-end">
          <Button variant="tertiary" onClick={onCancel}>
            {labels.cancel}
          </Button>
          <Button type="submit" loading={isRunning}>
            {labels.save}
          </Button>
        </Flex>
      </Flex>
    </Box>
  );
}

interface EditableCardProps {
  readonly name: string;
  /** Without it the card is read only. */
  readonly may: boolean;
  readonly labels: {
    readonly edit: string;
    readonly remove: string;
    /** What goes with it, and for how many people. */
    readonly removeAsk: string;
  };
  readonly form: (edited: EditedInPlace) => ReactNode;
  readonly removal: { readonly isRunning: boolean; readonly run: () => Promise<{ ok: boolean }> };
  readonly onChanged: () => void;
  readonly children: ReactNode;
}

type CardState = Omit<EditableCardProps, 'may' | 'form'> & {
  readonly setMode: (mode: 'shown' | 'editing' | 'deleting') => void;
};

function CardButtons({ name, labels, setMode }: CardState) {
  return (
    <Flex gap={2}>
      <Button
        size="S"
        variant="tertiary"
        aria-label={`${name}: ${labels.edit}`}
        onClick={() => setMode('editing')}
      >
        {labels.edit}
      </Button>
      <Button
        size="S"
        variant="danger-light"
        aria-label={`${name}: ${labels.remove}`}
        onClick={() => setMode('deleting')}
      >
        {labels.remove}
      </Button>
    </Flex>
  );
}

/** One thing of a list: shown, edited in its place, removed after a question. */
export function EditableCard({ may, form, ...card }: EditableCardProps) {
  const [mode, setMode] = useState<'shown' | 'editing' | 'deleting'>('shown');
  const close = () => setMode('shown');
  const remove = async () => {
    const removed = await card.removal.run();
    close();
    if (removed.ok) card.onChanged();
  };
  if (mode === 'editing') {
    const onDone = () => {
      close();
      card.onChanged();
    };
    return <Panel title={card.name}>{form({ onDone, onCancel: close })}</Panel>;
  }
  return (
    <Panel title={card.name} action={may ? <CardButtons {...card} setMode={setMode} /> : undefined}>
      {card.children}
      <ConfirmDialog
        open={mode === 'deleting'}
        onOpenChange={(open) => (open ? undefined : close())}
        title={card.labels.remove}
        confirmLabel={card.labels.remove}
        isRunning={card.removal.isRunning}
        onConfirm={() => void remove()}
        variant="danger"
      >
        {card.labels.removeAsk}
      </ConfirmDialog>
    </Panel>
  );
}

interface EditableListPageProps<T> {
  readonly title: string;
  readonly subtitle: string;
  readonly backTo: string;
  readonly may: boolean;
  readonly labels: { readonly add: string; readonly empty: string };
  readonly query: QueryState<{ readonly data: readonly T[] }>;
  readonly form: (edited: EditedInPlace) => ReactNode;
  readonly card: (item: T, onChanged: () => void) => ReactNode;
  /** Stands above the list. */
  readonly lead?: ReactNode;
}

/** A screen of few things that are added and edited where they stand. */
export function EditableListPage<T>({ may, labels, query, ...page }: EditableListPageProps<T>) {
  const [adding, setAdding] = useState(false);
  const { data, error, isLoading, refetch } = query;
  const items = data?.data ?? [];
  const onDone = () => {
    setAdding(false);
    refetch();
  };
  const addButton = (
    <Button startIcon={<Plus />} onClick={() => setAdding(true)} disabled={adding || !may}>
      {labels.add}
    </Button>
  );
  return (
    <PageLayout
      title={page.title}
      subtitle={page.subtitle}
      backTo={page.backTo}
      primaryAction={addButton}
    >
      <Flex direction="column" alignItems="stretch" gap={5}>
        {page.lead}
        {isLoading ? <Skeleton lines={3} height="4rem" /> : null}
        {error ? <ErrorState error={error} onRetry={refetch} /> : null}
        {adding ? (
          <Panel title={labels.add}>
            {page.form({ onDone, onCancel: () => setAdding(false) })}
          </Panel>
        ) : null}
        {data && items.length === 0 && !adding ? (
          <EmptyState action={addButton}>{labels.empty}</EmptyState>
        ) : null}
        {items.map((item) => page.card(item, refetch))}
      </Flex>
    </PageLayout>
  );
}
