/**
 * A batch is twice LINE's largest multicast, so that many people of the same words make as few
 * calls as can be; within it pushes go `PUSHES_AT_ONCE` at a time, held by the account's pace. Eight
 * attempts with the outbox's backoff stay far below the 24 hours that a retry key is known.
 */
export const lineLimits = { batchSize: 1000, parallel: 1, maxAttempts: 8 } as const;

export const PUSHES_AT_ONCE = 96;
export const MULTICASTS_AT_ONCE = 4;

/** LINE knows a retry key for 24 hours; from here on nobody can tell what the first call did. */
export const KEY_KNOWN_MS = 23 * 3_600_000;
