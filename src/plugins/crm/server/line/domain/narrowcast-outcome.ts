/** What became of a narrowcast, told apart by what can be done about it. Pure. */
import type { NarrowingOutcome } from '../../../shared/provider-figures';

/** Why it ended, as it is written down; the rest of a reason is LINE's own. */
export const STOPPED = 'the campaign was stopped';
export const NOBODY = 'nobody is left to send to';
export const failedReason = (code: number | null, description: string | null): string =>
  `narrowcast failed (${code ?? '?'}): ${description ?? ''}`;

const REASONS: readonly (readonly [RegExp, NarrowingOutcome])[] = [
  [new RegExp(`^${STOPPED}$`), 'stopped'],
  [new RegExp(`^${NOBODY}$`), 'nobody'],
  // LINE's codes: fewer than 50 people, an audience of fewer than 50.
  [/^narrowcast failed \([24]\)/, 'too-few'],
  // Fewer than 100 friends: LINE tells nothing of them.
  [/forbidden: .*enough friends/, 'too-few'],
  [/^narrowcast failed \(5\)/, 'no-quota'],
  [/monthly-limit/, 'no-quota'],
];

export function narrowcastOutcome({
  state,
  problem,
}: {
  readonly state: string;
  readonly problem: string | null;
}): NarrowingOutcome {
  if (state !== 'over' && state !== 'closing') return 'waits';
  if (problem === null) return 'done';
  return REASONS.find(([pattern]) => pattern.test(problem))?.[1] ?? 'failed';
}
