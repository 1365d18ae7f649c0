import { randomUUID } from 'node:crypto';

import { chunked, type Database } from '../../kernel';

/**
 * One call for many people, fixed before it is made: the same key, words and people on every
 * attempt, whichever process makes it. `accepted`: LINE has it.
 */
export interface Multicast {
  readonly id: number;
  readonly account: string;
  readonly retryKey: string;
  readonly body: string;
  readonly state: 'open' | 'accepted';
  readonly createdAt: number;
  readonly members: readonly MulticastMember[];
}

interface MulticastMember {
  /** Row of the outbox. */
  readonly messageId: number;
  readonly userId: string;
}

/** How a row of the outbox goes: with others, or (null) alone under its own key. */
export type Plan = ReadonlyMap<number, Multicast | null>;

interface NewMulticast {
  readonly account: string;
  readonly body: string;
  readonly members: readonly MulticastMember[];
}

interface MemberRow {
  message_id: number;
  multicast_id: number | null;
  user_id: string;
}

interface MulticastRow {
  id: number;
  account: string;
  retry_key: string;
  body: string;
  state: 'open' | 'accepted';
  created_at: number | string;
}

/** What was decided for these rows at an earlier attempt. By primary keys. */
export async function plannedFor(db: Database, messageIds: readonly number[]): Promise<Plan> {
  const plan = new Map<number, Multicast | null>();
  for (const part of chunked(messageIds)) {
    const rows: MemberRow[] = await db('crm_line_multicast_members').whereIn('message_id', part);
    const ids = [...new Set(rows.flatMap(({ multicast_id }) => multicast_id ?? []))];
    const known = await multicastsById(db, ids);
    for (const { message_id, multicast_id } of rows) {
      plan.set(Number(message_id), known.get(Number(multicast_id)) ?? null);
    }
  }
  return plan;
}

/** Index: crm_line_multicast_members_of. */
async function multicastsById(
  db: Database,
  ids: readonly number[],
): Promise<Map<number, Multicast>> {
  if (ids.length === 0) return new Map();
  const rows: MulticastRow[] = await db('crm_line_multicasts').whereIn('id', [...ids]);
  const members: MemberRow[] = await db('crm_line_multicast_members')
    .whereIn('multicast_id', [...ids])
    .orderBy('message_id');
  return new Map(
    rows.map((row) => [
      Number(row.id),
      {
        id: Number(row.id),
        account: row.account,
        retryKey: row.retry_key,
        body: row.body,
        state: row.state,
        createdAt: Number(row.created_at),
        members: members
          .filter(({ multicast_id }) => Number(multicast_id) === Number(row.id))
          .map(({ message_id, user_id }) => ({ messageId: Number(message_id), userId: user_id })),
      },
    ]),
  );
}

/** In the caller's transaction. A row that another worker planned meanwhile makes it fail whole. */
export async function fixMulticast(
  trx: Database,
  { account, body, members }: NewMulticast,
  now: number,
): Promise<Multicast> {
  const retryKey = randomUUID();
  const inserted: { id: number }[] = await trx('crm_line_multicasts')
    .insert({ account, retry_key: retryKey, body, state: 'open', created_at: now })
    .returning('id');
  const id = Number(inserted[0]?.id);
  await insertMembers(trx, id, members, now);
  return { id, account, retryKey, body, state: 'open', createdAt: now, members };
}

/** "Alone, under its own key": fixed too, or a later attempt would join it to others. */
export const fixAlone = (trx: Database, members: readonly MulticastMember[], now: number) =>
  insertMembers(trx, null, members, now);

async function insertMembers(
  trx: Database,
  multicastId: number | null,
  members: readonly MulticastMember[],
  now: number,
): Promise<void> {
  for (const part of chunked(members)) {
    await trx('crm_line_multicast_members').insert(
      part.map(({ messageId, userId }) => ({
        message_id: messageId,
        multicast_id: multicastId,
        user_id: userId,
        created_at: now,
      })),
    );
  }
}

export async function acceptMulticast(db: Database, id: number): Promise<void> {
  await db('crm_line_multicasts').where({ id }).update({ state: 'accepted' });
}

/** LINE refused one of them and so nobody got it: each goes alone, so that only that one fails. */
export async function dissolveMulticast(db: Database, id: number): Promise<void> {
  await db('crm_line_multicast_members').where({ multicast_id: id }).update({ multicast_id: null });
}

/** Rows answered for long ago need no plan. Index: crm_line_multicasts_age, …_members_age. */
export async function forgetMulticasts(db: Database, before: number): Promise<void> {
  await db('crm_line_multicast_members').where('created_at', '<', before).delete();
  await db('crm_line_multicasts').where('created_at', '<', before).delete();
}
