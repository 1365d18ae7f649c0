/** Walks down a list of doors as one person and notes every withheld byte. */
import { expect } from 'vitest';

import { SECRETS, type Audience } from './contents';

export interface Crawl {
  /** `SECRET at door`: what was shown and must not have been. */
  readonly leaks: readonly string[];
  /** The secrets that were shown and may be, so that an empty list of leaks means something. */
  readonly seen: readonly string[];
}

export async function crawl(
  audience: Audience,
  doors: readonly string[],
  open: (door: string) => Promise<{ readonly status: number; readonly text: string }>,
): Promise<Crawl> {
  const leaks: string[] = [];
  const seen = new Set<string>();
  for (const door of doors) {
    const answer = await open(door);
    expect([200, 400, 401, 403, 404], `${door}: ${answer.text}`).toContain(answer.status);
    for (const [secret, allowed] of Object.entries(SECRETS)) {
      if (!answer.text.includes(secret)) continue;
      seen.add(secret);
      if (!(allowed as readonly Audience[]).includes(audience)) leaks.push(`${secret} at ${door}`);
    }
    if (answer.text.includes('"audience":{')) leaks.push(`a rule at ${door}`);
  }
  return { leaks, seen: [...seen].sort() };
}
