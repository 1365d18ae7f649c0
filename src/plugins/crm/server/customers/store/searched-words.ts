/** Words that staff searched by, kept with exports and bulk runs: they may be somebody's name. */
import { z } from 'zod';

import type { Database } from '../../kernel';

const withWords = z.looseObject({ q: z.string() });
const selectionWithWords = z.looseObject({ filter: withWords });

interface Kept {
  readonly id: number;
  readonly text: string;
}

/** Only where there are words at all; both tables hold what people did by hand. */
const kept = (db: Database, table: string, column: string): Promise<Kept[]> =>
  db(table)
    .where(column, 'like', '%"q":"%')
    .whereNot(column, 'like', '%"q":""%')
    .select({ id: 'id', text: column });

/** Blanks the words that `isHers` recognises. A run still to do keeps what it has to look for. */
export async function blankSearchedWords(
  db: Database,
  isHers: (words: string) => boolean,
): Promise<void> {
  for (const { id, text } of await kept(db, 'crm_customer_exports', 'filter')) {
    const { data } = withWords.safeParse(JSON.parse(text));
    if (!data || !isHers(data.q)) continue;
    const filter = JSON.stringify({ ...data, q: '' });
    await db('crm_customer_exports').where({ id }).update({ filter });
  }
  for (const { id, text } of await kept(db, 'crm_bulk_runs', 'selection')) {
    const { data } = selectionWithWords.safeParse(JSON.parse(text));
    if (!data || !isHers(data.filter.q)) continue;
    const selection = JSON.stringify({ ...data, filter: { ...data.filter, q: '' } });
    await db('crm_bulk_runs')
      .where({ id })
      .whereNotIn('status', ['queued', 'running'])
      .update({ selection });
  }
}
