import type { Note } from '../../../shared/activities';
import type { Database } from '../../kernel';
import { staffNames } from './staff';

const NOTES = 'crm_notes';

interface NoteRow {
  id: number;
  customer_id: number;
  text: string;
  pinned: boolean | number;
  staff_id: number | null;
  created_at: number | string;
  changed_at: number | string | null;
}

async function shown(db: Database, rows: readonly NoteRow[]): Promise<Note[]> {
  const names = await staffNames(
    db,
    rows.map((row) => row.staff_id),
  );
  return rows.map((row) => ({
    id: Number(row.id),
    customerId: Number(row.customer_id),
    text: row.text,
    pinned: Boolean(row.pinned),
    author: row.staff_id === null ? null : (names.get(Number(row.staff_id)) ?? null),
    createdAt: Number(row.created_at),
    changedAt: row.changed_at === null ? null : Number(row.changed_at),
  }));
}

export async function findNote(db: Database, id: number): Promise<Note | null> {
  const rows: NoteRow[] = await db(NOTES).where({ id }).whereNull('deleted_at');
  return (await shown(db, rows))[0] ?? null;
}

/** Pinned ones first, then the newest. */
export async function notesOf(db: Database, customerId: number, limit: number): Promise<Note[]> {
  const rows: NoteRow[] = await db(NOTES)
    .where({ customer_id: customerId })
    .whereNull('deleted_at')
    .orderBy([
      { column: 'pinned', order: 'desc' },
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit);
  return shown(db, rows);
}

/** Newest first, by crm_notes_customer. */
export async function notesBefore(
  db: Database,
  page: { readonly customerId: number; readonly before: number; readonly limit: number },
): Promise<Note[]> {
  const rows: NoteRow[] = await db(NOTES)
    .where({ customer_id: page.customerId })
    .where('created_at', '<', page.before)
    .whereNull('deleted_at')
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(page.limit);
  return shown(db, rows);
}

export async function insertNote(
  db: Database,
  note: {
    readonly customerId: number;
    readonly text: string;
    readonly pinned: boolean;
    readonly staffId: number | null;
    readonly now: number;
  },
): Promise<number> {
  const inserted: { id: number }[] = await db(NOTES)
    .insert({
      customer_id: note.customerId,
      text: note.text,
      pinned: note.pinned,
      staff_id: note.staffId,
      created_at: note.now,
    })
    .returning('id');
  return Number(inserted[0]?.id);
}

/** False for a note that is not there. Pinning alone does not make it a changed one. */
export async function updateNote(
  db: Database,
  id: number,
  change: { readonly text?: string; readonly pinned?: boolean },
  now: number,
): Promise<boolean> {
  const values = {
    ...(change.text === undefined ? {} : { text: change.text, changed_at: now }),
    ...(change.pinned === undefined ? {} : { pinned: change.pinned }),
  };
  if (Object.keys(values).length === 0) return true;
  return (await db(NOTES).where({ id }).whereNull('deleted_at').update(values)) > 0;
}
