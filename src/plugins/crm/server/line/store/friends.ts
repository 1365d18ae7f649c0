import type { Knex } from 'knex';

import type { LineFriend, LineFriendStatus } from '../../../shared/line';
import { whereAmong, type Database } from '../../kernel';

export interface FriendKey {
  readonly account: string;
  readonly userId: string;
}

interface FriendRow {
  id: number;
  account: string;
  user_id: string;
  customer_id: number | null;
  status: LineFriendStatus;
  status_at: number | string;
  display_name: string | null;
  picture_url: string | null;
  language: string | null;
  followed_at: number | string | null;
  unfollowed_at: number | string | null;
  linked_at: number | string | null;
  imported_at: number | string | null;
}

const moment = (value: number | string | null): number | null =>
  value === null ? null : Number(value);

const friendOfRow = (row: FriendRow): LineFriend => ({
  account: row.account,
  userId: row.user_id,
  customerId: row.customer_id === null ? null : Number(row.customer_id),
  status: row.status,
  displayName: row.display_name,
  pictureUrl: row.picture_url,
  language: row.language,
  followedAt: moment(row.followed_at),
  unfollowedAt: moment(row.unfollowed_at),
  linkedAt: moment(row.linked_at),
  importedAt: moment(row.imported_at),
});

const where = ({ account, userId }: FriendKey) => ({ account, user_id: userId });

export async function findFriend(db: Database, key: FriendKey): Promise<LineFriend | null> {
  const row: FriendRow | undefined = await db('crm_line_friends').where(where(key)).first();
  return row ? friendOfRow(row) : null;
}

/** Linked friends of these customers, the latest link first. Index: crm_line_friends_customer. */
export async function friendsOfCustomers(
  db: Database,
  customerIds: readonly number[],
): Promise<LineFriend[]> {
  const rows: FriendRow[] = await db('crm_line_friends')
    .whereIn('customer_id', [...customerIds])
    .orderBy('linked_at', 'desc');
  return rows.map(friendOfRow);
}

/** One LINE user's friendships with our accounts. Unique index (account, user_id), few accounts. */
export async function friendsOfUser(db: Database, userId: string): Promise<LineFriend[]> {
  const rows: FriendRow[] = await db('crm_line_friends').where({ user_id: userId });
  return rows.map(friendOfRow);
}

/** Who of these is known at an account. Unique index (account, user_id). */
export async function friendsAmong(
  db: Database,
  account: string,
  userIds: readonly string[],
): Promise<{ userId: string; customerId: number | null }[]> {
  const rows: { user_id: string; customer_id: number | null }[] = await db('crm_line_friends')
    .where({ account })
    .whereIn('user_id', [...userIds])
    .orderBy('id')
    .select('user_id', 'customer_id');
  return rows.map(({ user_id, customer_id }) => ({ userId: user_id, customerId: customer_id }));
}

/** LINE user ids of a customer, in the caller's transaction. Index `crm_identities_customer`. */
export async function lineIdentitiesOf(trx: Database, customerId: number): Promise<string[]> {
  const rows: { value: string }[] = await trx('crm_identities')
    .where({ customer_id: customerId, kind: 'line' })
    .select('value');
  return rows.map(({ value }) => value);
}

/** A person we hear of for the first time, by whatever event. */
export async function ensureFriend(db: Database, key: FriendKey, at: number): Promise<LineFriend> {
  await db('crm_line_friends')
    .insert({ ...where(key), status: 'following', status_at: 0, last_event_at: at })
    .onConflict(['account', 'user_id'])
    .ignore();
  await db('crm_line_friends')
    .where(where(key))
    .where('last_event_at', '<', at)
    .update({ last_event_at: at });
  const friend = await findFriend(db, key);
  if (!friend) throw new Error('A friend that was just written is not there');
  return friend;
}

/** False: a newer event had already said how the two stand. */
export async function setFriendStatus(
  db: Database,
  key: FriendKey,
  status: LineFriendStatus,
  at: number,
): Promise<boolean> {
  // Who comes back sees the account's own menu, whatever she had before.
  const moments =
    status === 'following'
      ? { followed_at: at, rich_menu_id: null, menu_due_at: at }
      : { unfollowed_at: at };
  const changed = await db('crm_line_friends')
    .where(where(key))
    .where('status_at', '<=', at)
    .update({ status, status_at: at, ...moments });
  return changed > 0;
}

export async function setProfile(
  db: Database,
  key: FriendKey,
  profile: { displayName: string; pictureUrl?: string; language?: string },
): Promise<void> {
  await db('crm_line_friends')
    .where(where(key))
    .update({
      display_name: profile.displayName.slice(0, 255),
      picture_url: profile.pictureUrl ?? null,
      language: profile.language ?? null,
    });
}

export async function setFriendCustomer(
  db: Database,
  key: FriendKey,
  customerId: number | null,
  at: number,
): Promise<void> {
  await db('crm_line_friends')
    .where(where(key))
    .update({
      customer_id: customerId,
      linked_at: customerId === null ? null : at,
      menu_due_at: at,
    });
}

interface ImportedFriend {
  readonly customerId: number;
  /** User id. */
  readonly value: string;
}

/**
 * Friends at these accounts whom nobody knew until a file told; answers the customers who have one.
 * Unique index (account, user_id).
 */
export async function linkImported(
  trx: Database,
  accounts: readonly string[],
  friends: readonly ImportedFriend[],
  now: number,
): Promise<number[]> {
  if (friends.length === 0) return [];
  const customerOf = new Map(friends.map(({ customerId, value }) => [value, customerId]));
  const rows: { id: number; user_id: string }[] = await whereAmong(
    trx,
    trx('crm_line_friends')
      .whereIn('account', [...accounts])
      .whereNull('customer_id')
      .select('id', 'user_id'),
    'user_id',
    [...customerOf.keys()],
  );
  const linked: number[] = [];
  for (const { id, user_id } of rows) {
    const customerId = customerOf.get(user_id);
    if (customerId === undefined) continue;
    await trx('crm_line_friends')
      .where({ id })
      .update({ customer_id: customerId, linked_at: now, menu_due_at: now });
    linked.push(customerId);
  }
  return linked;
}

/** The undo of it: friends stay friends, and nobody's. */
export async function unlinkImported(
  trx: Database,
  accounts: readonly string[],
  friends: readonly ImportedFriend[],
): Promise<number[]> {
  const unlinked: number[] = [];
  for (const { customerId, value } of friends) {
    const changed = await trx('crm_line_friends')
      .whereIn('account', [...accounts])
      .where({ user_id: value, customer_id: customerId })
      .update({ customer_id: null, linked_at: null });
    if (changed > 0) unlinked.push(customerId);
  }
  return unlinked;
}

/**
 * One address a customer: the friend linked last among those who follow one of these accounts. `account:userId`, since
 * only the account that a person follows may write to her.
 */
export function addressQuery(db: Database, accounts: readonly string[]): Knex.QueryBuilder {
  return db('crm_line_friends as friend')
    .whereIn('friend.account', [...accounts])
    .select('friend.customer_id', db.raw("friend.account || ':' || friend.user_id as address"))
    .where('friend.status', 'following')
    .whereNotNull('friend.customer_id')
    .whereNotExists(
      db('crm_line_friends as later')
        .select(db.raw('1'))
        .whereIn('later.account', [...accounts])
        .where('later.status', 'following')
        .whereRaw('later.customer_id = friend.customer_id')
        .whereRaw(
          '(later.linked_at > friend.linked_at or (later.linked_at = friend.linked_at and later.id > friend.id))',
        ),
    );
}

export interface FriendCounts {
  readonly following: number;
  readonly linked: number;
}

/** For Home and Settings. Index: crm_line_friends_status. */
export function friendCountsQuery(db: Database): Knex.QueryBuilder {
  return db('crm_line_friends')
    .where({ status: 'following' })
    .count({ following: '*', linked: 'customer_id' });
}

/** Who became a friend in [from, to) and still is or was. Index: crm_line_friends_status. */
export function followedBetweenQuery(db: Database, from: number, to: number): Knex.QueryBuilder {
  return db('crm_line_friends')
    .whereIn('status', ['following', 'blocked'])
    .where('followed_at', '>=', from)
    .where('followed_at', '<', to)
    .count({ count: '*' });
}
