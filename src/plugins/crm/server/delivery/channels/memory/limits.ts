export const memoryLimits = { batchSize: 1, parallel: 4, maxAttempts: 5 } as const;
