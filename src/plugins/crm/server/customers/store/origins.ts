/** Where the values of records came from, and what they replaced. */
import { fieldSourceSchema } from '../../../shared/field-sources';
import { insertBulk, whereAmong, type Database } from '../../kernel';
import {
  decodeOrigins,
  encodeOrigins,
  type Origin,
  type Origins,
  type Ruling,
} from '../domain/field-sources';

const ORIGINS = 'crm_field_origins';
const HISTORY = 'crm_field_history';

export async function originsOf(
  db: Database,
  customerIds: readonly number[],
): Promise<ReadonlyMap<number, Origins>> {
  if (customerIds.length === 0) return new Map();
  const rows: { customer_id: number; origins: string }[] = await whereAmong(
    db,
    db(ORIGINS),
    'customer_id',
    customerIds,
  );
  return new Map(rows.map((row) => [Number(row.customer_id), decodeOrigins(row.origins)]));
}

export async function writeOrigins(
  db: Database,
  all: readonly { readonly customerId: number; readonly origins: Origins }[],
): Promise<void> {
  await writeEncodedOrigins(
    db,
    all.map(({ customerId, origins }) => [customerId, encodeOrigins(origins)]),
  );
}

/** The same of origins that are encoded already. */
export async function writeEncodedOrigins(
  db: Database,
  all: readonly (readonly [customerId: number, encoded: string])[],
): Promise<void> {
  await insertBulk(db, {
    table: ORIGINS,
    columns: ['customer_id', 'origins'],
    rows: all,
    conflict: { columns: ['customer_id'], merge: ['origins'] },
  });
}

export type PastChange = Pick<Ruling, 'replaced' | 'refused'>;

export async function insertHistory(
  db: Database,
  changes: readonly (PastChange & { readonly customerId: number })[],
  about: { readonly origin: Origin | null; readonly now: number },
): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ customerId, replaced, refused }) => ({
    customer_id: customerId,
    at: about.now,
    source: about.origin?.source ?? null,
    ref: about.origin?.ref ?? null,
    replaced: JSON.stringify(replaced),
    refused: JSON.stringify(refused),
  }));
  await insertBulk(db, { table: HISTORY, columns: Object.keys(rows[0] ?? {}), rows });
}

interface HistoryRow {
  id: number;
  at: number | string;
  source: string | null;
  ref: string | null;
  replaced: string;
  refused: string;
}

export interface StoredChange extends PastChange {
  readonly id: number;
  readonly at: number;
  readonly origin: Origin | null;
}

function originOf(row: HistoryRow): Origin | null {
  const source = fieldSourceSchema.safeParse(row.source);
  return source.success ? { source: source.data, at: Number(row.at), ref: row.ref } : null;
}

/** Newest first. By crm_field_history_customer. */
export async function historyOf(
  db: Database,
  customerId: number,
  limit: number,
): Promise<StoredChange[]> {
  const rows: HistoryRow[] = await db(HISTORY)
    .where({ customer_id: customerId })
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  return rows.map((row) => ({
    id: Number(row.id),
    at: Number(row.at),
    origin: originOf(row),
    replaced: JSON.parse(row.replaced) as PastChange['replaced'],
    refused: JSON.parse(row.refused) as PastChange['refused'],
  }));
}

/**
 * Forgets some changes from before an instant, the first written first; answers how many. By the
 * primary key: they are written as they happen.
 */
export async function deleteHistoryBefore(
  db: Database,
  before: number,
  most: number,
): Promise<number> {
  const first = db(HISTORY).orderBy('id').limit(most).select('id', 'at');
  return db(HISTORY)
    .whereIn('id', db.from(first.as('first')).where('at', '<', before).select('id'))
    .delete();
}

/** Nothing is known of their sources any more. */
export async function deleteOrigins(db: Database, customerIds: readonly number[]): Promise<void> {
  if (customerIds.length === 0) return;
  await whereAmong(db, db(ORIGINS), 'customer_id', customerIds).delete();
  await whereAmong(db, db(HISTORY), 'customer_id', customerIds).delete();
}

/** Names of the files that imports came from. */
export async function fileNames(
  db: Database,
  importIds: readonly number[],
): Promise<ReadonlyMap<string, string>> {
  if (importIds.length === 0) return new Map();
  const rows: { id: number; file_name: string }[] = await db('crm_imports')
    .whereIn('id', [...importIds])
    .select('id', 'file_name');
  return new Map(rows.map((row) => [String(row.id), row.file_name]));
}
