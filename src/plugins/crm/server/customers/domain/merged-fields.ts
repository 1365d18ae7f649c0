/** What is known of one person after two records turned out to be theirs. Pure. */
import type { CustomerFields } from '../../../shared/customers';

const MOST_TAGS = 100;
const LONGEST_NOTE = 10_000;

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '';

function joinedNotes(a: string | null, b: string | null): string | null {
  const notes = [a, b].filter((note) => note !== null && note.trim() !== '');
  return notes.length === 0 ? null : [...new Set(notes)].join('\n\n').slice(0, LONGEST_NOTE);
}

/** The record that stays keeps what it says; the other fills its gaps. Tags and notes add up. */
export function mergedFields(into: CustomerFields, from: CustomerFields): CustomerFields {
  const filled = Object.fromEntries(
    (Object.keys(into) as (keyof CustomerFields)[]).map((key) => [
      key,
      isEmpty(into[key]) ? from[key] : into[key],
    ]),
  ) as unknown as CustomerFields;
  const known = [into.registeredAt, from.registeredAt].filter((at) => at !== null);
  const custom = Object.fromEntries(
    Object.keys({ ...from.custom, ...into.custom }).map((name) => [
      name,
      isEmpty(into.custom[name]) ? (from.custom[name] ?? null) : (into.custom[name] ?? null),
    ]),
  );
  return {
    ...filled,
    custom,
    tags: [...new Set([...into.tags, ...from.tags])].slice(0, MOST_TAGS),
    note: joinedNotes(into.note, from.note),
    registeredAt: known.length === 0 ? null : Math.min(...known),
    madeUp: into.madeUp && from.madeUp,
  };
}
