import type { Identity, IdentityKind } from '../../../shared/customers';
import { chunked, countInserted, whereAmong, type Database } from '../../kernel';

const TABLE = 'crm_identities';

interface IdentityRow {
  id: number;
  customer_id: number;
  kind: IdentityKind;
  value: string;
  verified_at: number | string | null;
  created_at: number | string;
}

export interface NewIdentity {
  readonly customerId: number;
  readonly kind: IdentityKind;
  readonly value: string;
  readonly verifiedAt: number | null;
  /** The import whose undo takes it back; fields that have an identity come back by themselves. */
  readonly importId?: number;
}

const identityOfRow = (row: IdentityRow): Identity => ({
  id: Number(row.id),
  customerId: Number(row.customer_id),
  kind: row.kind,
  value: row.value,
  verifiedAt: row.verified_at === null ? null : Number(row.verified_at),
  createdAt: Number(row.created_at),
});

export async function findIdentity(
  db: Database,
  kind: IdentityKind,
  value: string,
): Promise<Identity | null> {
  const row: IdentityRow | undefined = await db(TABLE).where({ kind, value }).first();
  return row ? identityOfRow(row) : null;
}

/** Who holds each of these values. */
export async function holdersOf(
  db: Database,
  kind: IdentityKind,
  values: readonly string[],
): Promise<Map<string, number>> {
  if (values.length === 0) return new Map();
  const rows: { value: string; customer_id: number }[] = await whereAmong(
    db,
    db(TABLE).where({ kind }).select('value', 'customer_id'),
    'value',
    values,
  );
  return new Map(rows.map((row) => [row.value, Number(row.customer_id)]));
}

export async function identitiesOf(db: Database, customerId: number): Promise<Identity[]> {
  const rows: IdentityRow[] = await db(TABLE).where({ customer_id: customerId }).orderBy('id');
  return rows.map(identityOfRow);
}

/** Inserts those that nobody holds, and answers how many; the others are left as they are. */
export async function insertIdentities(
  db: Database,
  identities: readonly NewIdentity[],
  now: number,
): Promise<number> {
  return countInserted(db, {
    table: TABLE,
    columns: ['customer_id', 'kind', 'value', 'verified_at', 'import_id', 'created_at'],
    rows: identities.map(({ customerId, kind, value, verifiedAt, importId = null }) => [
      customerId,
      kind,
      value,
      verifiedAt,
      importId,
      now,
    ]),
    conflict: { columns: ['kind', 'value'], merge: 'ignore' },
    isOneStatement: true,
  });
}

export async function moveIdentity(
  db: Database,
  id: number,
  change: { customerId: number; verifiedAt: number | null },
): Promise<void> {
  await db(TABLE)
    .where({ id })
    .update({ customer_id: change.customerId, verified_at: change.verifiedAt });
}

export async function deleteIdentity(
  db: Database,
  identity: Pick<NewIdentity, 'customerId' | 'kind' | 'value'>,
): Promise<boolean> {
  const { customerId, kind, value } = identity;
  return (await db(TABLE).where({ customer_id: customerId, kind, value }).delete()) > 0;
}

/** One statement per chunk. */
export async function deleteIdentities(
  db: Database,
  identities: readonly NewIdentity[],
): Promise<void> {
  for (const part of chunked(identities)) {
    const keys = part.map(({ customerId, kind, value }) => [customerId, kind, value]);
    await db(TABLE).whereIn(['customer_id', 'kind', 'value'], keys).delete();
  }
}

export async function deleteIdentitiesOf(db: Database, ids: readonly number[]): Promise<void> {
  await whereAmong(db, db(TABLE), 'customer_id', ids).delete();
}

/** Who of these has an identity of the kind. Index `crm_identities_customer`. */
export async function withIdentity(
  db: Database,
  kind: IdentityKind,
  ids: readonly number[],
): Promise<ReadonlySet<number>> {
  const rows: { customer_id: number }[] = await whereAmong(
    db,
    db(TABLE).where({ kind }).select('customer_id'),
    'customer_id',
    ids,
  );
  return new Set(rows.map((row) => Number(row.customer_id)));
}

/** Takes back what one import said and nobody has proved since; answers what that was. */
export async function deleteImported(
  db: Database,
  kind: IdentityKind,
  ids: readonly number[],
  importId: number,
): Promise<{ customerId: number; value: string }[]> {
  if (ids.length === 0) return [];
  const rows: { id: number; customer_id: number; value: string }[] = await whereAmong(
    db,
    db(TABLE).where({ kind, import_id: importId }).whereNull('verified_at'),
    'customer_id',
    ids,
  ).select('id', 'customer_id', 'value');
  const gone = rows.map(({ id }) => Number(id));
  if (gone.length > 0) await whereAmong(db, db(TABLE), 'id', gone).delete();
  return rows.map(({ customer_id, value }) => ({ customerId: Number(customer_id), value }));
}

/** Which of these customers have proved an address or hold an account. */
export async function verifiedAmong(db: Database, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows: { customer_id: number }[] = await whereAmong(db, db(TABLE), 'customer_id', ids)
    .where((proved) => {
      void proved.whereNotNull('verified_at').orWhereIn('kind', ['line', 'member', 'visitor']);
    })
    .distinct('customer_id');
  return rows.map((row) => Number(row.customer_id));
}

export async function moveIdentities(
  db: Database,
  ids: readonly number[],
  customerId: number,
): Promise<void> {
  if (ids.length === 0) return;
  await whereAmong(db, db(TABLE), 'id', ids).update({ customer_id: customerId });
}
