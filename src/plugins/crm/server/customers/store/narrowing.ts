/** Whom the list of customers means, and the way that finds them soonest. */
import type { Knex } from 'knex';

import { isPostgres, type Database } from '../../kernel';
import { CUSTOMERS } from './rows';
import { searchTermsOf } from './search';

/**
 * Up to so many people are looked up and sorted; of more, the order's index is walked and each
 * person asked whether they belong: the first fifty are then found soon. Of fewer they may not be:
 * in the order of names, everybody called Yamada stands at the end.
 */
const MOST_SORTED = 60_000;
/** Less than this says nothing of everybody. */
const LEAST_SAMPLE = 250;
/** One in so many of a sample: more than are sorted, and nothing needs to be counted to know it. */
const COMMON = 20;

export interface ListCondition {
  /** As `searchPrefixes` gives them. */
  readonly prefixes: readonly (readonly string[])[];
  readonly tier?: string;
  readonly lifecycle?: string;
  /** Null: nobody looks after them. */
  readonly owner?: number | null;
  /** Queries that select `customer_id` of those who pass. */
  readonly among: readonly Knex.QueryBuilder[];
}

/** People who pass one of the conditions, in two ways. */
interface PeopleSet {
  /** A query that selects `customer_id`; the same person may come several times. */
  readonly ids: Knex.QueryBuilder;
  /**
   * Asks each person of a query, whose id stands in the column `id`, whether the set has them,
   * without making the query begin with the set.
   */
  readonly ask: (query: Knex.QueryBuilder, id: string) => void;
  /** See `SearchTerms.sample`. */
  readonly sample: Knex.QueryBuilder | null;
}

const PERSON = `${CUSTOMERS}.id`;
/** People of the set that was looked up, before their records are read. */
const PICKED = 'picked';

export function setsOf(db: Database, condition: ListCondition): PeopleSet[] {
  const terms = searchTermsOf(db);
  const searched = condition.prefixes.map((group) => ({
    ids: terms.found(db, group),
    ask: (query: Knex.QueryBuilder, id: string) =>
      void query.whereExists(terms.finds(db, group, id)),
    sample: terms.sample(db, group),
  }));
  const others = condition.among.map((ids) => ({
    ids: ids.clone(),
    ask: (query: Knex.QueryBuilder, id: string) =>
      void query.whereExists(
        db
          .queryBuilder()
          .select(db.raw('1'))
          .from(ids.clone().as('of'))
          .whereRaw('of.customer_id = ??', [id]),
      ),
    sample: null,
  }));
  return [...searched, ...others];
}

/** What the columns must hold. */
export function valuesOf({
  tier,
  lifecycle,
  owner,
}: ListCondition): [string, string | number | null][] {
  const values: [string, string | number | null | undefined][] = [
    ['tier', tier],
    ['lifecycle_stage', lifecycle],
    ['owner', owner],
  ];
  return values.flatMap(([column, value]) => (value === undefined ? [] : [[column, value]]));
}

function byColumns(query: Knex.QueryBuilder, condition: ListCondition): Knex.QueryBuilder {
  for (const [column, value] of valuesOf(condition)) void query.where(column, value);
  return query;
}

/**
 * The same as sets, for SQLite: left alone, it fetches and sorts three in four of all customers
 * because they share a tier. The plus keeps it from that index.
 */
const columnSets = (db: Database, condition: ListCondition): PeopleSet[] =>
  valuesOf(condition).map(([column, value]) => ({
    ids: db(CUSTOMERS).where(column, value).select({ customer_id: 'id' }),
    ask: (query) =>
      void (value === null
        ? query.whereRaw('+?? is null', [column])
        : query.whereRaw('+?? = ?', [column, value])),
    sample: null,
  }));

/**
 * How the people of several sets are found: all sets looked up, one of them (by its place) looked up
 * and the others asked about each person, several words looked up at once and the others asked, or
 * all asked about everybody in turn.
 */
export type Way = 'look-up' | 'walk' | number | { readonly words: readonly number[] };

/** Whom all words of these places find. */
function foundByAll(
  db: Database,
  { prefixes }: ListCondition,
  places: readonly number[],
): Knex.QueryBuilder | undefined {
  const groups = prefixes.filter((_, place) => places.includes(place));
  return groups.length < 2 ? undefined : searchTermsOf(db).foundByAll?.(db, groups);
}

/** The people that a way looks up first, and at which places of the condition they pass already. */
function firstOf(db: Database, condition: ListCondition, sets: readonly PeopleSet[], way: Way) {
  if (typeof way === 'string') return null;
  const places = typeof way === 'number' ? [way] : way.words;
  const ids = typeof way === 'number' ? sets[way]?.ids : foundByAll(db, condition, places);
  return ids ? { ids, places } : null;
}

export function narrow(
  query: Knex.QueryBuilder,
  db: Database,
  condition: ListCondition,
  way: Way,
): Knex.QueryBuilder {
  const sets = setsOf(db, condition);
  if (way === 'look-up') {
    for (const { ids } of sets) void query.whereIn('id', ids);
    return byColumns(query, condition);
  }
  const columns = columnSets(db, condition);
  const first = firstOf(db, condition, [...sets, ...columns], way);
  // Sets are asked by id alone: the records of whom they leave out, most of them, are never read.
  const picked = first && db.select('customer_id').from(first.ids.as(PICKED));
  for (const [place, set] of [...sets, ...columns].entries()) {
    if (first?.places.includes(place)) continue;
    if (picked && place < sets.length) set.ask(picked, `${PICKED}.customer_id`);
    else set.ask(query, PERSON);
  }
  return picked ? query.whereIn('id', picked) : query;
}

/** How a query is run: on the connection it was built with, or where long reads are. */
export type Read = (query: Knex.QueryBuilder) => Promise<unknown[]>;

export const here: Read = async (query) => (await query) as unknown[];

/** Told by a sample alone: of a prefix that fits everybody the index would count everybody. */
async function isCommon({ sample }: PeopleSet, read: Read): Promise<boolean> {
  if (!sample) return false;
  const [row] = (await read(sample)) as { asked: number; found: number | null }[];
  return row !== undefined && row.asked >= LEAST_SAMPLE && Number(row.found) * COMMON > row.asked;
}

/** How many a query finds, as far as so many. Asked of `db`: it may be an open transaction. */
async function peopleIn(
  db: Database,
  ids: Knex.QueryBuilder,
  most: number,
  read: Read,
): Promise<number> {
  const some = db.select('customer_id').from(ids.as('of')).limit(most);
  const counting = db.count({ people: '*' }).from(some.as('some'));
  const [counted] = (await read(counting)) as { people: number }[];
  return Number(counted?.people);
}

interface Candidate {
  readonly way: Way;
  readonly ids: Knex.QueryBuilder;
}

/** What could be looked up first: sets that are not common, words among them all at once. */
async function candidatesOf(
  db: Database,
  condition: ListCondition,
  read: Read,
): Promise<Candidate[]> {
  const rare: (Candidate & { readonly way: number })[] = [];
  const sets = [...setsOf(db, condition), ...columnSets(db, condition)];
  for (const [way, set] of sets.entries()) {
    if (!(await isCommon(set, read))) rare.push({ way, ids: set.ids });
  }
  const words = rare.map(({ way }) => way).filter((place) => place < condition.prefixes.length);
  const together = foundByAll(db, condition, words);
  if (!together) return rare;
  const others = rare.filter(({ way }) => !words.includes(way));
  return [{ way: { words }, ids: together }, ...others];
}

/** From the smallest of the sets, unless even that is large. PostgreSQL's planner sees it itself. */
export async function wayOf(
  db: Database,
  condition: ListCondition,
  read: Read = here,
): Promise<Way> {
  if (isPostgres(db)) return 'look-up';
  if (setsOf(db, condition).length + valuesOf(condition).length === 0) return 'look-up';
  let [chosen, least]: [Way, number] = ['walk', MOST_SORTED];
  for (const { way, ids } of await candidatesOf(db, condition, read)) {
    const people = await peopleIn(db, ids, least, read);
    if (people < least) [chosen, least] = [way, people];
  }
  return chosen;
}
