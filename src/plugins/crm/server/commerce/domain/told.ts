/** What a shop tells, sorted by what it means for what is known already. Pure. */

export interface Told {
  /** When the shop changed it; null when it did not say. */
  readonly toldAt: number | null;
}

/** Whether what is told is older than what is known; without an instant the later call counts. */
export const isLate = (toldAt: number | null, knownAt: number | null | undefined): boolean =>
  toldAt !== null && knownAt !== null && knownAt !== undefined && toldAt < knownAt;

interface Kind<T> {
  readonly keyOf: (told: T) => string;
  /** Whether it says nothing new. */
  readonly isSame: (known: T, told: T) => boolean;
}

/** Of what is told twice in one batch the newest counts, else the last word; in the first one's place. */
export function lastOfEach<T extends Told>(given: readonly T[], keyOf: (told: T) => string): T[] {
  const newest = new Map<string, T>();
  for (const told of given) {
    if (!isLate(told.toldAt, newest.get(keyOf(told))?.toldAt)) newest.set(keyOf(told), told);
  }
  return [...newest.values()];
}

export interface Sorted<T> {
  /** Something newer is known. */
  readonly late: readonly T[];
  readonly same: readonly T[];
  /** Of `same`: told alike at a later instant, so that what comes from in between is late as well. */
  readonly touched: readonly T[];
  readonly changed: readonly T[];
}

/** `told` has each thing once (`lastOfEach`). What is told without an instant keeps the known one. */
export function sortTold<T extends Told>(
  told: readonly T[],
  known: ReadonlyMap<string, T>,
  { keyOf, isSame }: Kind<T>,
): Sorted<T> {
  const late = told.filter((one) => isLate(one.toldAt, known.get(keyOf(one))?.toldAt));
  const fresh = told
    .filter((one) => !late.includes(one))
    .map((one) => ({ ...one, toldAt: one.toldAt ?? known.get(keyOf(one))?.toldAt ?? null }));
  const saysNothing = (one: T) => {
    const before = known.get(keyOf(one));
    return before !== undefined && isSame(before, one);
  };
  const same = fresh.filter(saysNothing);
  return {
    late,
    same,
    touched: same.filter((one) => one.toldAt !== known.get(keyOf(one))?.toldAt),
    changed: fresh.filter((one) => !saysNothing(one)),
  };
}

/** What became of each, by key; what another call at the same time knew better was not written. */
export function outcomesOf<T>(
  { late, same, changed }: Sorted<T>,
  written: ReadonlyMap<string, unknown>,
  known: ReadonlyMap<string, unknown>,
  keyOf: (told: T) => string,
) {
  const keys = changed.map(keyOf);
  const taken = keys.filter((key) => written.has(key));
  return {
    created: taken.filter((key) => !known.has(key)),
    updated: taken.filter((key) => known.has(key)),
    unchanged: same.map(keyOf),
    ignored: [...late.map(keyOf), ...keys.filter((key) => !written.has(key))],
  };
}
