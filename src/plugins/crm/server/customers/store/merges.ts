import type { CustomerMerge } from '../../../shared/customer-merge';
import type { Customer, CustomerFields } from '../../../shared/customers';
import { whereAmong, type Database } from '../../kernel';
import { CUSTOMERS } from './rows';

const MERGES = 'crm_customer_merges';
const DISMISSED = 'crm_duplicate_dismissals';

/** What an undo needs. */
export interface MergeRecord {
  readonly before: CustomerFields;
  readonly after: CustomerFields;
  readonly gone: Customer;
  readonly identities: readonly number[];
  readonly moved: Readonly<Record<string, unknown>>;
}

interface MergeRow {
  id: number;
  from_id: number;
  into_id: number;
  name: string;
  merged_at: number | string;
  undone_at: number | string | null;
  record: string;
}

const mergeOfRow = (row: MergeRow): CustomerMerge => ({
  id: Number(row.id),
  from: Number(row.from_id),
  into: Number(row.into_id),
  name: row.name,
  at: Number(row.merged_at),
  undoneAt: row.undone_at === null ? null : Number(row.undone_at),
});

export async function insertMerge(
  db: Database,
  merge: Omit<CustomerMerge, 'id' | 'undoneAt'>,
  record: MergeRecord,
  staffId: number | null,
): Promise<CustomerMerge> {
  const inserted: { id: number }[] = await db(MERGES)
    .insert({
      from_id: merge.from,
      into_id: merge.into,
      name: merge.name,
      merged_at: merge.at,
      staff_id: staffId,
      record: JSON.stringify(record),
    })
    .returning('id');
  return { ...merge, id: Number(inserted[0]?.id), undoneAt: null };
}

export async function findMerge(
  db: Database,
  id: number,
): Promise<{ merge: CustomerMerge; record: MergeRecord } | null> {
  const row: MergeRow | undefined = await db(MERGES).where({ id }).first();
  return row ? { merge: mergeOfRow(row), record: JSON.parse(row.record) as MergeRecord } : null;
}

/** Later merges into the same person, not undone: they must be undone first. */
export async function hasLaterMerge(db: Database, merge: CustomerMerge): Promise<boolean> {
  const later: unknown = await db(MERGES)
    .where('id', '>', merge.id)
    .whereNull('undone_at')
    .where((touching) => {
      void touching.where({ into_id: merge.into }).orWhere({ from_id: merge.into });
    })
    .first('id');
  return later !== undefined;
}

export async function markUndone(db: Database, id: number, now: number): Promise<boolean> {
  return (await db(MERGES).where({ id }).whereNull('undone_at').update({ undone_at: now })) > 0;
}

/** Newest first: of one person, or the last of all. */
export async function mergesOf(
  db: Database,
  page: { readonly into?: number; readonly before?: number; readonly limit: number },
): Promise<CustomerMerge[]> {
  const query = db(MERGES).orderBy('id', 'desc').limit(page.limit);
  if (page.into !== undefined) void query.where({ into_id: page.into });
  if (page.before !== undefined) void query.where('merged_at', '<', page.before);
  const rows: MergeRow[] = await query;
  return rows.map(mergeOfRow);
}

/** Into whom a record that is gone was merged; null when it was not. */
export async function mergedInto(db: Database, from: number): Promise<number | null> {
  const row: { into_id: number } | undefined = await db(MERGES)
    .where({ from_id: from })
    .whereNull('undone_at')
    .orderBy('id', 'desc')
    .first('into_id');
  return row ? Number(row.into_id) : null;
}

/** Whether the table holds more people than this, or once did: told without counting. */
export async function hasMoreThan(db: Database, people: number): Promise<boolean> {
  return (await db(CUSTOMERS).where('id', '>', people).first('id')) !== undefined;
}

const ordered = (a: number, b: number) => ({ low_id: Math.min(a, b), high_id: Math.max(a, b) });

export async function dismiss(db: Database, a: number, b: number): Promise<void> {
  await db(DISMISSED).insert(ordered(a, b)).onConflict(['low_id', 'high_id']).ignore();
}

/** `low high` of pairs that somebody has said to be two people. */
export async function dismissedPairs(
  db: Database,
  lowIds: readonly number[],
): Promise<ReadonlySet<string>> {
  if (lowIds.length === 0) return new Set();
  const rows: { low_id: number; high_id: number }[] = await whereAmong(
    db,
    db(DISMISSED),
    'low_id',
    lowIds,
  );
  return new Set(rows.map(({ low_id, high_id }) => `${low_id} ${high_id}`));
}
