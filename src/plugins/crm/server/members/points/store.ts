import type { Database } from '../../kernel';

export interface PointsEntry {
  readonly customerId: number;
  readonly points: number;
  readonly reference: string;
  readonly at: number;
}

/** False: this reference is already in the ledger. */
export async function insertPoints(trx: Database, entry: PointsEntry): Promise<boolean> {
  const { customerId, points, reference, at } = entry;
  const inserted: { id: number }[] = await trx('crm_points')
    .insert({ customer_id: customerId, points, reference, at })
    .onConflict('reference')
    .ignore()
    .returning('id');
  return inserted.length > 0;
}

/** By crm_points_customer. Null: she has never had any. */
export async function balanceOf(db: Database, customerId: number): Promise<number | null> {
  const row: { balance?: number | string | null } | undefined = await db('crm_points')
    .where({ customer_id: customerId })
    .sum({ balance: 'points' })
    .first();
  return row?.balance === null || row?.balance === undefined ? null : Number(row.balance);
}
