/** The log of previews as a real person. */
import type { Database } from '../../kernel';

const LOG = 'crm_preview_log';

export interface Look {
  readonly customerId: number;
  readonly staffId: number;
  readonly uid: string;
  readonly documentId: string;
  readonly locale: string;
  readonly version: string;
  readonly title: string;
  readonly at: number;
}

export interface LoggedLook extends Look {
  readonly id: number;
  /** Null: the account is gone. */
  readonly staff: string | null;
}

interface Row {
  id: number;
  customer_id: number;
  staff_id: number;
  uid: string;
  document_id: string;
  locale: string;
  version: string;
  title: string;
  at: number | string;
  firstname: string | null;
  lastname: string | null;
  username: string | null;
}

/** Unless the same person did the same since `since`: turning a switch of the panel asks anew. */
export async function insertLook(db: Database, look: Look, since: number): Promise<void> {
  const row = {
    customer_id: look.customerId,
    staff_id: look.staffId,
    uid: look.uid,
    document_id: look.documentId,
    locale: look.locale,
    version: look.version,
  };
  const recent: unknown = await db(LOG).where(row).where('at', '>', since).first('id');
  if (!recent) await db(LOG).insert({ ...row, title: look.title.slice(0, 300), at: look.at });
}

/** Newest first, by crm_preview_log_customer. */
export async function looksBefore(
  db: Database,
  page: { readonly customerId: number; readonly before: number; readonly limit: number },
): Promise<LoggedLook[]> {
  const rows: Row[] = await db({ log: LOG })
    .leftJoin({ staff: 'admin_users' }, 'staff.id', 'log.staff_id')
    .where('log.customer_id', page.customerId)
    .where('log.at', '<', page.before)
    .orderBy([
      { column: 'log.at', order: 'desc' },
      { column: 'log.id', order: 'desc' },
    ])
    .limit(page.limit)
    .select('log.*', 'staff.firstname', 'staff.lastname', 'staff.username');
  return rows.map((row) => ({
    id: Number(row.id),
    customerId: Number(row.customer_id),
    staffId: Number(row.staff_id),
    uid: row.uid,
    documentId: row.document_id,
    locale: row.locale,
    version: row.version,
    title: row.title,
    at: Number(row.at),
    staff: [row.lastname, row.firstname].filter(Boolean).join(' ') || row.username,
  }));
}

export async function forgetLooks(db: Database, customerId: number): Promise<void> {
  await db(LOG).where({ customer_id: customerId }).delete();
}
