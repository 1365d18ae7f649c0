/** Pairs of records that may be one person. */
import type { Core } from '@strapi/strapi';

import {
  duplicateReasons,
  type DuplicatePair,
  type DuplicateReason,
} from '../../../shared/customer-merge';
import type { Customer } from '../../../shared/customers';
import { database, heavyRead } from '../../kernel';
import { isAlike } from '../domain/duplicate-rules';
import { KeptAnswer } from '../domain/kept-answer';
import { findByIds } from '../store/customers';
import { duplicatesQuery, idsOfNamesakes, nameForms, type DuplicateIds } from '../store/duplicates';
import { dismissedPairs, hasMoreThan } from '../store/merges';

const SHOWN = 100;
/** So many are looked through whenever somebody asks; a million take several seconds. */
const FEW = 50_000;

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
async function lookThrough(strapi: Core.Strapi): Promise<Found> {
  const found = new Map<string, Set<DuplicateReason>>();
  const looks = duplicateReasons.flatMap((reason) => nameForms.map((form) => ({ reason, form })));
  for (const { reason, form } of looks) {
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
    () => lookThrough(strapi),
    (error) => strapi.log.warn(`Looking for duplicates failed: ${String(error)}`),
  );
  keptOf.set(strapi, created);
  return created;
}

/**
 * Pairs all over the table, with every reason that holds; those waved off are left out. Where there
 * are many people, the pairs are those of the last look, and the next one begins meanwhile.
 */
export async function findDuplicates(strapi: Core.Strapi): Promise<DuplicatePair[]> {
  const isLong = await hasMoreThan(database(strapi), FEW);
  const found = isLong ? await kept(strapi).get() : await lookThrough(strapi);
  return (await pairsOf(strapi, found)).slice(0, SHOWN);
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
