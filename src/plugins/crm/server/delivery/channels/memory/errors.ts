import type { SendOutcome } from '../channel';

/** A test that throws means: the connection broke while the message was with the provider. */
export const classify = (error: unknown): SendOutcome => ({
  status: 'unknown',
  reason: error instanceof Error ? error.message : String(error),
});
