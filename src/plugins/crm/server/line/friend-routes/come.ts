/**
 * How a friend is tied to the link that she came by. LINE's `follow` event names no source, so the
 * link leads through LINE Login, where she can add the account: its answer names her, and the
 * follow event that came just before, or comes soon, is hers.
 */
import type { Core } from '@strapi/strapi';

import { database, type Database } from '../../kernel';
import { claimOf, friendsOfUser, keepClaim, setRoute, type FriendKey } from '../store';

/** Adding an account takes a moment; who comes a day later came on her own. */
const CLAIM_LIVES_MS = 86_400_000;
/** Clocks differ: LINE's event may seem to be from before the link was opened. */
const CLOCKS_DIFFER_MS = 60_000;

/** LINE has told who opened the link. A friend from before is not brought by it. */
export async function cameBy(
  strapi: Core.Strapi,
  userId: string,
  { route, beganAt, now }: { route: string; beganAt: number; now: number },
): Promise<void> {
  const db = database(strapi);
  await keepClaim(db, userId, route, now);
  for (const friend of await friendsOfUser(db, userId)) {
    const isNew =
      friend.unfollowedAt === null && (friend.followedAt ?? 0) >= beganAt - CLOCKS_DIFFER_MS;
    if (isNew) await setRoute(db, friend, route, now);
  }
}

/** She has become a friend for the first time: by the link that she opened lately, if any. */
export async function noteRoute(trx: Database, friend: FriendKey, at: number): Promise<void> {
  const route = await claimOf(trx, friend.userId, at - CLAIM_LIVES_MS);
  if (route !== null) await setRoute(trx, friend, route, at);
}
