import { useState } from 'react';

import {
  Button,
  Field,
  Flex,
  NumberInput,
  SingleSelect,
  SingleSelectOption,
  TextInput,
  Typography,
} from '@strapi/design-system';

import { audienceAnswerSchema } from '../../shared/tracking';
import { ErrorState, Panel, Skeleton, useCrmQuery, useFormat } from '../ui';
import { useText } from './text';

const TYPES = ['page', 'track'] as const;
type Type = (typeof TYPES)[number];

interface Question {
  readonly type: Type;
  readonly name: string;
  readonly times: number;
  readonly days: number;
}

/** "Looked at this page twice, and is no member": how many, never who. */
export function AudiencePanel() {
  const text = useText();
  const format = useFormat();
  const [draft, setDraft] = useState<Question>({ type: 'page', name: '', times: 2, days: 30 });
  const [asked, setAsked] = useState<Question>();
  const answer = useCrmQuery(
    audienceAnswerSchema,
    asked ? '/crm/tracking/audience' : null,
    asked ? { ...asked, times: String(asked.times), days: String(asked.days) } : {},
  );
  const found = answer.data?.data;
  const change = (part: Partial<Question>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <Panel title={text('tracking.audience.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (draft.name.trim() !== '') setAsked(draft);
        }}
      >
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Typography textColor="neutral600">{text('tracking.audience.lead')}</Typography>
          <Flex gap={4} wrap="wrap" alignItems="flex-end">
            <Field.Root>
              <Field.Label>{text('tracking.audience.type')}</Field.Label>
              <SingleSelect
                value={draft.type}
                onChange={(value) => change({ type: value === 'track' ? 'track' : 'page' })}
              >
                {TYPES.map((type) => (
                  <SingleSelectOption key={type} value={type}>
                    {text(`tracking.audience.type.${type}`)}
                  </SingleSelectOption>
                ))}
              </SingleSelect>
            </Field.Root>
            <Field.Root>
              <Field.Label>{text('tracking.audience.name')}</Field.Label>
              <TextInput
                value={draft.name}
                placeholder={draft.type === 'page' ? '/products/…' : 'Product Viewed'}
                onChange={(event) => change({ name: event.target.value })}
              />
            </Field.Root>
            <Field.Root>
              <Field.Label>{text('tracking.audience.times')}</Field.Label>
              <NumberInput
                value={draft.times}
                onValueChange={(times) => change({ times: Math.max(1, times ?? 1) })}
              />
            </Field.Root>
            <Field.Root>
              <Field.Label>{text('tracking.audience.days')}</Field.Label>
              <NumberInput
                value={draft.days}
                onValueChange={(days) => change({ days: Math.max(1, days ?? 1) })}
              />
            </Field.Root>
            <Button type="submit" disabled={draft.name.trim() === ''} loading={answer.isFetching}>
              {text('tracking.audience.count')}
            </Button>
          </Flex>
          {answer.error ? <ErrorState error={answer.error} onRetry={answer.refetch} /> : null}
          {asked && !found && !answer.error ? <Skeleton lines={1} /> : null}
          {found && !answer.error ? (
            <Typography variant="delta" tag="p" aria-live="polite">
              {found.visitors === null
                ? text('tracking.audience.few', { least: found.least })
                : text('tracking.audience.answer', { visitors: format.number(found.visitors) })}
            </Typography>
          ) : null}
        </Flex>
      </form>
    </Panel>
  );
}
