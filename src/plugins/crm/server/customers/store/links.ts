/** Tables of other features that name a customer: found, moved and given back by row id. */
import type { CustomerLinks } from '../extensions';
import { whereAmong, type Database, type UnitOfWork } from '../../kernel';

const idsOf = (moved: unknown): number[] => (Array.isArray(moved) ? moved.map(Number) : []);

async function reassign(
  db: Database,
  table: string,
  change: { readonly ids: readonly number[]; readonly from: number; readonly to: number },
): Promise<void> {
  if (change.ids.length === 0) return;
  await whereAmong(db, db(table).where({ customer_id: change.from }), 'id', change.ids).update({
    customer_id: change.to,
  });
}

export interface LinkedTable {
  /** Has `id` and `customer_id`, the latter indexed. */
  readonly table: string;
  /** False: rows that alone are no reason to keep a person. */
  readonly holds: boolean;
}

export function linksOfTable({ table, holds }: LinkedTable): CustomerLinks {
  return {
    key: table,
    async holders(db, customerIds) {
      if (!holds || customerIds.length === 0) return [];
      const rows: { customer_id: number }[] = await whereAmong(
        db,
        db(table).distinct('customer_id'),
        'customer_id',
        customerIds,
      );
      return rows.map((row) => Number(row.customer_id));
    },
    async move({ trx }: UnitOfWork, from, to) {
      const rows: { id: number }[] = await trx(table).where({ customer_id: from }).select('id');
      const ids = rows.map((row) => Number(row.id));
      await reassign(trx, table, { ids, from, to });
      return ids;
    },
    giveBack: ({ trx }, from, to, moved) =>
      reassign(trx, table, { ids: idsOf(moved), from: to, to: from }),
  };
}
