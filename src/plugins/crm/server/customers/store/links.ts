/** Tables of other features that name a customer: found, moved and given back by row id. */
import type { CustomerLinks } from '../extensions';
import { isPostgres, whereAmong, type Database, type UnitOfWork } from '../../kernel';

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
    ...(holds ? { holds: table } : {}),
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

/** Those of these people of whom any of the tables has rows: one statement for however many tables. */
export async function knownIn(
  db: Database,
  tables: readonly string[],
  customerIds: readonly number[],
): Promise<number[]> {
  if (customerIds.length === 0 || tables.length === 0) return [];
  const people = isPostgres(db)
    ? db.raw('unnest(?::int[]) as person(id)', [[...customerIds]])
    : db.raw('(select value as id from json_each(?)) as person', [JSON.stringify(customerIds)]);
  const query = db.from(people).select('person.id');
  for (const table of tables) {
    void query.orWhereExists(
      db(table).select(db.raw('1')).where(`${table}.customer_id`, db.ref('person.id')),
    );
  }
  const rows: { id: number }[] = await query;
  return rows.map(({ id }) => Number(id));
}
