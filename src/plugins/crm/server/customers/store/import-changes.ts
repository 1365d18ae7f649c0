/** What imports did, row by row, so that it can be taken back; and what their headings meant. */
import { insertBulk, type Database } from '../../kernel';

const CHANGES = 'crm_import_changes';

/** One row of ours that an import made or changed: only the values that differ. */
export interface ImportChange {
  readonly subjectId: number;
  readonly created: boolean;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

export interface StoredChange extends ImportChange {
  readonly id: number;
}

/** Of people whom a batch made the same is told: it is written out once. */
function writer(): (value: Readonly<Record<string, unknown>>) => string {
  let last: [value: object, text: string] | null = null;
  return (value) => {
    if (last?.[0] !== value) last = [value, JSON.stringify(value)];
    return last[1];
  };
}

export async function insertChanges(
  db: Database,
  importId: number,
  changes: readonly ImportChange[],
): Promise<void> {
  const [before, after] = [writer(), writer()];
  await insertBulk(db, {
    table: CHANGES,
    columns: ['import_id', 'subject_id', 'created', 'before', 'after'],
    rows: changes.map((change) => [
      importId,
      change.subjectId,
      change.created,
      before(change.before),
      after(change.after),
    ]),
    isOneStatement: true,
  });
}

interface ChangeRow {
  id: number;
  subject_id: number;
  created: boolean | number;
  before: string;
  after: string;
}

/** The last of them first: a person changed twice is brought back step by step. */
export async function lastChanges(
  db: Database,
  importId: number,
  limit: number,
): Promise<StoredChange[]> {
  const rows: ChangeRow[] = await db(CHANGES)
    .where({ import_id: importId })
    .orderBy('id', 'desc')
    .limit(limit);
  return rows.map((row) => ({
    id: Number(row.id),
    subjectId: Number(row.subject_id),
    created: Boolean(row.created),
    before: JSON.parse(row.before) as Record<string, unknown>,
    after: JSON.parse(row.after) as Record<string, unknown>,
  }));
}

export async function deleteChangesFrom(
  db: Database,
  importId: number,
  fromId: number,
): Promise<void> {
  await db(CHANGES).where({ import_id: importId }).where('id', '>=', fromId).delete();
}

/**
 * Those of imports that began before: too old to be taken back, and the rows that were kept out,
 * which hold what a file said of people who are perhaps forgotten since.
 */
export async function deleteOldChanges(db: Database, before: number): Promise<void> {
  for (const table of [CHANGES, 'crm_import_errors']) {
    const old = db('crm_imports').select('id').where('started_at', '<', before);
    await db(table).whereIn('import_id', old).delete();
  }
}

export async function rememberedMapping(
  db: Database,
  fingerprint: string,
): Promise<(string | null)[] | null> {
  const row: { mapping: string } | undefined = await db('crm_import_mappings')
    .where({ fingerprint })
    .first('mapping');
  return row ? (JSON.parse(row.mapping) as (string | null)[]) : null;
}

export async function rememberMapping(
  db: Database,
  entry: { fingerprint: string; mapping: readonly (string | null)[]; now: number },
): Promise<void> {
  const { fingerprint, mapping, now } = entry;
  await db('crm_import_mappings')
    .insert({ fingerprint, mapping: JSON.stringify(mapping), used_at: now })
    .onConflict('fingerprint')
    .merge();
}
