/** Contracts of what staff do about a person: notes and tasks. */
import { z } from 'zod';

/** A NUL byte is in no text that a person typed, and PostgreSQL cannot store it. */
const clean = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !value.includes('\u0000'));

export const noteSchema = z.object({
  id: z.number().int(),
  customerId: z.number().int(),
  text: z.string(),
  pinned: z.boolean(),
  /** Name of who wrote it; null when the account is gone. */
  author: z.string().nullable(),
  createdAt: z.number(),
  /** Null: as it was first written. */
  changedAt: z.number().nullable(),
});
export type Note = z.infer<typeof noteSchema>;

export const noteInputSchema = z.object({ text: clean(10_000), pinned: z.boolean().optional() });
export type NoteInput = z.infer<typeof noteInputSchema>;

export const noteChangeSchema = noteInputSchema.partial();
export type NoteChange = z.infer<typeof noteChangeSchema>;

export const taskSchema = z.object({
  id: z.number().int(),
  customerId: z.number().int(),
  title: z.string(),
  /** Calendar day in the site's time zone, YYYY-MM-DD. */
  dueOn: z.string().nullable(),
  assigneeId: z.number().int().nullable(),
  assignee: z.string().nullable(),
  doneAt: z.number().nullable(),
  createdAt: z.number(),
});
export type Task = z.infer<typeof taskSchema>;

export const taskInputSchema = z.object({
  title: clean(500),
  dueOn: z.iso.date().nullable().default(null),
  /** Id of a staff member. */
  assigneeId: z.number().int().positive().max(2_147_483_647).nullable().default(null),
});
export type TaskInput = z.infer<typeof taskInputSchema>;

export const taskChangeSchema = z.object({
  title: clean(500).optional(),
  dueOn: z.iso.date().nullable().optional(),
  assigneeId: z.number().int().positive().max(2_147_483_647).nullable().optional(),
  done: z.boolean().optional(),
});
export type TaskChange = z.infer<typeof taskChangeSchema>;

/** Beside a person: pinned notes first, then the newest; open tasks by day, then the last done. */
export const activitiesSchema = z.object({
  data: z.object({
    notes: z.array(noteSchema),
    tasks: z.array(taskSchema),
    /** The calendar day it is where the site is. */
    today: z.string(),
  }),
});
export type Activities = z.infer<typeof activitiesSchema>['data'];

export const myTaskSchema = taskSchema.extend({ customerName: z.string() });
export type MyTask = z.infer<typeof myTaskSchema>;

/** The reader's own open tasks, the most urgent first. */
export const myTasksSchema = z.object({
  data: z.array(myTaskSchema),
  /** The calendar day it is where the site is. */
  today: z.string(),
  total: z.number().int(),
});

export const savedNoteSchema = z.object({ data: noteSchema });
export const savedTaskSchema = z.object({ data: taskSchema });
