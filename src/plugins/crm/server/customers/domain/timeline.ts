import type { TimelineEntry } from '../../../shared/customers';

/** Where a page begins: entries older than `before`, without the first `skip` of them. */
export interface TimelinePosition {
  readonly before: number;
  readonly skip: number;
}

/** `1763780000000`, or with the entries of an instant that were told already `1763780000001-50`. */
export function readPosition(cursor: string | undefined): TimelinePosition {
  const [before = '', skip = '0'] = (cursor ?? '').split('-');
  return { before: before === '' ? Number.MAX_SAFE_INTEGER : Number(before), skip: Number(skip) };
}

export const writePosition = ({ before, skip }: TimelinePosition): string =>
  skip === 0 ? String(before) : `${before}-${skip}`;

/**
 * One page of the merged timeline. Each source gave its newest `limit + skip` entries before the
 * page's position. One that gave so many may have been cut in the middle of an instant, so its last
 * instant waits for the next page, and no instant is split over two pages, unless it alone fills
 * more than one: then the next page skips what was told of it.
 */
export function mergeTimeline(
  sources: readonly (readonly TimelineEntry[])[],
  limit: number,
  skip = 0,
): { entries: TimelineEntry[]; next?: TimelinePosition } {
  const all = sources
    .flat()
    .sort((a, b) => b.at - a.at || a.kind.localeCompare(b.kind) || compareIds(b.id, a.id));
  const cut = sources.filter((entries) => entries.length >= limit + skip);
  const horizon = Math.max(...cut.map((entries) => entries.at(-1)?.at ?? -Infinity));
  const certain = all.filter((entry) => entry.at > horizon);
  if (cut.length > 0 && certain.length <= skip) return pageOfInstant(all, limit, skip);
  const fresh = certain.slice(skip);
  const end = fresh[limit - 1]?.at ?? -Infinity;
  const entries = fresh.filter((entry) => entry.at >= end);
  const last = entries.at(-1);
  const more = cut.length > 0 || entries.length < fresh.length;
  return { entries, ...(last && more ? { next: { before: last.at, skip: 0 } } : {}) };
}

/** More happened in one instant than a page holds: all sources are complete up to this page's end. */
function pageOfInstant(all: readonly TimelineEntry[], limit: number, skip: number) {
  const told = all.slice(0, skip + limit);
  const entries = told.slice(skip);
  const at = entries.at(-1)?.at ?? 0;
  const toldOfInstant = told.filter((entry) => entry.at === at).length;
  return { entries, next: { before: at + 1, skip: toldOfInstant } };
}

/** Later rows have higher ids: `order:10` is after `order:9`. */
function compareIds(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
