import { useState } from 'react';

import { Box, Button, Field, Flex, IconButton, Textarea, Typography } from '@strapi/design-system';
import { Pencil, PinMap, Trash } from '@strapi/icons';
import { z } from 'zod';

import {
  savedNoteSchema,
  type Note,
  type NoteChange,
  type NoteInput,
} from '../../shared/activities';
import { Panel, useCrmMutation, useFormat, useMay } from '../ui';
import { useText } from './text';
import { UndoLine } from './undo-line';

interface NoteFormProps {
  readonly initial: string;
  readonly label: string;
  readonly saveLabel: string;
  readonly isSaving: boolean;
  readonly onCancel?: () => void;
  /** True when it was saved: the field is emptied. */
  readonly onSave: (text: string) => Promise<boolean>;
}

function NoteForm({ initial, label, saveLabel, isSaving, onCancel, onSave }: NoteFormProps) {
  const text = useText();
  const [typed, setTyped] = useState(initial);
  const isReady = typed.trim() !== '' && !isSaving;
  const save = async () => {
    if (isReady && (await onSave(typed.trim()))) setTyped('');
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Field.Root name="note" width="100%">
        <Field.Label>{label}</Field.Label>
        <Textarea
          value={typed}
          maxLength={10_000}
          placeholder={text('activities.note.example')}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            const isSave = event.key === 'Enter' && (event.metaKey || event.ctrlKey);
            if (isSave && !event.nativeEvent.isComposing) void save();
          }}
        />
      </Field.Root>
      <Flex gap={2} justifyContent="flex-end">
        {onCancel ? (
          <Button variant="tertiary" size="S" onClick={onCancel}>
            {text('ui.cancel')}
          </Button>
        ) : null}
        <Button size="S" disabled={!isReady} loading={isSaving} onClick={() => void save()}>
          {saveLabel}
        </Button>
      </Flex>
    </Flex>
  );
}

interface NoteActionsProps {
  readonly note: Note;
  readonly isBusy: boolean;
  readonly onPin: () => void;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

function NoteActions({ note, isBusy, onPin, onEdit, onDelete }: NoteActionsProps) {
  const text = useText();
  return (
    <Flex>
      <IconButton
        variant={note.pinned ? 'secondary' : 'ghost'}
        size="S"
        disabled={isBusy}
        aria-pressed={note.pinned}
        label={text(note.pinned ? 'activities.note.unpin' : 'activities.note.pin')}
        onClick={onPin}
      >
        <PinMap />
      </IconButton>
      <IconButton variant="ghost" size="S" label={text('activities.note.edit')} onClick={onEdit}>
        <Pencil />
      </IconButton>
      <IconButton
        variant="ghost"
        size="S"
        disabled={isBusy}
        label={text('activities.note.delete')}
        onClick={onDelete}
      >
        <Trash />
      </IconButton>
    </Flex>
  );
}

interface NoteLineProps {
  readonly note: Note;
  readonly onChanged: () => void;
  readonly onDeleted: (note: Note) => void;
}

function NoteLine({ note, onChanged, onDeleted }: NoteLineProps) {
  const text = useText();
  const format = useFormat();
  const mayUpdate = useMay('customers.update');
  const [isEditing, setEditing] = useState(false);
  const path = `/crm/notes/${note.id}`;
  const change = useCrmMutation(savedNoteSchema, (body: NoteChange) => ({
    method: 'PUT',
    path,
    body,
  }));
  const remove = useCrmMutation(z.object({ data: z.literal(true) }), () => ({
    method: 'DELETE',
    path,
  }));
  const apply = async (to: NoteChange): Promise<boolean> => {
    const saved = await change.run(to);
    if (!saved.ok) return false;
    setEditing(false);
    onChanged();
    return true;
  };
  const about = [
    note.pinned ? text('activities.pinned') : '',
    note.author ?? '',
    format.dateTime(note.createdAt),
    note.changedAt === null
      ? ''
      : text('activities.note.changed', { at: format.dateTime(note.changedAt) }),
  ].filter((part) => part !== '');
  return (
    <Box
      tag="li"
      padding={3}
      marginTop={2}
      hasRadius
      background={note.pinned ? 'warning100' : 'neutral100'}
    >
      {isEditing ? (
        <NoteForm
          initial={note.text}
          label={text('activities.note.edit')}
          saveLabel={text('activities.save')}
          isSaving={change.isRunning}
          onCancel={() => setEditing(false)}
          onSave={(typed) => apply({ text: typed })}
        />
      ) : (
        <>
          <Typography style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
            {note.text}
          </Typography>
          <Flex justifyContent="space-between" gap={2} paddingTop={1} wrap="wrap">
            <Typography variant="pi" textColor="neutral600">
              {about.join(' / ')}
            </Typography>
            {mayUpdate ? (
              <NoteActions
                note={note}
                isBusy={change.isRunning || remove.isRunning}
                onPin={() => void apply({ pinned: !note.pinned })}
                onEdit={() => setEditing(true)}
                onDelete={() => {
                  void remove
                    .run(undefined)
                    .then((gone) => (gone.ok ? onDeleted(note) : undefined));
                }}
              />
            ) : null}
          </Flex>
        </>
      )}
    </Box>
  );
}

interface NotesProps {
  readonly customerId: number;
  readonly notes: readonly Note[];
  readonly onChanged: () => void;
}

/** What staff noted, the pinned ones first. */
export function Notes({ customerId, notes, onChanged }: NotesProps) {
  const text = useText();
  const mayUpdate = useMay('customers.update');
  const [deleted, setDeleted] = useState<Note | null>(null);
  const add = useCrmMutation(savedNoteSchema, (body: NoteInput) => ({
    method: 'POST',
    path: `/crm/customers/${customerId}/notes`,
    body,
  }));
  const restore = useCrmMutation(savedNoteSchema, (id: number) => ({
    method: 'POST',
    path: `/crm/notes/${id}/restore`,
  }));
  const undo = async ({ id }: Note) => {
    const back = await restore.run(id);
    setDeleted(null);
    if (back.ok) onChanged();
  };
  return (
    <Panel title={text('activities.notes')}>
      {mayUpdate ? (
        <NoteForm
          initial=""
          label={text('activities.note.new')}
          saveLabel={text('activities.note.add')}
          isSaving={add.isRunning}
          onSave={async (typed) => {
            const saved = await add.run({ text: typed });
            if (saved.ok) onChanged();
            return saved.ok;
          }}
        />
      ) : null}
      {notes.length === 0 && !deleted ? (
        <Box paddingTop={3}>
          <Typography textColor="neutral600">{text('activities.notes.empty')}</Typography>
        </Box>
      ) : null}
      <Box tag="ul">
        {deleted ? <UndoLine onUndo={() => void undo(deleted)} /> : null}
        {notes.map((note) => (
          <NoteLine
            key={note.id}
            note={note}
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
