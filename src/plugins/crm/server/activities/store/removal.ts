/** Notes and tasks that are deleted, brought back, purged or forgotten: the same for both. */
import type { Database } from '../../kernel';

export type ActivityTable = 'crm_notes' | 'crm_tasks';

const TABLES: readonly ActivityTable[] = ['crm_notes', 'crm_tasks'];

export async function markDeleted(
  db: Database,
  table: ActivityTable,
  id: number,
  now: number,
): Promise<boolean> {
  return (await db(table).where({ id }).whereNull('deleted_at').update({ deleted_at: now })) > 0;
}

export async function unmarkDeleted(
  db: Database,
  table: ActivityTable,
  id: number,
): Promise<boolean> {
  return (
    (await db(table).where({ id }).whereNotNull('deleted_at').update({ deleted_at: null })) > 0
  );
}

export async function purgeDeleted(db: Database, before: number): Promise<void> {
  for (const table of TABLES) await db(table).where('deleted_at', '<', before).delete();
}

export async function forgetActivities(db: Database, customerId: number): Promise<void> {
  for (const table of TABLES) await db(table).where({ customer_id: customerId }).delete();
}
