import { useState } from 'react';

import { Field, Textarea, TextInput, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';

import {
  topicAnswerSchema,
  topicListSchema,
  type Topic,
  type TopicInput,
} from '../../../shared/topics';
import {
  EditableCard,
  EditableListPage,
  EditForm,
  useAdminLocale,
  useCrmMutation,
  useCrmQuery,
  useFormat,
  useMay,
  type EditedInPlace,
} from '../../ui';

import { useText } from '../text';

const FIELDS = ['nameJa', 'nameEn', 'descriptionJa', 'descriptionEn'] as const;

interface FormProps extends EditedInPlace {
  /** Undefined: a new one. */
  readonly topic: Topic | undefined;
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
    <EditForm
      onSubmit={submit}
      onCancel={onCancel}
      isRunning={save.isRunning}
      labels={{ save: text('delivery.topics.save'), cancel: text('delivery.topics.cancel') }}
    >
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
    </EditForm>
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
  const remove = useCrmMutation(topicAnswerSchema, (id: number) => ({
    method: 'DELETE',
    path: `/crm/topics/${id}`,
  }));
  const name = locale === 'ja' ? topic.nameJa : topic.nameEn;
  return (
    <EditableCard
      name={name}
      may={may}
      labels={{
        edit: text('delivery.topics.edit'),
        remove: text('delivery.topics.remove'),
        removeAsk: text('delivery.topics.remove-ask', { name }),
      }}
      form={(edited) => <TopicForm topic={topic} {...edited} />}
      removal={{ isRunning: remove.isRunning, run: () => remove.run(topic.id) }}
      onChanged={onChanged}
    >
      <Typography tag="p">
        {(locale === 'ja' ? topic.descriptionJa : topic.descriptionEn) || '—'}
      </Typography>
      <Typography variant="pi" textColor="neutral600" tag="p">
        {text('delivery.topics.refusals', { count: format.number(topic.refusals) })}
      </Typography>
    </EditableCard>
  );
}

/** What people may choose to hear about. */
export default function TopicsPage() {
  const text = useText();
  return (
    <EditableListPage
      title={text('delivery.topics.title')}
      subtitle={text('delivery.topics.subtitle')}
      backTo="campaigns"
      may={useMay('campaigns.rules')}
      labels={{ add: text('delivery.topics.add'), empty: text('delivery.topics.empty') }}
      query={useCrmQuery(topicListSchema, '/crm/topics')}
      form={(edited) => <TopicForm topic={undefined} {...edited} />}
      card={(topic, onChanged) => <TopicCard key={topic.id} topic={topic} onChanged={onChanged} />}
    />
  );
}
