/** Columns of a file that are about one tag. Without zod: the thread that reads files begins sooner. */
const TAG_COLUMN = 'tag:';
const LONGEST_TAG = 50;

/**
 * The key of a column that says of one tag whether a person has it (Lステップ writes a column a tag);
 * the heading is the tag. Null where the heading cannot be one.
 */
export function tagColumnKey(heading: string): string | null {
  const tag = heading.trim();
  return tag === '' || tag.length > LONGEST_TAG ? null : TAG_COLUMN + tag;
}

/** The tag that a column with this key is about, null for other columns. */
export const tagOfColumn = (key: string): string | null =>
  key.startsWith(TAG_COLUMN) ? key.slice(TAG_COLUMN.length) : null;
