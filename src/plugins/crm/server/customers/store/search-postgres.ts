/** A row for each term: prefixes are ranges of its primary key. */
import { insertBulk, whereAmong, type Database } from '../../kernel';
import { termsOfLines } from '../domain/search-keys';
import type { SearchTerms, TermRow } from './search-terms';

const TERMS = 'crm_customer_search';

/** Above every character a term can hold: the end of the range that begins with a prefix. */
const LAST = '\u{10ffff}';

async function write(db: Database, people: readonly TermRow[]): Promise<void> {
  const rows = people.flatMap(({ id, lines }) =>
    termsOfLines(lines).map((term) => ({ term, customer_id: id })),
  );
  // In the order of the primary key: each of its pages is then touched once a batch.
  rows.sort((a, b) => (a.term < b.term ? -1 : 1));
  await insertBulk(db, {
    table: TERMS,
    columns: ['term', 'customer_id'],
    rows,
    conflict: { columns: ['term', 'customer_id'], merge: 'ignore' },
  });
}

async function remove(db: Database, ids: readonly number[]): Promise<void> {
  await whereAmong(db, db(TERMS), 'customer_id', ids).delete();
}

function found(db: Database, prefixes: readonly string[]) {
  const ids = db(TERMS).select('customer_id');
  for (const prefix of prefixes) {
    void ids.orWhere((range) =>
      range.where('term', '>=', prefix).where('term', '<', prefix + LAST),
    );
  }
  return ids;
}

export const postgresTerms: SearchTerms = {
  write,
  remove,
  forget: (db, id) => remove(db, [id]),
  found,
  async rewrite(db, people) {
    const ids = people.map((person) => person.id);
    await remove(db, ids);
    await write(db, people);
  },
  finds: (db, prefixes, id) =>
    db
      .queryBuilder()
      .select(db.raw('1'))
      .from(found(db, prefixes).as('of'))
      .whereRaw('of.customer_id = ??', [id]),
  // Its planner knows how common a prefix is.
  sample: () => null,
};
