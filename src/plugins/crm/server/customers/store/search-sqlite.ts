/**
 * A row for each person, a line for each of her terms, and a full-text index on it that triggers
 * keep: it appends where a tree of terms would change a page for nearly every term, which was most
 * of an import's time. Prefixes of an index of exact terms: what is found is the same.
 */
import type { Knex } from 'knex';

import { insertBulk, whereAmong, type Database } from '../../kernel';
import type { SearchTerms, TermRow } from './search-terms';

const TERMS = 'crm_customer_search';
const INDEX = 'crm_customer_terms';

/** Every printable character is part of a term; what separates terms is the line break alone. */
const PUNCTUATION = `!"#$%&''()*+,-./:;<=>?@[\\]^_\`{|}~`.replaceAll('"', '""');

/** Statements that make the table and its index. */
export const sqliteTermTables: readonly string[] = [
  `create table ${TERMS} (customer_id integer primary key, terms text not null)`,
  `create virtual table ${INDEX} using fts5(terms, content='${TERMS}', content_rowid='customer_id',
     detail=none, columnsize=0, tokenize="ascii tokenchars '${PUNCTUATION}'")`,
  `create trigger ${TERMS}_written after insert on ${TERMS} begin
     insert into ${INDEX} (rowid, terms) values (new.customer_id, new.terms);
   end`,
  `create trigger ${TERMS}_removed after delete on ${TERMS} begin
     insert into ${INDEX} (${INDEX}, rowid, terms) values ('delete', old.customer_id, old.terms);
   end`,
  `create trigger ${TERMS}_changed after update on ${TERMS} begin
     insert into ${INDEX} (${INDEX}, rowid, terms) values ('delete', old.customer_id, old.terms);
     insert into ${INDEX} (rowid, terms) values (new.customer_id, new.terms);
   end`,
];

/** Of so many people, spread evenly over all, a common prefix is told without counting it. */
const SAMPLE = 400;

async function write(db: Database, people: readonly TermRow[]): Promise<void> {
  await insertBulk(db, {
    table: TERMS,
    columns: ['customer_id', 'terms'],
    rows: people.map(({ id, lines }) => [id, lines]),
    isOneStatement: true,
    conflict: {
      columns: ['customer_id'],
      merge: ['terms'],
      where: `excluded.terms <> ${TERMS}.terms`,
    },
  });
}

/** A raw condition, true of a row whose terms a group of prefixes fits. */
function fits(db: Database, prefixes: readonly string[]): Knex.Raw {
  const tests = prefixes.map(() => `instr(${TERMS}.terms, ?) > 0`);
  const begun = prefixes.map((prefix) => `\n${prefix}`);
  return db.raw(`(${tests.join(' or ')})`, begun);
}

/** Ids from the first to the last in even steps; some of them may be nobody's. */
const SPREAD = `with recursive spread(id, step) as (
    select 1, max(1, max(customer_id) / ${SAMPLE}) from ${TERMS}
    union all select id + step, step from spread where id < step * ${SAMPLE})
  select id from spread`;

/** Written into the statement: a number that is bound comes as a double, which FTS5 refuses. */
const setSecure = (db: Database, on: 0 | 1) =>
  db.raw(`insert into ${INDEX} (${INDEX}, rank) values ('secure-delete', ${on})`);

const anyOf = (prefixes: readonly string[]): string =>
  prefixes.map((prefix) => `"${prefix.replaceAll('"', '""')}" *`).join(' OR ');

const matching = (db: Database, words: string): Knex.QueryBuilder =>
  db(INDEX).select({ customer_id: 'rowid' }).whereRaw(`${INDEX} match ?`, [words]);

export const sqliteTerms: SearchTerms = {
  write,
  rewrite: write,
  /** A deleted term stays in its part of the index until parts are merged some day: not hers. */
  async forget(db, id) {
    await setSecure(db, 1);
    await db(TERMS).where({ customer_id: id }).delete();
    // For one person only: it costs seventy times what marking does, and an undo removes thousands.
    await setSecure(db, 0);
  },
  async remove(db, ids) {
    await whereAmong(db, db(TERMS), 'customer_id', ids).delete();
  },
  found: (db, prefixes) => matching(db, anyOf(prefixes)),
  /** Both lists of people stand in the index; the terms of forty thousand Satos are a file to read. */
  foundByAll: (db, groups) =>
    matching(db, groups.map((prefixes) => `(${anyOf(prefixes)})`).join(' AND ')),
  finds: (db, prefixes, id) =>
    db(TERMS)
      .select(db.raw('1'))
      .whereRaw(`${TERMS}.customer_id = ??`, [id])
      .where(fits(db, prefixes)),
  sample: (db, prefixes) =>
    db(TERMS)
      .whereRaw(`customer_id in (${SPREAD})`)
      .select(db.raw('count(*) as asked'), db.raw('sum(?) as found', [fits(db, prefixes)])),
};
