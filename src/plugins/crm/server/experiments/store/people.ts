/** Who met which experiment: one counted row a person, and rows of browsers that are known to be hers. */
import type { Knex } from 'knex';

import { chunked, whereAmong, type Database } from '../../kernel';
import type { Group } from '../domain/assign';

export interface PersonRow {
  readonly experiment: string;
  readonly unit: string;
  readonly variant: Group;
  readonly customer_id: number | null;
  readonly visitor_id: string | null;
  readonly exposed_at: number;
}

export type StoredGroup = Pick<PersonRow, 'experiment' | 'unit' | 'variant' | 'customer_id'>;

const TABLE = 'crm_experiment_people';

/** What these people already have, by the unique index (experiment, unit). */
export async function groupsOf(
  db: Database,
  ids: readonly string[],
  units: readonly string[],
): Promise<StoredGroup[]> {
  const found: StoredGroup[] = [];
  for (const some of chunked(units)) {
    found.push(
      ...(await db(TABLE)
        .whereIn('experiment', ids)
        .whereIn('unit', some)
        .select('experiment', 'unit', 'variant', 'customer_id')),
    );
  }
  return found;
}

/** Once a person and experiment; the first variant stays, also when two nodes write at once. */
export async function insertPeople(
  trx: Knex.Transaction,
  rows: readonly PersonRow[],
): Promise<void> {
  await trx(TABLE).insert(rows).onConflict(['experiment', 'unit']).ignore();
}

/**
 * A browser's owner is known now: what it met she has met, unless she has a row of her own. Its row
 * stays, so that it shows the same after she has logged out, and bears her number, by which it is
 * not counted beside hers.
 */
export async function adoptVisitor(
  trx: Knex.Transaction,
  ids: readonly string[],
  from: { readonly unit: string; readonly to: string; readonly customerId: number },
): Promise<void> {
  const unclaimed: Omit<PersonRow, 'unit'>[] = await trx(TABLE)
    .whereIn('experiment', ids)
    .where({ unit: from.unit })
    .whereNull('customer_id')
    .select('experiment', 'variant', 'visitor_id', 'exposed_at');
  if (unclaimed.length === 0) return;
  await insertPeople(
    trx,
    unclaimed.map((row) => ({ ...row, unit: from.to, customer_id: from.customerId })),
  );
  await trx(TABLE)
    .whereIn('experiment', ids)
    .where({ unit: from.unit })
    .whereNull('customer_id')
    .update({ customer_id: from.customerId });
}

/** Rows that count: a browser whose owner is known counts as her. */
export const whereCounted = (query: Knex.QueryBuilder, alias: string): Knex.QueryBuilder =>
  query.where((counted) =>
    counted.whereNull(`${alias}.customer_id`).orWhereNot(`${alias}.unit`, 'like', 'v:%'),
  );

const ofCustomer = (customerId: number) => ({ unit: `c:${customerId}` });

/** What one customer met; experiments are few, so the unique index is walked by experiment. */
export async function metBy(
  db: Database,
  customerId: number,
): Promise<Pick<PersonRow, 'experiment' | 'variant' | 'exposed_at'>[]> {
  return db(TABLE)
    .whereIn('experiment', db('crm_experiments').select('document_id'))
    .where(ofCustomer(customerId))
    .orderBy('exposed_at')
    .select('experiment', 'variant', 'exposed_at');
}

/** Her row stays as somebody's, with what she had reached (`,0,2,`); her browsers' go. */
export async function forgetRow(
  trx: Knex.Transaction,
  row: { readonly experiment: string; readonly customerId: number; readonly reached: string },
): Promise<void> {
  await trx(TABLE)
    .where({ experiment: row.experiment, ...ofCustomer(row.customerId) })
    .update({
      unit: trx.raw("'x:' || id"),
      customer_id: null,
      visitor_id: null,
      reached: row.reached,
    });
}

/** By the index of the customer. */
export async function dropBrowsersOf(
  trx: Knex.Transaction,
  customerIds: readonly number[],
): Promise<void> {
  const browsers = trx(TABLE).where('unit', 'like', 'v:%');
  await whereAmong(trx, browsers, 'customer_id', customerIds).delete();
}

/** Who of these customers met an experiment, by the unique index (experiment, unit). */
export async function whoMet(
  trx: Knex.Transaction,
  customerIds: readonly number[],
): Promise<number[]> {
  const known = trx(TABLE).whereIn('experiment', trx('crm_experiments').select('document_id'));
  const units = new Map(customerIds.map((id) => [ofCustomer(id).unit, id]));
  const rows: { unit: string }[] = await whereAmong(trx, known, 'unit', [...units.keys()]).distinct(
    'unit',
  );
  return rows.flatMap(({ unit }) => units.get(unit) ?? []);
}

/** By the index of the customer: the rows of her browsers, for a merge and its undoing. */
export async function browserRowsOf(trx: Knex.Transaction, customerId: number): Promise<number[]> {
  const rows: { id: number | string }[] = await trx(TABLE)
    .where({ customer_id: customerId })
    .where('unit', 'like', 'v:%')
    .select('id');
  return rows.map(({ id }) => Number(id));
}

type StoredPerson = PersonRow & { readonly id: number };

export async function rowsOf(trx: Knex.Transaction, unit: string): Promise<StoredPerson[]> {
  const rows: StoredPerson[] = await trx(TABLE)
    .whereIn('experiment', trx('crm_experiments').select('document_id'))
    .where({ unit })
    .select('id', 'experiment', 'unit', 'variant', 'customer_id', 'visitor_id', 'exposed_at');
  // PostgreSQL answers bigint as text.
  return rows.map((row) => ({
    ...row,
    id: Number(row.id),
    exposed_at: Number(row.exposed_at),
  }));
}

export async function giveRows(
  trx: Knex.Transaction,
  ids: readonly number[],
  to: Partial<Pick<PersonRow, 'unit' | 'customer_id'>>,
): Promise<void> {
  await trx(TABLE).whereIn('id', ids).update(to);
}

export async function dropRows(trx: Knex.Transaction, ids: readonly number[]): Promise<void> {
  await trx(TABLE).whereIn('id', ids).delete();
}

export async function restoreRows(
  trx: Knex.Transaction,
  rows: readonly StoredPerson[],
): Promise<void> {
  if (rows.length === 0) return;
  await trx(TABLE).insert(rows).onConflict(['experiment', 'unit']).ignore();
}
