import { customerViewQuerySchema, type CustomerView } from '../../../shared/customer-work';
import type { Database } from '../../kernel';

const VIEWS = 'crm_customer_views';

/** A view as it is kept; nobody knows any more who made the oldest ones. */
export interface StoredView extends Omit<CustomerView, 'mayChange'> {
  readonly staffId: number | null;
}

interface ViewRow {
  id: number;
  name: string;
  query: string;
  staff_id: number | null;
}

/** A view kept by an older version is read as far as it is understood. */
const viewOfRow = ({ id, name, query, staff_id }: ViewRow): StoredView => {
  const parsed = customerViewQuerySchema.safeParse(JSON.parse(query));
  return {
    id: Number(id),
    name,
    query: parsed.success ? parsed.data : customerViewQuerySchema.parse({}),
    staffId: staff_id === null ? null : Number(staff_id),
  };
};

export async function listViews(db: Database): Promise<StoredView[]> {
  const rows: ViewRow[] = await db(VIEWS).orderBy('id').limit(50);
  return rows.map(viewOfRow);
}

export async function findView(db: Database, id: number): Promise<StoredView | null> {
  const row: ViewRow | undefined = await db(VIEWS).where({ id }).first();
  return row ? viewOfRow(row) : null;
}

export async function insertView(
  db: Database,
  { name, query, staffId }: Omit<StoredView, 'id'>,
  now: number,
): Promise<number> {
  const inserted: { id: number }[] = await db(VIEWS)
    .insert({ name, query: JSON.stringify(query), staff_id: staffId, created_at: now })
    .returning('id');
  return Number(inserted[0]?.id);
}

export async function updateView(
  db: Database,
  { id, name, query }: Omit<StoredView, 'staffId'>,
): Promise<void> {
  await db(VIEWS)
    .where({ id })
    .update({ name, query: JSON.stringify(query) });
}

export async function deleteView(db: Database, id: number): Promise<void> {
  await db(VIEWS).where({ id }).delete();
}
