/**
 * LINE takes 2,000 pushes a second and is idempotent by retry key, so messages of a batch go at
 * the same time. Eight attempts with the outbox's backoff stay far below the 24 hours that a
 * retry key is known.
 */
export const lineLimits = { batchSize: 64, parallel: 2, maxAttempts: 8 } as const;
