import type { Core } from '@strapi/strapi';

import type { MyTask, Note, Task, TaskChange, TaskInput } from '../../shared/activities';
import { customersService, type Customer } from '../customers';
import { clock, crmConfig, database, refuse, success, type Result } from '../kernel';
import type { ActivitiesService } from './index';
import { findNote, insertNote, notesOf, updateNote } from './store/notes';
import { markDeleted, unmarkDeleted, type ActivityTable } from './store/removal';
import { isActiveStaff } from './store/staff';
import { findTask, insertTask, openTasksOf, tasksOf, updateTask } from './store/tasks';

const NOTES_SHOWN = 50;
const TASKS_SHOWN = { open: 100, done: 10 } as const;
const MINE_SHOWN = 20;

const notFound = () => refuse('activities.not-found', 404);

const nameOf = (customer: Customer | undefined): string =>
  [customer?.familyName, customer?.givenName].filter(Boolean).join(' ') ||
  (customer?.company ?? customer?.email ?? customer?.customerNumber ?? '');

async function withNames(strapi: Core.Strapi, tasks: readonly Task[]): Promise<MyTask[]> {
  const ids = [...new Set(tasks.map((task) => task.customerId))];
  const people = new Map(
    (await customersService(strapi).findMany(ids)).map((customer) => [customer.id, customer]),
  );
  return tasks.map((task) => ({ ...task, customerName: nameOf(people.get(task.customerId)) }));
}

/** Who is to do it must be able to see it. */
async function checkAssignee(
  strapi: Core.Strapi,
  { assigneeId }: TaskInput | TaskChange,
): Promise<Result<true>> {
  if (assigneeId === null || assigneeId === undefined) return success(true);
  const isStaff = await isActiveStaff(database(strapi), assigneeId);
  return isStaff ? success(true) : refuse('activities.no-such-staff', 422);
}

const found = <T>(value: T | null): Result<T> => (value === null ? notFound() : success(value));

export function createActivitiesService({ strapi }: { strapi: Core.Strapi }): ActivitiesService {
  const db = () => database(strapi);
  const now = () => clock(strapi).now().getTime();
  const remove = async (table: ActivityTable, id: number): Promise<Result<true>> =>
    (await markDeleted(db(), table, id, now())) ? success(true) : notFound();
  const today = () =>
    new Intl.DateTimeFormat('sv-SE', {
      timeZone: crmConfig(strapi).timeZone,
      dateStyle: 'short',
    }).format(now());
  return {
    of: async (customerId) => ({
      notes: await notesOf(db(), customerId, NOTES_SHOWN),
      tasks: await tasksOf(db(), customerId, TASKS_SHOWN),
      today: today(),
    }),
    async addNote(customerId, { text, pinned = false }, staffId) {
      const id = await insertNote(db(), { customerId, text, pinned, staffId, now: now() });
      return (await findNote(db(), id)) as Note;
    },
    changeNote: async (id, change) =>
      (await updateNote(db(), id, change, now())) ? found(await findNote(db(), id)) : notFound(),
    deleteNote: (id) => remove('crm_notes', id),
    restoreNote: async (id) =>
      (await unmarkDeleted(db(), 'crm_notes', id)) ? found(await findNote(db(), id)) : notFound(),
    async addTask(customerId, task, staffId) {
      const checked = await checkAssignee(strapi, task);
      if (!checked.ok) return checked;
      const id = await insertTask(db(), { customerId, ...task, staffId, now: now() });
      return found(await findTask(db(), id));
    },
    async changeTask(id, change) {
      const checked = await checkAssignee(strapi, change);
      if (!checked.ok) return checked;
      const isThere = await updateTask(db(), id, change, now());
      return isThere ? found(await findTask(db(), id)) : notFound();
    },
    deleteTask: (id) => remove('crm_tasks', id),
    restoreTask: async (id) =>
      (await unmarkDeleted(db(), 'crm_tasks', id)) ? found(await findTask(db(), id)) : notFound(),
    async openTasksOf(staffId) {
      const { tasks, total } = await openTasksOf(db(), staffId, MINE_SHOWN);
      return { tasks: await withNames(strapi, tasks), total, today: today() };
    },
  };
}
