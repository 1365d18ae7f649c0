import type { TimelineEntry } from '../../shared/customers';

/** Entries under the day they fall on in the site's time zone; both stay in their order. */
export function groupByDay(
  entries: readonly TimelineEntry[],
  dayOf: (at: number) => string,
): { day: string; entries: TimelineEntry[] }[] {
  const days = new Map<string, TimelineEntry[]>();
  for (const entry of entries) {
    const day = dayOf(entry.at);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days].map(([day, of]) => ({ day, entries: of }));
}
