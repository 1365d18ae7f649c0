import { useState } from 'react';

import { Button, Field, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';

import type { Task, TaskInput } from '../../shared/activities';
import { customerOptionsSchema } from '../../shared/customers';
import { useCrmQuery, useShortcuts } from '../ui';
import { useText } from './text';

interface TaskFormProps {
  readonly task?: Task;
  readonly isSaving: boolean;
  readonly onCancel: () => void;
  readonly onSave: (task: TaskInput) => void;
}

/** A new task, or one to change: what, by when, by whom. */
export function TaskForm({ task, isSaving, onCancel, onSave }: TaskFormProps) {
  const text = useText();
  const [title, setTitle] = useState(task?.title ?? '');
  const [dueOn, setDueOn] = useState(task?.dueOn ?? '');
  const [assignee, setAssignee] = useState(task?.assigneeId ? String(task.assigneeId) : '');
  const options = useCrmQuery(customerOptionsSchema, '/crm/customers/options');
  const isReady = title.trim() !== '' && !isSaving;
  const save = () => {
    if (!isReady) return;
    onSave({
      title: title.trim(),
      dueOn: dueOn === '' ? null : dueOn,
      assigneeId: assignee === '' ? null : Number(assignee),
    });
  };
  useShortcuts({ save, close: onCancel });
  return (
    <Flex direction="column" alignItems="stretch" gap={3} paddingTop={3} paddingBottom={3}>
      <Field.Root name="title" width="100%">
        <Field.Label>{text('activities.task.title')}</Field.Label>
        <Field.Input
          autoFocus
          value={title}
          maxLength={500}
          placeholder={text('activities.task.title.example')}
          onChange={(event) => setTitle(event.target.value)}
        />
      </Field.Root>
      <Field.Root name="dueOn" width="100%">
        <Field.Label>{text('activities.task.due')}</Field.Label>
        <Field.Input type="date" value={dueOn} onChange={(event) => setDueOn(event.target.value)} />
      </Field.Root>
      <Field.Root name="assignee" width="100%">
        <Field.Label>{text('activities.task.assignee')}</Field.Label>
        <SingleSelect
          value={assignee}
          placeholder={text('activities.task.assignee.none')}
          clearLabel={text('activities.task.clear')}
          onClear={() => setAssignee('')}
          onChange={(chosen) => setAssignee(String(chosen ?? ''))}
        >
          {(options.data?.data.owner ?? []).map(({ value, label }) => (
            <SingleSelectOption key={value} value={value}>
              {label}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
      <Flex gap={2} justifyContent="flex-end">
        <Button variant="tertiary" size="S" onClick={onCancel}>
          {text('ui.cancel')}
        </Button>
        <Button size="S" disabled={!isReady} loading={isSaving} onClick={save}>
          {text('activities.save')}
        </Button>
      </Flex>
    </Flex>
  );
}
