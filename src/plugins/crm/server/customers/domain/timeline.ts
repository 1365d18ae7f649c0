import type { TimelineEntry } from '../../../shared/customers';

/**
 * One page of the merged timeline. Each source gave its newest `limit` entries, so the newest
 * `limit` of all are among them; entries of the same instant are never split over two pages,
 * because the next page asks for what is strictly older.
 */
export function mergeTimeline(
  sources: readonly (readonly TimelineEntry[])[],
  limit: number,
): { entries: TimelineEntry[]; next?: number } {
  const all = sources
    .flat()
    .sort((a, b) => b.at - a.at || a.kind.localeCompare(b.kind) || compareIds(b.id, a.id));
  const last = all[limit - 1];
  if (!last || all.length === limit) {
    const mayBeMore = sources.some((entries) => entries.length >= limit);
    return { entries: all, ...(last && mayBeMore ? { next: last.at } : {}) };
  }
  return { entries: all.filter((entry) => entry.at >= last.at), next: last.at };
}

/** Later rows have higher ids: `order:10` is after `order:9`. */
function compareIds(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
