/** Write keys of other systems: made, replaced, ended. Only their hashes are kept. */
import type { Core } from '@strapi/strapi';

import type { KeyScope, WriteKey } from '../../../shared/tracking';
import {
  clock,
  database,
  inTransaction,
  randomToken,
  refuse,
  sha256,
  success,
  type Database,
  type Result,
} from '../../kernel';
import { endKey, findKey, insertKey, listKeys } from '../store/keys';
import { forgetKnownKeys } from './known-keys';

/** Time enough to put the new key where the old one stands. */
export const REPLACED_WORKS_MS = 24 * 60 * 60_000;
/** So that whoever finds one in a page or a log knows what it opens. */
const PREFIXES: Readonly<Record<KeyScope, string>> = { events: 'wk_', orders: 'ok_' };

const moment = (value: number | string | null): number | null =>
  value === null ? null : Number(value);

const nowOf = (strapi: Core.Strapi): number => clock(strapi).now().getTime();

export async function writeKeys(strapi: Core.Strapi): Promise<WriteKey[]> {
  const now = nowOf(strapi);
  return (await listKeys(database(strapi))).map((row) => {
    const endsAt = moment(row.ends_at);
    return {
      id: Number(row.id),
      name: row.name,
      hint: row.hint,
      scope: row.scope,
      createdAt: Number(row.created_at),
      lastUsedAt: moment(row.last_used_at),
      endsAt,
      isLive: endsAt === null || endsAt > now,
    };
  });
}

interface NewKey {
  readonly name: string;
  readonly scope: KeyScope;
}

async function writeKey(db: Database, { name, scope }: NewKey, now: number): Promise<string> {
  const key = PREFIXES[scope] + randomToken();
  const kept = { name, scope, hash: sha256(key), hint: key.slice(-4), created_at: now };
  await insertKey(db, kept);
  return key;
}

/** The key is in this answer and nowhere else. */
export async function makeKey(strapi: Core.Strapi, asked: NewKey): Promise<{ key: string }> {
  const key = await writeKey(database(strapi), asked, nowOf(strapi));
  await forgetKnownKeys(strapi);
  return { key };
}

const gone = () => refuse('tracking.key-gone', 404);

/** A new key of the same name; the old one works for a day more. Both or neither. */
export async function replaceKey(
  strapi: Core.Strapi,
  id: number,
): Promise<Result<{ key: string }>> {
  const now = nowOf(strapi);
  const key = await inTransaction(strapi, async ({ trx }) => {
    const old = await findKey(trx, id);
    if (!old) return null;
    const ended = await endKey(trx, { id, now, at: now + REPLACED_WORKS_MS });
    return ended ? writeKey(trx, old, now) : null;
  });
  await forgetKnownKeys(strapi);
  return key ? success({ key }) : gone();
}

/** Works no longer from now on, on the other nodes, too. */
export async function revokeKey(strapi: Core.Strapi, id: number): Promise<Result<true>> {
  const now = nowOf(strapi);
  const ended = await endKey(database(strapi), { id, now, at: now });
  await forgetKnownKeys(strapi);
  return ended ? success(true) : gone();
}
