import type { CustomerFields } from '../../../shared/customers';

const differs = (a: unknown, b: unknown): boolean =>
  a !== b && JSON.stringify(a) !== JSON.stringify(b);

/** Fields in which two states of a person differ; the operator's own by their names. */
export function changedNames(before: CustomerFields, after: CustomerFields): string[] {
  const own = (Object.keys(after) as (keyof CustomerFields)[]).filter(
    (key) => key !== 'custom' && differs(before[key], after[key]),
  );
  const custom = Object.keys(after.custom).filter((name) =>
    differs(before.custom[name] ?? null, after.custom[name] ?? null),
  );
  return [...own, ...custom];
}
