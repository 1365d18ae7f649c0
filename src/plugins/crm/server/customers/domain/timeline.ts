import type { TimelineEntry } from '../../../shared/customers';

/**
 * One page of the merged timeline; the next page asks for what is strictly older than `next`. Each
 * source gave its newest `limit` entries. One that gave so many may have been cut in the middle of
 * an instant, so its last instant waits for the next page, and no instant is split over two pages.
 */
export function mergeTimeline(
  sources: readonly (readonly TimelineEntry[])[],
  limit: number,
): { entries: TimelineEntry[]; next?: number } {
  const all = sources
    .flat()
    .sort((a, b) => b.at - a.at || a.kind.localeCompare(b.kind) || compareIds(b.id, a.id));
  const cut = sources.filter((entries) => entries.length >= limit);
  const horizon = Math.max(...cut.map((entries) => entries.at(-1)?.at ?? -Infinity));
  const certain = all.filter((entry) => entry.at > horizon);
  // A whole page at one instant: better that instant's first entries than none.
  const usable = certain.length > 0 ? certain : all;
  const end = usable[limit - 1]?.at ?? -Infinity;
  const entries = usable.filter((entry) => entry.at >= end);
  const last = entries.at(-1);
  const more = cut.length > 0 || entries.length < all.length;
  return { entries, ...(last && more ? { next: last.at } : {}) };
}

/** Later rows have higher ids: `order:10` is after `order:9`. */
function compareIds(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
