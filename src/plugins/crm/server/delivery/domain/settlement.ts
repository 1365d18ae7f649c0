import type { SendOutcome } from '../channels/channel';

import { retryDelaySeconds } from './backoff';

/** What becomes of a row after a send, as it is written to the outbox. */
export interface Settlement {
  readonly id: number;
  readonly status: 'accepted' | 'gathered' | 'retry' | 'failed' | 'unknown';
  readonly attempts: number;
  readonly dueAt: number;
  readonly providerMessageId: string | null;
  readonly error: string | null;
  /** Yen, where the price was known when it was accepted. */
  readonly cost?: number | null;
}

/** Rests the queue this long when the provider cannot be reached and does not say for how long. */
const UNREACHABLE_SECONDS = 30;
const ERROR_LENGTH = 500;

interface Sent {
  readonly id: number;
  /** Attempts made before this one. */
  readonly attempts: number;
}

export function settle(
  row: Sent,
  outcome: SendOutcome,
  maxAttempts: number,
  now: number,
): Settlement {
  const attempts = row.attempts + 1;
  const base = {
    id: row.id,
    attempts,
    dueAt: now,
    providerMessageId: null,
    error: null,
    cost: null,
  };
  switch (outcome.status) {
    case 'accepted':
      return {
        ...base,
        status: 'accepted',
        providerMessageId: outcome.providerMessageId ?? null,
      };
    case 'gathered':
      return { ...base, status: 'gathered' };
    case 'later':
    case 'unreachable': {
      const dueAt = now + 1000 * (outcome.afterSeconds ?? UNREACHABLE_SECONDS);
      const error = outcome.reason.slice(0, ERROR_LENGTH);
      return { ...base, status: 'retry', attempts: row.attempts, dueAt, error };
    }
    case 'retry': {
      const error = outcome.reason.slice(0, ERROR_LENGTH);
      if (attempts >= maxAttempts) return { ...base, status: 'failed', error };
      const seconds = outcome.afterSeconds ?? retryDelaySeconds(attempts, row.id);
      return { ...base, status: 'retry', dueAt: now + 1000 * seconds, error };
    }
    default:
      return {
        ...base,
        status: outcome.status,
        error: outcome.reason.slice(0, ERROR_LENGTH),
      };
  }
}
