export interface WarmUp {
  /** The first day, `2026-11-22`. */
  readonly since: string;
  readonly firstDay: number;
  readonly upTo: number;
}

const DAY_MS = 86_400_000;

/** Mails in 24 hours on the calendar day `today`, `2026-11-22`; null when the warm-up is over. */
export function warmUpLimit({ since, firstDay, upTo }: WarmUp, today: string): number | null {
  const days = Math.max(0, Math.round((Date.parse(today) - Date.parse(since)) / DAY_MS));
  // Beyond this every number is larger than any limit that can be set.
  const limit = firstDay * 2 ** Math.min(days, 60);
  return limit > upTo ? null : limit;
}
