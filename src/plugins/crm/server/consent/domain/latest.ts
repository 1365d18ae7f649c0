/** What a ledger entry must tell to be compared in time. */
interface Dated {
  readonly customerId: number;
  readonly purpose: string;
  readonly channel: string;
  readonly at: number;
}

const keyOf = (entry: Dated): string => `${entry.customerId} ${entry.purpose} ${entry.channel}`;

/** The newest entry per person, purpose and channel; of the same instant, the later in the list. */
export function latestEntries<Entry extends Dated>(entries: readonly Entry[]): Entry[] {
  const latest = new Map<string, Entry>();
  for (const entry of entries) {
    const known = latest.get(keyOf(entry));
    if (!known || entry.at >= known.at) latest.set(keyOf(entry), entry);
  }
  return [...latest.values()];
}
