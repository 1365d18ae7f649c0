import { useState } from 'react';

import { Box, Button, Field, Flex, Textarea, TextInput, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';

import {
  topicAnswerSchema,
  topicListSchema,
  type Topic,
  type TopicInput,
} from '../../../shared/topics';
import {
  ConfirmDialog,
  EmptyState,
  ErrorState,
  PageLayout,
  Panel,
  Skeleton,
  useAdminLocale,
  useCrmMutation,
  useCrmQuery,
  useFormat,
  useMay,
} from '../../ui';

import { useText } from '../text';

const FIELDS = ['nameJa', 'nameEn', 'descriptionJa', 'descriptionEn'] as const;

interface FormProps {
  /** Undefined: a new one. */
  readonly topic: Topic | undefined;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

function TopicForm({ topic, onDone, onCancel }: FormProps) {
  const text = useText();
  const { toggleNotification } = useNotification();
  const [form, setForm] = useState<TopicInput>({
    nameJa: topic?.nameJa ?? '',
    nameEn: topic?.nameEn ?? '',
    descriptionJa: topic?.descriptionJa ?? '',
    descriptionEn: topic?.descriptionEn ?? '',
  });
  const save = useCrmMutation(topicAnswerSchema, (body: TopicInput) => ({
    method: topic ? 'PUT' : 'POST',
    path: topic ? `/crm/topics/${topic.id}` : '/crm/topics',
    body,
  }));
  const submit = async () => {
    const saved = await save.run(form);
    if (!saved.ok) return;
    toggleNotification({ type: 'success', message: text('delivery.topics.saved') });
    onDone();
  };
  return (
    <Box
      tag="form"
      onSubmit={(event: { preventDefault(): void }) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        {FIELDS.map((name) => {
          const Input = name.startsWith('name') ? TextInput : Textarea;
          return (
            <Field.Root
              key={name}
              name={name}
              required={name.startsWith('name')}
              error={save.fieldErrors[name]}
            >
              <Field.Label>{text(`delivery.topics.${name}`)}</Field.Label>
              <Input
                value={form[name]}
                onChange={(event: { target: { value: string } }) =>
                  setForm((before) => ({ ...before, [name]: event.target.value }))
                }
              />
              <Field.Error />
            </Field.Root>
          );
        })}
        <Flex gap={2} justifyContent="flex-end">
          <Button variant="tertiary" onClick={onCancel}>
            {text('delivery.topics.cancel')}
          </Button>
          <Button type="submit" loading={save.isRunning}>
            {text('delivery.topics.save')}
          </Button>
        </Flex>
      </Flex>
    </Box>
  );
}

interface CardProps {
  readonly topic: Topic;
  readonly onChanged: () => void;
}

function TopicCard({ topic, onChanged }: CardProps) {
  const text = useText();
  const format = useFormat();
  const locale = useAdminLocale();
  const may = useMay('campaigns.rules');
  const [mode, setMode] = useState<'shown' | 'editing' | 'deleting'>('shown');
  const remove = useCrmMutation(topicAnswerSchema, (id: number) => ({
    method: 'DELETE',
    path: `/crm/topics/${id}`,
  }));
  const name = locale === 'ja' ? topic.nameJa : topic.nameEn;
  const done = () => {
    setMode('shown');
    onChanged();
  };
  if (mode === 'editing') {
    return (
      <Panel title={name}>
        <TopicForm topic={topic} onDone={done} onCancel={() => setMode('shown')} />
      </Panel>
    );
  }
  return (
    <Panel
      title={name}
      action={
        may ? (
          <Flex gap={2}>
            <Button
              size="S"
              variant="tertiary"
              aria-label={`${name}: ${text('delivery.topics.edit')}`}
              onClick={() => setMode('editing')}
            >
              {text('delivery.topics.edit')}
            </Button>
            <Button
              size="S"
              variant="danger-light"
              aria-label={`${name}: ${text('delivery.topics.remove')}`}
              onClick={() => setMode('deleting')}
            >
              {text('delivery.topics.remove')}
            </Button>
          </Flex>
        ) : undefined
      }
    >
      <Typography tag="p">
        {(locale === 'ja' ? topic.descriptionJa : topic.descriptionEn) || '—'}
      </Typography>
      <Typography variant="pi" textColor="neutral600" tag="p">
        {text('delivery.topics.refusals', { count: format.number(topic.refusals) })}
      </Typography>
      <ConfirmDialog
        open={mode === 'deleting'}
        onOpenChange={(open) => (open ? undefined : setMode('shown'))}
        title={text('delivery.topics.remove')}
        confirmLabel={text('delivery.topics.remove')}
        isRunning={remove.isRunning}
        onConfirm={() => void remove.run(topic.id).then(done)}
        variant="danger"
      >
        {text('delivery.topics.remove-ask', { name })}
      </ConfirmDialog>
    </Panel>
  );
}

/** What people may choose to hear about. */
export default function TopicsPage() {
  const text = useText();
  const may = useMay('campaigns.rules');
  const [adding, setAdding] = useState(false);
  const { data, error, isLoading, refetch } = useCrmQuery(topicListSchema, '/crm/topics');
  const topics = data?.data ?? [];
  const added = () => {
    setAdding(false);
    refetch();
  };
  const addButton = (
    <Button startIcon={<Plus />} onClick={() => setAdding(true)} disabled={adding || !may}>
      {text('delivery.topics.add')}
    </Button>
  );
  return (
    <PageLayout
      title={text('delivery.topics.title')}
      subtitle={text('delivery.topics.subtitle')}
      backTo="campaigns"
      primaryAction={addButton}
    >
      <Flex direction="column" alignItems="stretch" gap={5}>
        {isLoading ? <Skeleton lines={3} height="4rem" /> : null}
        {error ? <ErrorState error={error} onRetry={refetch} /> : null}
        {adding ? (
          <Panel title={text('delivery.topics.add')}>
            <TopicForm topic={undefined} onDone={added} onCancel={() => setAdding(false)} />
          </Panel>
        ) : null}
        {data && topics.length === 0 && !adding ? (
          <EmptyState action={addButton}>{text('delivery.topics.empty')}</EmptyState>
        ) : null}
        {topics.map((topic) => (
          <TopicCard key={topic.id} topic={topic} onChanged={refetch} />
        ))}
      </Flex>
    </PageLayout>
  );
}
