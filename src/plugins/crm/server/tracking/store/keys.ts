import type { KeyScope } from '../../../shared/tracking';
import type { Database } from '../../kernel';

export interface WriteKeyRow {
  readonly id: number;
  readonly name: string;
  readonly hint: string;
  readonly scope: KeyScope;
  readonly created_at: number | string;
  readonly last_used_at: number | string | null;
  readonly ends_at: number | string | null;
}

/** Keys are few: nobody has more servers than a screen shows. */
export async function listKeys(db: Database): Promise<WriteKeyRow[]> {
  return db('crm_write_keys')
    .orderBy('id', 'desc')
    .limit(200)
    .select('id', 'name', 'hint', 'scope', 'created_at', 'last_used_at', 'ends_at');
}

export async function liveKeys(
  db: Database,
  now: number,
): Promise<{ id: number; hash: string; scope: KeyScope; endsAt: number | null }[]> {
  const rows: { id: number; hash: string; scope: KeyScope; ends_at: number | string | null }[] =
    await db('crm_write_keys')
      .where((live) => void live.whereNull('ends_at').orWhere('ends_at', '>', now))
      .select('id', 'hash', 'scope', 'ends_at');
  return rows.map(({ id, hash, scope, ends_at }) => ({
    id: Number(id),
    hash,
    scope,
    endsAt: ends_at === null ? null : Number(ends_at),
  }));
}

export async function insertKey(
  db: Database,
  row: {
    readonly name: string;
    readonly hash: string;
    readonly hint: string;
    readonly scope: KeyScope;
    readonly created_at: number;
  },
): Promise<void> {
  await db('crm_write_keys').insert(row);
}

/** False: there is no such key that still works. */
export async function endKey(
  db: Database,
  { id, now, at }: { readonly id: number; readonly now: number; readonly at: number },
): Promise<boolean> {
  const ended = await db('crm_write_keys')
    .where({ id })
    .where((live) => void live.whereNull('ends_at').orWhere('ends_at', '>', now))
    .update({ ends_at: at });
  return ended > 0;
}

export async function findKey(db: Database, id: number): Promise<WriteKeyRow | undefined> {
  return db('crm_write_keys')
    .where({ id })
    .first('id', 'name', 'hint', 'scope', 'created_at', 'last_used_at', 'ends_at');
}

export async function touchKey(db: Database, id: number, now: number): Promise<void> {
  await db('crm_write_keys').where({ id }).update({ last_used_at: now });
}
