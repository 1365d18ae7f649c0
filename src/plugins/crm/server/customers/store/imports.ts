/** Runs of imports: what is known of each, and who is working on it. */
import type { ImportKind, ImportPolicy, ImportRun, ImportStatus } from '../../../shared/imports';
import { insertBulk, isPostgres, type Database } from '../../kernel';

const RUNS = 'crm_imports';

/** Any constant does, as long as all imports take the same one. */
const ADVISORY_LOCK = 0x696d7074;

/** Batches of two imports at once run one after the other; SQLite has one writer anyway. */
export async function lockImports(db: Database): Promise<void> {
  if (isPostgres(db)) await db.raw('select pg_advisory_xact_lock(?)', [ADVISORY_LOCK]);
}

/** A run with what only the server needs to know. */
export interface StoredRun extends ImportRun {
  /** Null when the file came with a request and is not kept. */
  readonly filePath: string | null;
  readonly encoding: string | null;
  readonly headings: readonly string[];
  readonly mapping: readonly (string | null)[];
  /** Line of the last row that is settled. */
  readonly checkpoint: number;
}

interface RunRow {
  id: number;
  kind: ImportKind;
  file_name: string;
  status: ImportStatus;
  dry_run: boolean | number;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  failed: number;
  header: string | null;
  started_at: number | string;
  finished_at: number | string | null;
  file_path: string | null;
  encoding: string | null;
  bytes_done: number | string;
  bytes_total: number | string;
  mapping: string | null;
  policy: ImportPolicy;
  checkpoint: number;
  undone: number;
  kept: number;
}

function listOf(json: string | null): unknown[] {
  const parsed: unknown = JSON.parse(json ?? '[]');
  return Array.isArray(parsed) ? parsed : [];
}

const runOfRow = (row: RunRow): StoredRun => ({
  id: Number(row.id),
  kind: row.kind,
  fileName: row.file_name,
  status: row.status,
  dryRun: Boolean(row.dry_run),
  policy: row.policy,
  rows: row.rows,
  created: row.created,
  updated: row.updated,
  unchanged: row.unchanged,
  failed: row.failed,
  bytesDone: Number(row.bytes_done),
  bytesTotal: Number(row.bytes_total),
  undone: row.undone,
  kept: row.kept,
  startedAt: Number(row.started_at),
  finishedAt: row.finished_at === null ? null : Number(row.finished_at),
  filePath: row.file_path,
  encoding: row.encoding,
  headings: listOf(row.header).map(String),
  mapping: listOf(row.mapping).map((key) => (typeof key === 'string' ? key : null)),
  checkpoint: row.checkpoint,
});

const progressOf = (run: StoredRun) => ({
  rows: run.rows,
  created: run.created,
  updated: run.updated,
  unchanged: run.unchanged,
  failed: run.failed,
  bytes_done: run.bytesDone,
  checkpoint: run.checkpoint,
});

export async function insertRun(
  db: Database,
  run: Omit<StoredRun, 'id'>,
  owner: string | null,
): Promise<number> {
  const inserted: { id: number }[] = await db(RUNS)
    .insert({
      ...progressOf({ ...run, id: 0 }),
      kind: run.kind,
      file_name: run.fileName,
      status: run.status,
      dry_run: run.dryRun,
      policy: run.policy,
      header: JSON.stringify(run.headings),
      mapping: JSON.stringify(run.mapping),
      file_path: run.filePath,
      encoding: run.encoding,
      bytes_total: run.bytesTotal,
      started_at: run.startedAt,
      lease_owner: owner,
    })
    .returning('id');
  return Number(inserted[0]?.id);
}

/** False when the run is not this owner's any more: paused, cancelled, or taken over. */
export async function advanceRun(
  db: Database,
  run: StoredRun,
  lease: { readonly owner: string; readonly until: number },
): Promise<boolean> {
  const changed = await db(RUNS)
    .where({ id: run.id, status: 'running', lease_owner: lease.owner })
    .update({ ...progressOf(run), lease_until: lease.until });
  return changed > 0;
}

/** Moves a run from one of `from` to `status`; false when it stood elsewhere. */
export async function moveRun(
  db: Database,
  id: number,
  from: readonly ImportStatus[],
  change: { readonly status: ImportStatus; readonly finishedAt?: number | null },
): Promise<boolean> {
  const { status, finishedAt } = change;
  const changed = await db(RUNS)
    .where({ id })
    .whereIn('status', [...from])
    .update({ status, ...(finishedAt === undefined ? {} : { finished_at: finishedAt }) });
  return changed > 0;
}

/** Sets a draft up anew: what is chosen, nothing read yet. */
export async function setUpRun(
  db: Database,
  run: Pick<StoredRun, 'id' | 'mapping' | 'policy' | 'dryRun' | 'startedAt'>,
  from: readonly ImportStatus[],
): Promise<boolean> {
  const blank = { rows: 0, created: 0, updated: 0, unchanged: 0, failed: 0, bytes_done: 0 };
  const changed = await db(RUNS)
    .where({ id: run.id })
    .whereIn('status', [...from])
    .update({
      ...blank,
      checkpoint: 0,
      status: 'queued',
      mapping: JSON.stringify(run.mapping),
      policy: run.policy,
      dry_run: run.dryRun,
      started_at: run.startedAt,
      finished_at: null,
    });
  if (changed === 0) return false;
  await db('crm_import_errors').where({ import_id: run.id }).delete();
  return true;
}

const WORKABLE: ImportStatus[] = ['queued', 'running', 'undoing'];

/** Takes a run that waits, or whose worker has gone silent. Null: nothing to do. */
export async function claimRun(
  db: Database,
  id: number,
  lease: { readonly owner: string; readonly now: number; readonly until: number },
): Promise<StoredRun | null> {
  const changed = await db(RUNS)
    .where({ id })
    .whereIn('status', WORKABLE)
    .where((free) => {
      void free.whereNull('lease_until').orWhere('lease_until', '<', lease.now);
    })
    .update({
      status: db.raw(`case when status = 'undoing' then status else 'running' end`),
      lease_owner: lease.owner,
      lease_until: lease.until,
    });
  return changed > 0 ? findRun(db, id) : null;
}

/** Gives a run back, so that whoever asks next goes on with it. */
export async function releaseRun(db: Database, id: number, owner: string): Promise<void> {
  await db(RUNS).where({ id, lease_owner: owner }).update({ lease_until: null });
}

/** Runs whose request is gone, and the file with it: nobody can go on with them. */
export async function failOrphans(db: Database, silentSince: number): Promise<void> {
  await db(RUNS)
    .where({ status: 'running' })
    .whereNull('file_path')
    .where('started_at', '<', silentSince)
    .where((silent) => {
      void silent.whereNull('lease_until').orWhere('lease_until', '<', silentSince);
    })
    .update({ status: 'failed' });
}

/** Runs that wait for a worker; a silent one of a request is nobody's to go on with. */
export async function waitingRuns(db: Database, now: number): Promise<number[]> {
  const rows: { id: number }[] = await db(RUNS)
    .whereIn('status', WORKABLE)
    .where((kept) => {
      void kept.whereNotNull('file_path').orWhere({ status: 'undoing' });
    })
    .where((free) => {
      void free.whereNull('lease_until').orWhere('lease_until', '<', now);
    })
    .orderBy('id')
    .select('id');
  return rows.map((row) => Number(row.id));
}

export async function noteUndone(
  db: Database,
  id: number,
  counts: { readonly undone: number; readonly kept: number; readonly leaseUntil: number },
): Promise<void> {
  await db(RUNS)
    .where({ id })
    .update({
      undone: db.raw('undone + ?', [counts.undone]),
      kept: db.raw('kept + ?', [counts.kept]),
      lease_until: counts.leaseUntil,
    });
}

export async function forgetFile(db: Database, id: number): Promise<void> {
  await db(RUNS).where({ id }).update({ file_path: null });
}

/** Drafts nobody started and stopped runs nobody took up again, whose files are still kept. */
export async function abandonedRuns(db: Database, before: number): Promise<StoredRun[]> {
  const rows: RunRow[] = await db(RUNS)
    .whereIn('status', ['draft', 'paused', 'failed', 'cancelled'])
    .whereNotNull('file_path')
    .where('started_at', '<', before);
  return rows.map(runOfRow);
}

export async function latestRuns(db: Database, limit: number): Promise<StoredRun[]> {
  const rows: RunRow[] = await db(RUNS).orderBy('id', 'desc').limit(limit);
  return rows.map(runOfRow);
}

export async function findRun(db: Database, id: number): Promise<StoredRun | null> {
  const row: RunRow | undefined = await db(RUNS).where({ id }).first();
  return row ? runOfRow(row) : null;
}

/** A reason why a row was kept out; the row itself stands with the first of its reasons. */
export interface StoredIssue {
  readonly line: number;
  readonly column: string | null;
  readonly code: string;
  readonly record: string | null;
}

export async function insertIssues(
  db: Database,
  importId: number,
  issues: readonly StoredIssue[],
): Promise<void> {
  await insertBulk(db, {
    table: 'crm_import_errors',
    columns: ['import_id', 'line', 'column', 'code', 'record'],
    rows: issues.map((issue) => ({ import_id: importId, ...issue })),
  });
}

/** After `line` of the page before; every reason of a line comes with it. */
export async function issuesOf(
  db: Database,
  importId: number,
  limit: number,
  after: { readonly line: number } = { line: -1 },
): Promise<StoredIssue[]> {
  return await db('crm_import_errors')
    .where({ import_id: importId })
    .where('line', '>', after.line)
    .orderBy(['line', 'id'])
    .limit(limit)
    .select('line', 'column', 'code', 'record');
}
