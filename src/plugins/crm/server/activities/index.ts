/** PUBLIC: what other features may use of activities. */
import type {
  Activities,
  MyTask,
  Note,
  NoteChange,
  NoteInput,
  Task,
  TaskChange,
  TaskInput,
} from '../../shared/activities';
import { defineService, type Result } from '../kernel';

export type { Note, Task };

/** Notes and tasks about people. `staffId` is the admin user who acts; null: no person did. */
export interface ActivitiesService {
  /** Pinned notes first, then the newest; open tasks by day, then the last done. */
  of(customerId: number): Promise<Activities>;
  addNote(customerId: number, note: NoteInput, staffId: number | null): Promise<Note>;
  /** `activities.not-found` (404) for a note that is not there. */
  changeNote(id: number, change: NoteChange): Promise<Result<Note>>;
  deleteNote(id: number): Promise<Result<true>>;
  restoreNote(id: number): Promise<Result<Note>>;
  /** `activities.no-such-staff` (422) for an assignee who may not log in. */
  addTask(customerId: number, task: TaskInput, staffId: number | null): Promise<Result<Task>>;
  changeTask(id: number, change: TaskChange): Promise<Result<Task>>;
  deleteTask(id: number): Promise<Result<true>>;
  restoreTask(id: number): Promise<Result<Task>>;
  /** The most urgent open tasks of a staff member, and how many there are. */
  openTasksOf(staffId: number): Promise<{ tasks: MyTask[]; total: number; today: string }>;
}

/** Typed getter of the activities service. */
export const activitiesService = defineService<ActivitiesService>('activities');
