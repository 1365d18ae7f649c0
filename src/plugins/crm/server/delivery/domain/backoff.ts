const FIRST_SECONDS = 60;
const LONGEST_SECONDS = 6 * 60 * 60;

/**
 * Seconds until attempt number `attempt + 1`: one minute, doubled each time, six hours at most.
 * The row's id spreads rows of one outage over a fifth of the wait, the same way on every run.
 */
export function retryDelaySeconds(attempt: number, id: number): number {
  const base = Math.min(FIRST_SECONDS * 2 ** Math.max(0, attempt - 1), LONGEST_SECONDS);
  return base + Math.floor((base / 5) * ((id % 97) / 97));
}
