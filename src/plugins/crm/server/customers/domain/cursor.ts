import { z } from 'zod';

const position = z.object({ id: z.number().int(), name: z.string() });

/** Where a page of the list ended, as an opaque text for the next request. */
export function writeCursor(at: { id: number; name: string }): string {
  return Buffer.from(JSON.stringify(at)).toString('base64url');
}

/** Null for a cursor that nobody gave out: the list then begins at its start. */
export function readCursor(cursor: string | undefined): { id: number; name: string } | null {
  if (!cursor) return null;
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null;
  }
}
