/** Names of Strapi's admin users, as the other lists show them. */
import type { Database } from '../../kernel';

interface StaffRow {
  id: number;
  firstname: string | null;
  lastname: string | null;
  username: string | null;
}

export async function staffNames(
  db: Database,
  ids: readonly (number | null)[],
): Promise<ReadonlyMap<number, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows: StaffRow[] = await db('admin_users')
    .whereIn('id', wanted)
    .select('id', 'firstname', 'lastname', 'username');
  return new Map(
    rows.map(({ id, firstname, lastname, username }) => [
      Number(id),
      [lastname, firstname].filter(Boolean).join(' ') || username || String(id),
    ]),
  );
}

export async function isActiveStaff(db: Database, id: number): Promise<boolean> {
  const row: unknown = await db('admin_users').where({ id, is_active: true }).first('id');
  return row !== undefined;
}
