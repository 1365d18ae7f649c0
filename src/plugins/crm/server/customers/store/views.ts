import { customerViewQuerySchema, type CustomerView } from '../../../shared/customer-work';
import type { Database } from '../../kernel';

const VIEWS = 'crm_customer_views';

interface ViewRow {
  id: number;
  name: string;
  query: string;
}

/** A view kept by an older version is read as far as it is understood. */
const viewOfRow = ({ id, name, query }: ViewRow): CustomerView => {
  const parsed = customerViewQuerySchema.safeParse(JSON.parse(query));
  return {
    id: Number(id),
    name,
    query: parsed.success ? parsed.data : customerViewQuerySchema.parse({}),
  };
};

export async function listViews(db: Database): Promise<CustomerView[]> {
  const rows: ViewRow[] = await db(VIEWS).orderBy('id').limit(50);
  return rows.map(viewOfRow);
}

export async function insertView(
  db: Database,
  view: Omit<CustomerView, 'id'>,
  now: number,
): Promise<CustomerView> {
  const { name, query } = view;
  const inserted: { id: number }[] = await db(VIEWS)
    .insert({ name, query: JSON.stringify(query), created_at: now })
    .returning('id');
  return { ...view, id: Number(inserted[0]?.id) };
}

export async function updateView(db: Database, view: CustomerView): Promise<boolean> {
  const { id, name, query } = view;
  return (
    (await db(VIEWS)
      .where({ id })
      .update({ name, query: JSON.stringify(query) })) > 0
  );
}

export async function deleteView(db: Database, id: number): Promise<boolean> {
  return (await db(VIEWS).where({ id }).delete()) > 0;
}
