import type { ImportKind, ImportRun } from '../../../shared/imports';
import { chunked, isPostgres, type Database } from '../../kernel';

/** Any constant does, as long as all imports take the same one. */
const ADVISORY_LOCK = 0x696d7074;

/** Batches of two imports at once run one after the other; SQLite has one writer anyway. */
export async function lockImports(db: Database): Promise<void> {
  if (isPostgres(db)) await db.raw('select pg_advisory_xact_lock(?)', [ADVISORY_LOCK]);
}

/** Until its statistics are refreshed PostgreSQL takes a table just filled for an empty one. */
export async function refreshStatistics(db: Database, tables: readonly string[]): Promise<void> {
  if (!isPostgres(db)) return;
  for (const table of tables) await db.raw('analyze ??', [table]);
}

interface RunRow {
  id: number;
  kind: ImportKind;
  file_name: string;
  status: ImportRun['status'];
  dry_run: boolean | number;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  failed: number;
  header: string | null;
  started_at: number | string;
  finished_at: number | string | null;
}

const runOfRow = (row: RunRow): ImportRun => ({
  id: Number(row.id),
  kind: row.kind,
  fileName: row.file_name,
  status: row.status,
  dryRun: Boolean(row.dry_run),
  rows: row.rows,
  created: row.created,
  updated: row.updated,
  unchanged: row.unchanged,
  failed: row.failed,
  startedAt: Number(row.started_at),
  finishedAt: row.finished_at === null ? null : Number(row.finished_at),
});

export async function insertRun(
  db: Database,
  run: Omit<ImportRun, 'id'>,
  header: readonly string[],
): Promise<number> {
  const inserted: { id: number }[] = await db('crm_imports')
    .insert({
      kind: run.kind,
      file_name: run.fileName,
      status: run.status,
      dry_run: run.dryRun,
      rows: run.rows,
      created: run.created,
      updated: run.updated,
      unchanged: run.unchanged,
      failed: run.failed,
      header: JSON.stringify(header),
      started_at: run.startedAt,
    })
    .returning('id');
  return Number(inserted[0]?.id);
}

export async function updateRun(db: Database, run: ImportRun): Promise<void> {
  const { rows, created, updated, unchanged, failed, status } = run;
  await db('crm_imports')
    .where({ id: run.id })
    .update({ rows, created, updated, unchanged, failed, status, finished_at: run.finishedAt });
}

export async function latestRuns(db: Database, limit: number): Promise<ImportRun[]> {
  const rows: RunRow[] = await db('crm_imports').orderBy('id', 'desc').limit(limit);
  return rows.map(runOfRow);
}

export async function findRun(
  db: Database,
  id: number,
): Promise<{ run: ImportRun; header: string[] } | null> {
  const row: RunRow | undefined = await db('crm_imports').where({ id }).first();
  if (!row) return null;
  const header: unknown = JSON.parse(row.header ?? '[]');
  return { run: runOfRow(row), header: Array.isArray(header) ? header.map(String) : [] };
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
  for (const part of chunked(issues)) {
    await db('crm_import_errors').insert(part.map((issue) => ({ import_id: importId, ...issue })));
  }
}

export async function issuesOf(
  db: Database,
  importId: number,
  limit: number,
): Promise<StoredIssue[]> {
  return await db('crm_import_errors')
    .where({ import_id: importId })
    .orderBy(['line', 'id'])
    .limit(limit)
    .select('line', 'column', 'code', 'record');
}
