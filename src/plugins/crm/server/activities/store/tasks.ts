import type { Task } from '../../../shared/activities';
import type { Database } from '../../kernel';
import { staffNames } from './staff';

const TASKS = 'crm_tasks';

interface TaskRow {
  id: number;
  customer_id: number;
  title: string;
  due_on: string | null;
  assignee_id: number | null;
  created_at: number | string;
  done_at: number | string | null;
}

const idOf = (value: number | null): number | null => (value === null ? null : Number(value));

async function shown(db: Database, rows: readonly TaskRow[]): Promise<Task[]> {
  const names = await staffNames(
    db,
    rows.map((row) => idOf(row.assignee_id)),
  );
  return rows.map((row) => ({
    id: Number(row.id),
    customerId: Number(row.customer_id),
    title: row.title,
    dueOn: row.due_on,
    assigneeId: idOf(row.assignee_id),
    assignee: names.get(Number(row.assignee_id)) ?? null,
    doneAt: row.done_at === null ? null : Number(row.done_at),
    createdAt: Number(row.created_at),
  }));
}

export async function findTask(db: Database, id: number): Promise<Task | null> {
  const rows: TaskRow[] = await db(TASKS).where({ id }).whereNull('deleted_at');
  return (await shown(db, rows))[0] ?? null;
}

/** Days first, those without a day last: both databases sort nulls their own way. */
const BY_DAY = "coalesce(due_on, '9999-12-31')";

/** Open ones by day, then the last that were done. */
export async function tasksOf(
  db: Database,
  customerId: number,
  limits: { readonly open: number; readonly done: number },
): Promise<Task[]> {
  const of = () => db(TASKS).where({ customer_id: customerId }).whereNull('deleted_at');
  const open: TaskRow[] = await of()
    .whereNull('done_at')
    .orderByRaw(BY_DAY)
    .orderBy('id')
    .limit(limits.open);
  const done: TaskRow[] = await of()
    .whereNotNull('done_at')
    .orderBy('done_at', 'desc')
    .limit(limits.done);
  return shown(db, [...open, ...done]);
}

/** By crm_tasks_assignee. */
export async function openTasksOf(
  db: Database,
  staffId: number,
  limit: number,
): Promise<{ tasks: Task[]; total: number }> {
  const of = () =>
    db(TASKS).where({ assignee_id: staffId }).whereNull('done_at').whereNull('deleted_at');
  const rows: TaskRow[] = await of().orderByRaw(BY_DAY).orderBy('id').limit(limit);
  const counted: { total?: number | string } | undefined = await of().count({ total: '*' }).first();
  return { tasks: await shown(db, rows), total: Number(counted?.total ?? 0) };
}

/** Newest first by when they were made or done; each column has its index. */
export async function tasksBefore(
  db: Database,
  column: 'created_at' | 'done_at',
  page: { readonly customerId: number; readonly before: number; readonly limit: number },
): Promise<Task[]> {
  const rows: TaskRow[] = await db(TASKS)
    .where({ customer_id: page.customerId })
    .where(column, '<', page.before)
    .whereNull('deleted_at')
    .orderBy([
      { column, order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(page.limit);
  return shown(db, rows);
}

export async function insertTask(
  db: Database,
  task: {
    readonly customerId: number;
    readonly title: string;
    readonly dueOn: string | null;
    readonly assigneeId: number | null;
    readonly staffId: number | null;
    readonly now: number;
  },
): Promise<number> {
  const inserted: { id: number }[] = await db(TASKS)
    .insert({
      customer_id: task.customerId,
      title: task.title,
      due_on: task.dueOn,
      assignee_id: task.assigneeId,
      staff_id: task.staffId,
      created_at: task.now,
    })
    .returning('id');
  return Number(inserted[0]?.id);
}

/** False for a task that is not there. A task that is done already keeps when it was. */
export async function updateTask(
  db: Database,
  id: number,
  change: {
    readonly title?: string;
    readonly dueOn?: string | null;
    readonly assigneeId?: number | null;
    readonly done?: boolean;
  },
  now: number,
): Promise<boolean> {
  const values = {
    ...(change.title === undefined ? {} : { title: change.title }),
    ...(change.dueOn === undefined ? {} : { due_on: change.dueOn }),
    ...(change.assigneeId === undefined ? {} : { assignee_id: change.assigneeId }),
    ...(change.done === undefined
      ? {}
      : { done_at: change.done ? db.raw('coalesce(done_at, ?)', [now]) : null }),
  };
  if (Object.keys(values).length === 0) return true;
  return (await db(TASKS).where({ id }).whereNull('deleted_at').update(values)) > 0;
}
