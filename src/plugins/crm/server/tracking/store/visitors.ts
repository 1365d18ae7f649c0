/** Whose browser a visitor id is. */
import type { Knex } from 'knex';

import { isPostgres, preparedIn, whereAmong, type Database } from '../../kernel';

export type LinkedHow = 'login' | 'server' | 'mail' | 'contested';

export interface VisitorRow {
  readonly visitor_id: string;
  readonly customer_id: number | null;
  readonly how: LinkedHow;
  readonly proof: string | null;
  readonly holds_until: number | null;
}

type Stored = Omit<VisitorRow, 'holds_until'> & { readonly holds_until: number | string | null };

const COLUMNS = ['visitor_id', 'customer_id', 'how', 'proof', 'holds_until'] as const;
const AMONG = `select ${COLUMNS.join(', ')} from crm_visitors
  where visitor_id in (select value from json_each(?))`;

/** Asked for every group of events: a statement that is built anew would cost more than its answer. */
const rowsOf = (db: Database, visitorIds: readonly string[]): Promise<Stored[]> =>
  isPostgres(db)
    ? whereAmong(db, db('crm_visitors').select(COLUMNS), 'visitor_id', visitorIds)
    : preparedIn<Stored>(db, AMONG, [JSON.stringify(visitorIds)]);

/** By the unique index of the id; PostgreSQL answers bigint as text. */
export async function visitorsOf(
  db: Database,
  visitorIds: readonly string[],
): Promise<Map<string, VisitorRow>> {
  if (visitorIds.length === 0) return new Map();
  const rows = await rowsOf(db, visitorIds);
  return new Map(
    rows.map((row) => [
      row.visitor_id,
      { ...row, holds_until: row.holds_until === null ? null : Number(row.holds_until) },
    ]),
  );
}

/** Who comes first has it: of two at once one writes nothing and answers false. */
export async function insertVisitor(
  trx: Knex.Transaction,
  row: VisitorRow & { readonly linked_at: number },
): Promise<boolean> {
  const written: unknown[] = await trx('crm_visitors')
    .insert(row)
    .onConflict('visitor_id')
    .ignore()
    .returning('id');
  return written.length > 0;
}

export async function updateVisitor(
  trx: Knex.Transaction,
  visitorId: string,
  change: Partial<Omit<VisitorRow, 'visitor_id'>>,
): Promise<void> {
  await trx('crm_visitors').where({ visitor_id: visitorId }).update(change);
}

/** Was this message's link opened in another browser before? Index `crm_visitors_customer`. */
export async function openedElsewhere(
  db: Database,
  query: { readonly customerId: number; readonly proof: string; readonly visitorId: string },
): Promise<boolean> {
  const row: unknown = await db('crm_visitors')
    .where({ customer_id: query.customerId, proof: query.proof })
    .whereNot({ visitor_id: query.visitorId })
    .first('id');
  return row !== undefined;
}

/** Her browsers are nobody's again. */
export async function forgetVisitors(trx: Database, customerId: number): Promise<void> {
  await trx('crm_visitors').where({ customer_id: customerId }).delete();
}
