import type { Knex } from 'knex';

import type { Database } from '../../kernel';
import { sha256 } from '../../kernel';

export interface SessionRow {
  readonly id: number;
  readonly customerId: number;
  readonly userId: number;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly userAgent: string | null;
}

interface RawSession {
  id: number;
  customer_id: number;
  user_id: number;
  created_at: number | string;
  last_seen_at: number | string;
  user_agent: string | null;
}

const sessionOfRow = (row: RawSession): SessionRow => ({
  id: Number(row.id),
  customerId: Number(row.customer_id),
  userId: Number(row.user_id),
  createdAt: Number(row.created_at),
  lastSeenAt: Number(row.last_seen_at),
  userAgent: row.user_agent,
});

export async function insertSession(
  db: Database,
  token: string,
  session: Omit<SessionRow, 'id'> & { expiresAt: number },
): Promise<void> {
  await db('crm_member_sessions').insert({
    token_hash: sha256(token),
    customer_id: session.customerId,
    user_id: session.userId,
    created_at: session.createdAt,
    last_seen_at: session.lastSeenAt,
    expires_at: session.expiresAt,
    user_agent: session.userAgent,
  });
}

const COLUMNS = ['id', 'customer_id', 'user_id', 'created_at', 'last_seen_at', 'user_agent'];

/** A session `s` that lives; a blocked or deleted user has none. By the unique index of the token. */
export const whereLive = (
  query: Knex.QueryBuilder,
  tokenHash: string,
  now: number,
): Knex.QueryBuilder =>
  query
    .join('up_users as u', 'u.id', 's.user_id')
    .where('s.token_hash', tokenHash)
    .whereNull('s.revoked_at')
    .where('s.expires_at', '>', now)
    .where((where) => where.where('u.blocked', false).orWhereNull('u.blocked'));

export async function liveSessionsOf(
  db: Database,
  userId: number,
  now: number,
): Promise<SessionRow[]> {
  const rows: RawSession[] = await db('crm_member_sessions')
    .where({ user_id: userId })
    .whereNull('revoked_at')
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .limit(50)
    .select(COLUMNS);
  return rows.map(sessionOfRow);
}

export async function touchSession(db: Database, id: number, now: number): Promise<void> {
  await db('crm_member_sessions').where({ id }).update({ last_seen_at: now });
}

/** Ends sessions of this user only: one, all but one, or all. Answers how many. */
export async function revokeSessions(
  db: Database,
  userId: number,
  now: number,
  which: { only?: number; except?: number } = {},
): Promise<number> {
  const query = db('crm_member_sessions').where({ user_id: userId }).whereNull('revoked_at');
  if (which.only !== undefined) query.where({ id: which.only });
  if (which.except !== undefined) query.whereNot({ id: which.except });
  return query.update({ revoked_at: now });
}

export async function revokeSessionToken(db: Database, token: string, now: number) {
  await db('crm_member_sessions')
    .where({ token_hash: sha256(token) })
    .whereNull('revoked_at')
    .update({ revoked_at: now });
}

export async function deleteSessionsExpiredBefore(db: Database, instant: number): Promise<void> {
  await db('crm_member_sessions').where('expires_at', '<', instant).delete();
}

export async function deleteSessionsOf(db: Database, userId: number): Promise<void> {
  await db('crm_member_sessions').where({ user_id: userId }).delete();
}

/** Bearer tokens of this user that were issued up to `now` are worth nothing from here on. */
export async function endTokens(db: Database, userId: number, now: number): Promise<void> {
  await db('crm_member_cutoffs')
    .insert({ user_id: userId, at: now })
    .onConflict('user_id')
    .merge(['at']);
}

export async function tokensEndedAt(db: Database, userId: number): Promise<number> {
  const row: { at: number | string } | undefined = await db('crm_member_cutoffs')
    .where({ user_id: userId })
    .first('at');
  return Number(row?.at ?? 0);
}

/** Whoever these users are, they are this customer now. */
export async function giveSessionsTo(
  db: Database,
  customerId: number,
  userIds: readonly number[],
): Promise<void> {
  await db('crm_member_sessions').whereIn('user_id', userIds).update({ customer_id: customerId });
}
