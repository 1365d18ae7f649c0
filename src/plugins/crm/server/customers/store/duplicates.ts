/** Looking for people who may be one person: all over the table, and for one of them. */
import type { Knex } from 'knex';

import { duplicateReasons, type DuplicateReason } from '../../../shared/customer-merge';
import type { Customer } from '../../../shared/customers';
import { isPostgres, type Database } from '../../kernel';
import { sharedFields } from '../domain/duplicate-rules';
import { kanjiVariants } from '../domain/kanji-variants';
import { writtenName } from '../domain/search-keys';
import { columnOf, CUSTOMERS } from './rows';
import { searchTermsOf } from './search';

/** A name is the same by how it is read, or by how it is written. */
export const nameForms = ['reading', 'writing'] as const;
export type NameForm = (typeof nameForms)[number];

const NAME: Readonly<Record<NameForm, readonly string[]>> = {
  reading: ['family_name_kana', 'given_name_kana'],
  writing: ['family_name', 'given_name'],
};

const SPACES = ' \u3000';
const variants = kanjiVariants.map(([variant]) => variant).join('');
const forms = kanjiVariants.map(([, form]) => form).join('');

const foldedOnPostgres = (name: string): string =>
  `translate(${name}, '${variants}${SPACES}', '${forms}')`;

/** Most names hold no variant: they are not sent through a hundred replacements. */
function foldedOnSqlite(name: string): string {
  const replaced = [...kanjiVariants, ...[...SPACES].map((space) => [space, ''] as const)].reduce(
    (inner, [from, to]) => `replace(${inner}, '${from}', '${to}')`,
    name,
  );
  return `case when ${name} glob '*[${variants}${SPACES}]*' then ${replaced} else ${name} end`;
}

/** What `writtenName` makes of a stored name, in SQL: width was folded when it was stored. */
function writtenNameOf(db: Database): string {
  const name = 'lower(family_name || given_name)';
  return isPostgres(db) ? foldedOnPostgres(name) : foldedOnSqlite(name);
}

const sharedColumns = (reason: DuplicateReason): string[] =>
  sharedFields[reason].map((field) => columnOf[field]);

export interface DuplicateIds {
  readonly first_id: number | string;
  readonly last_id: number | string;
}

/**
 * People who share a name, in this form, and what the reason asks beside it. One pass over the
 * table, in memory: for a worker thread. Of a group the first and the last are told; once they are
 * merged, the next pair shows.
 */
export function duplicatesQuery(
  db: Database,
  { reason, form, limit }: { reason: DuplicateReason; form: NameForm; limit: number },
) {
  const shared = sharedColumns(reason);
  const query = db(CUSTOMERS)
    .select({ first_id: db.raw('min(id)'), last_id: db.raw('max(id)') })
    .groupBy(shared)
    .havingRaw('count(*) > 1')
    .orderBy('first_id')
    .limit(limit);
  if (form === 'reading') void query.groupBy([...NAME.reading]);
  else void query.groupByRaw(writtenNameOf(db));
  for (const column of [...NAME[form], ...shared]) void query.whereNotNull(column);
  return query;
}

/** True of people who share with her what any of the reasons asks beside the name. */
function sharesAnything(query: Knex.QueryBuilder, person: Customer): void {
  void query.where((any) => {
    for (const reason of duplicateReasons) {
      const values = sharedFields[reason].map((field) => [columnOf[field], person[field]] as const);
      if (values.some(([, value]) => value === null)) continue;
      void any.orWhere(Object.fromEntries(values));
    }
    // Of somebody of whom nothing is known but the name.
    void any.orWhereRaw('1 = 0');
  });
}

const MOST = 500;

/** Who may be one with her: found by the index of readings and by the search terms. */
export async function idsOfNamesakes(db: Database, person: Customer): Promise<number[]> {
  const ids: number[] = [];
  const among = async (narrow: (query: Knex.QueryBuilder) => unknown) => {
    const query = db(CUSTOMERS).whereNot({ id: person.id }).limit(MOST).select('id');
    sharesAnything(query, person);
    narrow(query);
    const rows: { id: number }[] = await query;
    ids.push(...rows.map((row) => Number(row.id)));
  };
  const { familyNameKana, givenNameKana } = person;
  if (familyNameKana && givenNameKana) {
    const reading = `${familyNameKana} ${givenNameKana}`;
    await among((query) => query.where({ sort_name: reading }));
  }
  const written = writtenName(person);
  if (written) {
    await among((query) => query.whereIn('id', searchTermsOf(db).found(db, [written])));
  }
  return [...new Set(ids)];
}
