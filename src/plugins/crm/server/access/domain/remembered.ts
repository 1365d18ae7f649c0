import type { z } from 'zod';

/**
 * Reads a stored value with a schema, each object once: documents stay in memory and are decided on
 * at every request. Null for what the schema refuses.
 */
export function remembered<T>(schema: z.ZodType<T>): (stored: unknown) => T | null {
  const known = new WeakMap<object, T | null>();
  return (stored) => {
    if (typeof stored !== 'object' || stored === null) return null;
    const existing = known.get(stored);
    if (existing !== undefined) return existing;
    const result = schema.safeParse(stored);
    const read = result.success ? result.data : null;
    known.set(stored, read);
    return read;
  };
}
