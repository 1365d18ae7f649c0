import { useState } from 'react';

import { Box, Button, Checkbox, Flex, IconButton, Typography } from '@strapi/design-system';
import { Pencil, Plus, Trash } from '@strapi/icons';
import { z } from 'zod';

import {
  savedTaskSchema,
  type Task,
  type TaskChange,
  type TaskInput,
} from '../../shared/activities';
import { Panel, useCrmMutation, useFormat, useMay } from '../ui';
import { DueLabel } from './due-label';
import { TaskForm } from './task-form';
import { useText } from './text';
import { UndoLine } from './undo-line';

interface TaskLineProps {
  readonly task: Task;
  readonly today: string;
  readonly onChanged: () => void;
  readonly onDeleted: (task: Task) => void;
}

function useTaskActions(id: number) {
  const change = useCrmMutation(savedTaskSchema, (body: TaskChange) => ({
    method: 'PUT',
    path: `/crm/tasks/${id}`,
    body,
  }));
  const remove = useCrmMutation(z.object({ data: z.literal(true) }), () => ({
    method: 'DELETE',
    path: `/crm/tasks/${id}`,
  }));
  return { change, remove };
}

interface TaskActionsProps {
  readonly title: string;
  readonly isBusy: boolean;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

function TaskActions({ title, isBusy, onEdit, onDelete }: TaskActionsProps) {
  const text = useText();
  return (
    <Flex>
      <IconButton
        variant="ghost"
        size="S"
        label={text('activities.task.edit', { title })}
        onClick={onEdit}
      >
        <Pencil />
      </IconButton>
      <IconButton
        variant="ghost"
        size="S"
        disabled={isBusy}
        label={text('activities.task.delete', { title })}
        onClick={onDelete}
      >
        <Trash />
      </IconButton>
    </Flex>
  );
}

function TaskLine({ task, today, onChanged, onDeleted }: TaskLineProps) {
  const text = useText();
  const format = useFormat();
  const mayUpdate = useMay('customers.update');
  const [isEditing, setEditing] = useState(false);
  const { change, remove } = useTaskActions(task.id);
  const isDone = task.doneAt !== null;
  const apply = async (to: TaskChange) => {
    const saved = await change.run(to);
    if (!saved.ok) return;
    setEditing(false);
    onChanged();
  };
  if (isEditing) {
    return (
      <Box tag="li">
        <TaskForm
          task={task}
          isSaving={change.isRunning}
          onCancel={() => setEditing(false)}
          onSave={(to) => void apply(to)}
        />
      </Box>
    );
  }
  return (
    <Flex tag="li" gap={2} alignItems="flex-start" paddingTop={2} paddingBottom={2}>
      <Checkbox
        checked={isDone}
        disabled={!mayUpdate || change.isRunning}
        aria-label={text(isDone ? 'activities.task.undone' : 'activities.task.done', {
          title: task.title,
        })}
        onCheckedChange={() => void apply({ done: !isDone })}
      />
      <Box flex="1" minWidth={0} style={{ overflowWrap: 'anywhere' }}>
        <Typography
          textColor={isDone ? 'neutral600' : 'neutral800'}
          style={{ textDecoration: isDone ? 'line-through' : 'none' }}
        >
          {task.title}
        </Typography>
        <Flex gap={2} wrap="wrap">
          {task.doneAt === null ? (
            <DueLabel dueOn={task.dueOn} today={today} />
          ) : (
            <Typography variant="pi" textColor="neutral600">
              {text('activities.task.done-at', { at: format.dateTime(task.doneAt) })}
            </Typography>
          )}
          {task.assignee ? (
            <Typography variant="pi" textColor="neutral600">
              {task.assignee}
            </Typography>
          ) : null}
        </Flex>
      </Box>
      {mayUpdate ? (
        <TaskActions
          title={task.title}
          isBusy={remove.isRunning}
          onEdit={() => setEditing(true)}
          onDelete={() => {
            void remove.run(undefined).then((gone) => (gone.ok ? onDeleted(task) : undefined));
          }}
        />
      ) : null}
    </Flex>
  );
}

interface TasksProps {
  readonly customerId: number;
  readonly tasks: readonly Task[];
  readonly today: string;
  readonly onChanged: () => void;
}

/** What is to be done about the person. */
export function Tasks({ customerId, tasks, today, onChanged }: TasksProps) {
  const text = useText();
  const mayUpdate = useMay('customers.update');
  const [isAdding, setAdding] = useState(false);
  const [deleted, setDeleted] = useState<Task | null>(null);
  const add = useCrmMutation(savedTaskSchema, (body: TaskInput) => ({
    method: 'POST',
    path: `/crm/customers/${customerId}/tasks`,
    body,
  }));
  const restore = useCrmMutation(savedTaskSchema, (id: number) => ({
    method: 'POST',
    path: `/crm/tasks/${id}/restore`,
  }));
  const save = async (task: TaskInput) => {
    const saved = await add.run(task);
    if (!saved.ok) return;
    setAdding(false);
    onChanged();
  };
  const undo = async ({ id }: Task) => {
    const back = await restore.run(id);
    setDeleted(null);
    if (back.ok) onChanged();
  };
  return (
    <Panel
      title={text('activities.tasks')}
      action={
        mayUpdate && !isAdding ? (
          <Button variant="tertiary" size="S" startIcon={<Plus />} onClick={() => setAdding(true)}>
            {text('activities.task.add')}
          </Button>
        ) : undefined
      }
    >
      {isAdding ? (
        <TaskForm
          isSaving={add.isRunning}
          onCancel={() => setAdding(false)}
          onSave={(task) => void save(task)}
        />
      ) : null}
      {tasks.length === 0 && !isAdding && !deleted ? (
        <Typography textColor="neutral600">{text('activities.tasks.empty')}</Typography>
      ) : null}
      <Box tag="ul">
        {deleted ? <UndoLine onUndo={() => void undo(deleted)} /> : null}
        {tasks.map((task) => (
          <TaskLine
            key={task.id}
            task={task}
            today={today}
            onChanged={onChanged}
            onDeleted={(gone) => {
              setDeleted(gone);
              onChanged();
            }}
          />
        ))}
      </Box>
    </Panel>
  );
}
