/** Who took customers out of the house, which, and how many. */
import type { Database } from '../../kernel';

const EXPORTS = 'crm_customer_exports';

export async function insertExport(
  db: Database,
  about: {
    readonly filter: object;
    readonly fields: readonly string[];
    readonly encoding: string;
    readonly staffId: number | null;
  },
  now: number,
): Promise<number> {
  const inserted: { id: number }[] = await db(EXPORTS)
    .insert({
      staff_id: about.staffId,
      filter: JSON.stringify(about.filter),
      fields: JSON.stringify(about.fields),
      encoding: about.encoding,
      rows: 0,
      unencodable: 0,
      started_at: now,
    })
    .returning('id');
  return Number(inserted[0]?.id);
}

export async function finishExport(
  db: Database,
  id: number,
  counts: { readonly rows: number; readonly unencodable: number; readonly now: number },
): Promise<void> {
  const { rows, unencodable, now } = counts;
  await db(EXPORTS).where({ id }).update({ rows, unencodable, finished_at: now });
}
