/** Pairs of records that may be one person. */
import type { Core } from '@strapi/strapi';

import {
  duplicateReasons,
  type DuplicatePair,
  type DuplicateReason,
  type Duplicates,
} from '../../../shared/customer-merge';
import type { Customer } from '../../../shared/customers';
import { clock, database, heavyRead } from '../../kernel';
import { isAlike } from '../domain/duplicate-rules';
import { KeptAnswer } from '../domain/kept-answer';
import { findByIds } from '../store/customers';
import { duplicatesQuery, idsOfNamesakes, nameForms, type DuplicateIds } from '../store/duplicates';
import { dismissedPairs, hasMoreThan } from '../store/merges';

const SHOWN = 100;
/** So many are looked through whenever somebody asks; a million take several seconds. */
const FEW = 50_000;
/** Where there are more, the pairs of one look are told for so long, unless somebody looks anew. */
const KEPT_FOR_MS = 3_600_000;

type Found = ReadonlyMap<string, ReadonlySet<DuplicateReason>>;

/** As they are now: what was merged, waved off or changed since it was found is left out. */
async function pairsOf(strapi: Core.Strapi, found: Found): Promise<DuplicatePair[]> {
  const db = database(strapi);
  const pairs = [...found].map(([key, reasons]) => ({
    key,
    ids: key.split(' ').map(Number) as [number, number],
    reasons,
  }));
  const lows = pairs.map(({ ids }) => ids[0]);
  const dismissed = await dismissedPairs(db, lows);
  const all = await findByIds(
    db,
    pairs.flatMap(({ ids }) => ids),
  );
  const people = new Map(all.map((one) => [one.id, one]));
  return pairs.flatMap(({ key, ids, reasons }) => {
    const [a, b] = [people.get(ids[0]), people.get(ids[1])];
    if (!a || !b || dismissed.has(key)) return [];
    const still = [...reasons].filter((reason) => isAlike(a, b, reason));
    return still.length > 0 ? [{ a, b, reasons: still }] : [];
  });
}

/** Looks through everybody, once for each reason and form of the name. */
async function lookThrough(
  strapi: Core.Strapi,
  told: (progress: number) => void = () => undefined,
): Promise<Found> {
  const found = new Map<string, Set<DuplicateReason>>();
  const looks = duplicateReasons.flatMap((reason) => nameForms.map((form) => ({ reason, form })));
  for (const [done, { reason, form }] of looks.entries()) {
    told(done / looks.length);
    const query = duplicatesQuery(database(strapi), { reason, form, limit: SHOWN });
    for (const { first_id, last_id } of await heavyRead<DuplicateIds>(strapi, query)) {
      const key = `${first_id} ${last_id}`;
      found.set(key, (found.get(key) ?? new Set()).add(reason));
    }
  }
  return found;
}

const keptOf = new WeakMap<object, KeptAnswer<Found>>();

function kept(strapi: Core.Strapi): KeptAnswer<Found> {
  const known = keptOf.get(strapi);
  if (known) return known;
  const created = new KeptAnswer(
    (told) => lookThrough(strapi, told),
    (error) => strapi.log.warn(`Looking for duplicates failed: ${String(error)}`),
    KEPT_FOR_MS,
  );
  keptOf.set(strapi, created);
  return created;
}

const nowOf = (strapi: Core.Strapi): number => clock(strapi).now().getTime();

/**
 * Pairs all over the table, with every reason that holds; those waved off are left out. Where there
 * are more than a few people nobody waits: the pairs are those of the last look.
 */
export async function findDuplicates(strapi: Core.Strapi, few = FEW): Promise<Duplicates> {
  if (!(await hasMoreThan(database(strapi), few))) {
    const pairs = await pairsOf(strapi, await lookThrough(strapi));
    return { data: pairs.slice(0, SHOWN), foundAt: null, progress: null };
  }
  const { last, progress } = kept(strapi).get(nowOf(strapi));
  const pairs = last ? await pairsOf(strapi, last.answer) : [];
  return { data: pairs.slice(0, SHOWN), foundAt: last?.at ?? null, progress };
}

/** Begins a look now, whatever the age of the last. */
export function lookAgain(strapi: Core.Strapi): void {
  kept(strapi).lookAgain(nowOf(strapi));
}

/** Who may be the same person as one customer. */
export async function duplicatesOf(
  strapi: Core.Strapi,
  person: Customer,
): Promise<DuplicatePair[]> {
  const namesakes = await idsOfNamesakes(database(strapi), person);
  const found = new Map(
    namesakes.map((id) => [
      `${Math.min(id, person.id)} ${Math.max(id, person.id)}`,
      new Set(duplicateReasons),
    ]),
  );
  return pairsOf(strapi, found);
}
