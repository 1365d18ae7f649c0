import { useState } from 'react';

import { Button, Flex, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';

import {
  memberFieldsAnswerSchema,
  type MemberField,
  type MemberFieldsAnswer,
} from '../../shared/member-fields';
import {
  EmptyState,
  ErrorState,
  PageLayout,
  Panel,
  Skeleton,
  useCrmMutation,
  useCrmQuery,
} from '../ui';
import { MemberFieldRow } from './member-field-row';
import { useText } from './text';

const isAsked = (field: MemberField) => field.onRegistration || field.onMyPage;

/** Chosen ones first, in their order; then those that nobody is asked for yet. */
function draftOf({ fields, available }: MemberFieldsAnswer): readonly MemberField[] {
  const chosen = new Set(fields.map(({ name }) => name));
  const rest = available
    .filter(({ name }) => !chosen.has(name))
    .map(({ name }) => ({
      name,
      label: '',
      labelEn: null,
      onRegistration: false,
      onMyPage: false,
      required: false,
    }));
  return [...fields, ...rest];
}

function swapped(fields: readonly MemberField[], from: number, to: number): MemberField[] {
  const next = [...fields];
  const [one, other] = [next[from], next[to]];
  if (one && other) [next[from], next[to]] = [other, one];
  return next;
}

interface EditorProps {
  readonly answer: MemberFieldsAnswer;
  readonly onSaved: () => void;
}

function Editor({ answer, onSaved }: EditorProps) {
  const text = useText();
  const { toggleNotification } = useNotification();
  const [fields, setFields] = useState(() => draftOf(answer));
  const asked = fields.filter(isAsked);
  const save = useCrmMutation(memberFieldsAnswerSchema, () => ({
    method: 'PUT',
    path: '/crm/member-fields',
    body: { fields: asked },
  }));
  const submit = async () => {
    if (!(await save.run(undefined)).ok) return;
    toggleNotification({ type: 'success', message: text('members.fields.saved') });
    onSaved();
  };
  const change = (name: string, patch: Partial<MemberField>) =>
    setFields(fields.map((field) => (field.name === name ? { ...field, ...patch } : field)));
  return (
    <>
      <Panel title={text('members.fields.list')}>
        <Flex tag="ol" direction="column" alignItems="stretch" gap={4}>
          {fields.map((field, index) => (
            <MemberFieldRow
              key={field.name}
              field={field}
              type={answer.available.find(({ name }) => name === field.name)?.type ?? 'text'}
              error={save.fieldErrors[`fields.${asked.indexOf(field)}.label`]}
              onChange={(patch) => change(field.name, patch)}
              onUp={index > 0 ? () => setFields(swapped(fields, index, index - 1)) : undefined}
              onDown={
                index < fields.length - 1
                  ? () => setFields(swapped(fields, index, index + 1))
                  : undefined
              }
            />
          ))}
        </Flex>
      </Panel>
      <Flex justifyContent="flex-end">
        <Button loading={save.isRunning} onClick={() => void submit()}>
          {text('members.save')}
        </Button>
      </Flex>
    </>
  );
}

/** Which fields of the operator's own members fill in when they register and on my page. */
export default function MemberFieldsPage() {
  const text = useText();
  const { data, error, isLoading, refetch } = useCrmQuery(
    memberFieldsAnswerSchema,
    '/crm/member-fields',
  );
  const answer = data?.data;
  return (
    <PageLayout
      title={text('members.fields.page-title')}
      subtitle={text('members.fields.page-lead')}
      backTo="settings"
    >
      <Flex direction="column" alignItems="stretch" gap={5}>
        {isLoading ? <Skeleton lines={4} height="4rem" /> : null}
        {error ? <ErrorState error={error} onRetry={refetch} /> : null}
        {answer && answer.available.length === 0 ? (
          <EmptyState>{text('members.fields.empty')}</EmptyState>
        ) : null}
        {answer && answer.available.length > 0 ? (
          <>
            <Typography textColor="neutral600">{text('members.fields.how')}</Typography>
            <Editor key={JSON.stringify(answer)} answer={answer} onSaved={refetch} />
          </>
        ) : null}
      </Flex>
    </PageLayout>
  );
}
