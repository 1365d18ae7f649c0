/** The form holds JSON fields as objects or as text, depending on where they came from. */
export function storedValue(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? null;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
