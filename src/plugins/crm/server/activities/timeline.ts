import type { Core } from '@strapi/strapi';

import type { Note, Task } from '../../shared/activities';
import type { TimelineEntry, TimelineSource } from '../customers';
import { database } from '../kernel';
import { notesBefore } from './store/notes';
import { tasksBefore } from './store/tasks';

const noteEntry = (note: Note): TimelineEntry => ({
  id: `note:${note.id}`,
  kind: 'note',
  type: 'written',
  at: note.createdAt,
  title: {
    key: note.author === null ? 'timeline.note.written' : 'timeline.note.written-by',
    params: { author: note.author ?? '' },
  },
  detail: { text: note.text },
});

/** What staff noted about the person. */
export const noteTimeline = ({ strapi }: { strapi: Core.Strapi }): TimelineSource => ({
  kind: 'note',
  entries: async (query) => (await notesBefore(database(strapi), query)).map(noteEntry),
});

const taskEntry = (task: Task, type: 'created' | 'done', at: number): TimelineEntry => ({
  id: `task:${task.id}:${type}`,
  kind: 'task',
  type,
  at,
  title: { key: `timeline.task.${type}`, params: { title: task.title } },
  detail: { assignee: task.assignee },
});

/** What staff set out to do, and did. */
export const taskTimeline = ({ strapi }: { strapi: Core.Strapi }): TimelineSource => ({
  kind: 'task',
  async entries(query) {
    const db = database(strapi);
    const made = await tasksBefore(db, 'created_at', query);
    const done = await tasksBefore(db, 'done_at', query);
    return [
      ...made.map((task) => taskEntry(task, 'created', task.createdAt)),
      ...done.map((task) => taskEntry(task, 'done', task.doneAt ?? 0)),
    ]
      .sort((a, b) => b.at - a.at)
      .slice(0, query.limit);
  },
});
