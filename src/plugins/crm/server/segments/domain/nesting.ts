/** Segments that ask about other segments: which come first, and whether a circle would arise. */

/** What a clause on a segment is said to read, see `SegmentCondition.readsOf`. */
export const readsSegment = (documentId: string): string => `segment:${documentId}`;

/** The segments among what a rule reads. */
export const nestedIn = (reads: Iterable<string>): string[] =>
  [...reads].flatMap((what) => (what.startsWith('segment:') ? [what.slice(8)] : []));

export type Nesting = ReadonlyMap<string, readonly string[]>;

/**
 * From `start` down to `start` again, both ends included, when what it would ask about asks about
 * it; null when there is no circle.
 */
export function circleThrough(start: string, nesting: Nesting): string[] | null {
  const seen = new Set<string>();
  const open: string[][] = [[start]];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    for (const next of nesting.get(path.at(-1) ?? '') ?? []) {
      if (next === start) return [...path, next];
      if (seen.has(next)) continue;
      seen.add(next);
      open.push([...path, next]);
    }
  }
  return null;
}

/** The same segments, each behind those it asks about. A circle, which nobody can save, is cut. */
export function nestedFirst<T extends { readonly documentId: string }>(
  segments: readonly T[],
  nesting: Nesting,
): T[] {
  const byId = new Map(segments.map((segment) => [segment.documentId, segment]));
  const placed = new Set<string>();
  const ordered: T[] = [];
  const place = (id: string): void => {
    if (placed.has(id)) return;
    placed.add(id);
    for (const nested of nesting.get(id) ?? []) place(nested);
    const segment = byId.get(id);
    if (segment) ordered.push(segment);
  };
  for (const { documentId } of segments) place(documentId);
  return ordered;
}
