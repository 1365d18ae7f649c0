import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';

import { topicListSchema } from '../../../shared/topics';
import { useAdminLocale, useCrmQuery } from '../../ui';

import { useText } from '../text';

import type { StepProps } from './draft';

/** What it is about, where the house has topics: who does not want this one is left out. */
export function TopicField({ draft, change }: StepProps) {
  const text = useText();
  const locale = useAdminLocale();
  const topics = useCrmQuery(topicListSchema, '/crm/topics').data?.data ?? [];
  if (topics.length === 0) return null;
  return (
    <Field.Root name="topic" hint={text('delivery.topics.field-hint')}>
      <Field.Label>{text('delivery.topics.field')}</Field.Label>
      <SingleSelect
        value={draft.topic === null ? '' : String(draft.topic)}
        placeholder={text('delivery.topics.any')}
        onClear={() => change({ topic: null })}
        onChange={(topic) => change({ topic: Number(topic) })}
      >
        {topics.map((topic) => (
          <SingleSelectOption key={topic.id} value={String(topic.id)}>
            {locale === 'ja' ? topic.nameJa : topic.nameEn}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Hint />
    </Field.Root>
  );
}
