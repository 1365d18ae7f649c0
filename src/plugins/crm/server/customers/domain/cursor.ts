import { z } from 'zod';

/** Where a page ended: the row's id, and its value in the order of the list. */
const position = z.object({ id: z.number().int(), key: z.union([z.string(), z.number()]) });
export type ListPosition = z.infer<typeof position>;

/** Where a page of the list ended, as an opaque text for the next request. */
export function writeCursor(at: ListPosition): string {
  return Buffer.from(JSON.stringify(at)).toString('base64url');
}

/** Null for a cursor that nobody gave out: the list then begins at its start. */
export function readCursor(cursor: string | undefined): ListPosition | null {
  if (!cursor) return null;
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null;
  }
}
