/** A batch met a change made beside it and must be done again from its first look. */
export class BatchRace extends Error {
  constructor() {
    super('The batch met a change made at the same time');
  }
}

/** Somebody took a number or an address between our look and our insert: a unique key says so. */
export function isBatchRace(error: unknown): boolean {
  if (error instanceof BatchRace) return true;
  const { code } = (error ?? {}) as { code?: unknown };
  return code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE';
}
