import type { Knex } from 'knex';

import { bulkActionSchema, type BulkAction, type BulkRun } from '../../../shared/customer-work';
import { insertBulk, whereAmong, type Database } from '../../kernel';
import { CUSTOMERS } from './rows';

const RUNS = 'crm_bulk_runs';
const CHANGES = 'crm_bulk_changes';

export interface StoredBulkRun extends BulkRun {
  readonly selection: string;
  readonly untilId: number;
  readonly lastId: number;
  /** Until when it belongs to whoever works on it; also whose it is: no two leases end alike. */
  readonly leaseUntil: number | null;
}

interface RunRow {
  id: number;
  action: string;
  selection: string;
  status: BulkRun['status'];
  total: number;
  done: number;
  changed: number;
  until_id: number;
  last_id: number;
  started_at: number | string;
  lease_until: number | string | null;
}

const runOfRow = (row: RunRow): StoredBulkRun => ({
  id: Number(row.id),
  action: bulkActionSchema.parse(JSON.parse(row.action)),
  status: row.status,
  total: row.total,
  done: row.done,
  changed: row.changed,
  selection: row.selection,
  untilId: row.until_id,
  lastId: row.last_id,
  startedAt: Number(row.started_at),
  leaseUntil: row.lease_until === null ? null : Number(row.lease_until),
});

/** People by id, as a set of the list. */
export const chosenPeople = (db: Database, ids: readonly number[]): Knex.QueryBuilder =>
  whereAmong(db, db(CUSTOMERS).select({ customer_id: 'id' }), 'id', ids);

export async function insertBulkRun(
  db: Database,
  run: {
    readonly action: BulkAction;
    readonly selection: string;
    readonly total: number;
    readonly untilId: number;
    readonly staffId: number | null;
    readonly now: number;
  },
): Promise<number> {
  const inserted: { id: number }[] = await db(RUNS)
    .insert({
      action: JSON.stringify(run.action),
      selection: run.selection,
      status: 'queued',
      total: run.total,
      done: 0,
      changed: 0,
      until_id: run.untilId,
      last_id: 0,
      started_at: run.now,
      staff_id: run.staffId,
    })
    .returning('id');
  return Number(inserted[0]?.id);
}

export async function findBulkRun(db: Database, id: number): Promise<StoredBulkRun | null> {
  const row: RunRow | undefined = await db(RUNS).where({ id }).first();
  return row ? runOfRow(row) : null;
}

export async function advanceBulkRun(
  db: Database,
  id: number,
  step: {
    readonly lastId: number;
    readonly done: number;
    readonly changed: number;
  },
): Promise<void> {
  await db(RUNS)
    .where({ id })
    .update({
      last_id: step.lastId,
      done: db.raw('done + ?', [step.done]),
      changed: db.raw('changed + ?', [step.changed]),
    });
}

/** From nothing taken back on: `done` then says how many of the changed are as before. */
export async function beginBulkUndo(db: Database, id: number): Promise<boolean> {
  const begun = await db(RUNS)
    .where({ id })
    .whereIn('status', ['done', 'failed'])
    .update({ status: 'undoing', done: 0 });
  return begun > 0;
}

/** Takes a run that nobody works on; null when somebody does, or nothing is to do. */
export async function claimBulkRun(
  db: Database,
  id: number,
  now: number,
  until: number,
): Promise<StoredBulkRun | null> {
  const taken = await db(RUNS)
    .where({ id })
    .whereIn('status', ['queued', 'running', 'undoing'])
    .where((free) => {
      void free.whereNull('lease_until').orWhere('lease_until', '<', now);
    })
    .update({
      status: db.raw(`case when status = 'undoing' then status else 'running' end`),
      lease_until: until,
    });
  return taken > 0 ? findBulkRun(db, id) : null;
}

/** A run in the hands of one worker. */
export interface HeldBulkRun extends Pick<StoredBulkRun, 'id' | 'status'> {
  readonly leaseUntil: number;
}

const whereHeld = (db: Database, { id, status, leaseUntil }: HeldBulkRun) =>
  db(RUNS).where({ id, status, lease_until: leaseUntil });

/**
 * Prolongs the lease, as the first statement of a batch: whoever was too slow finds that another
 * worker has the run, or that it is being undone, and must write nothing more. False then.
 */
export const holdBulkRun = async (
  db: Database,
  held: HeldBulkRun,
  until: number,
): Promise<boolean> => (await whereHeld(db, held).update({ lease_until: until })) > 0;

/** Lets a run go, at its end with another status; nothing when it is another worker's by now. */
export async function releaseBulkRun(
  db: Database,
  held: HeldBulkRun,
  status: BulkRun['status'] = held.status,
): Promise<void> {
  await whereHeld(db, held).update({ status, lease_until: null });
}

export async function waitingBulkRuns(db: Database, now: number): Promise<number[]> {
  const rows: { id: number }[] = await db(RUNS)
    .whereIn('status', ['queued', 'running', 'undoing'])
    .where((free) => {
      void free.whereNull('lease_until').orWhere('lease_until', '<', now);
    })
    .select('id');
  return rows.map((row) => Number(row.id));
}

export async function insertBulkChanges(
  db: Database,
  runId: number,
  changes: readonly { readonly customerId: number; readonly before: unknown }[],
): Promise<void> {
  await insertBulk(db, {
    table: CHANGES,
    columns: ['run_id', 'customer_id', 'before'],
    rows: changes.map(({ customerId, before }) => ({
      run_id: runId,
      customer_id: customerId,
      before: JSON.stringify(before ?? null),
    })),
    conflict: { columns: ['run_id', 'customer_id'], merge: 'ignore' },
  });
}

export async function nextBulkChanges(
  db: Database,
  runId: number,
  limit: number,
): Promise<Map<number, unknown>> {
  const rows: { customer_id: number; before: string }[] = await db(CHANGES)
    .where({ run_id: runId })
    .orderBy('customer_id')
    .limit(limit);
  return new Map(rows.map((row) => [Number(row.customer_id), JSON.parse(row.before) as unknown]));
}

export async function deleteBulkChanges(
  db: Database,
  runId: number,
  customerIds: readonly number[],
): Promise<void> {
  await whereAmong(db, db(CHANGES).where({ run_id: runId }), 'customer_id', customerIds).delete();
}
