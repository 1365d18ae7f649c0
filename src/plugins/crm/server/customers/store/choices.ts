/** Values that stand in the customer list's columns, and the staff who look after people. */
import type { Database } from '../../kernel';
import { CUSTOMERS } from './rows';

const MOST = 100;

/** Distinct stages, hopping from one to the next in the index: a million rows cost as much as ten. */
export async function lifecycleStages(db: Database): Promise<string[]> {
  const rows: { stage: string }[] = await db
    .select('stage')
    .fromRaw(
      `(with recursive hops(stage) as (
          select min(lifecycle_stage) from ${CUSTOMERS}
          union all
          select (select min(c.lifecycle_stage) from ${CUSTOMERS} as c
                  where c.lifecycle_stage > hops.stage)
          from hops where hops.stage is not null
        ) select stage from hops where stage is not null) as stages`,
    )
    .limit(MOST);
  return rows.map((row) => row.stage);
}

interface StaffRow {
  id: number;
  firstname: string | null;
  lastname: string | null;
  username: string | null;
}

export async function activeStaff(db: Database): Promise<{ id: number; name: string }[]> {
  const rows: StaffRow[] = await db('admin_users')
    .where({ is_active: true })
    .orderBy('id')
    .limit(500)
    .select('id', 'firstname', 'lastname', 'username');
  return rows.map(({ id, firstname, lastname, username }) => ({
    id: Number(id),
    name: [lastname, firstname].filter(Boolean).join(' ') || username || String(id),
  }));
}
