import { customersService } from '../../../customers';
import { replyTokenOf } from '../../domain/event';
import { lineFriendChanged } from '../..';
import { lineClient } from '../../client';
import { greet } from '../../chat';
import { noteRoute } from '../../friend-routes/come';
import {
  addHistory,
  ensureFriend,
  setFriendCustomer,
  setFriendStatus,
  setProfile,
} from '../../store';
import type { EventContext } from './handler';

/** Who has logged in with LINE is known before she is a friend. */
async function memberByLogin({ strapi, friend }: EventContext): Promise<number | null> {
  const member = await customersService(strapi).findByIdentity('line', friend.userId);
  return member?.id ?? null;
}

/** Added as a friend, or unblocked: known by name, greeted by the free reply token. */
export async function follow(context: EventContext): Promise<void> {
  const { strapi, account, event, friend } = context;
  // Without a profile (no consent, or LINE has a bad moment) she is still a friend.
  const profile = await lineClient(strapi, account).profile(friend.userId);
  const member = await memberByLogin(context);
  const known = await context.commit(async (unit) => {
    const { trx } = unit;
    const before = await ensureFriend(trx, friend, event.timestamp);
    const applied = await setFriendStatus(trx, friend, 'following', event.timestamp);
    if (profile.ok) await setProfile(trx, friend, profile.value);
    if (!applied) return null;
    // Who has unblocked was a friend before, and so was who came with the list.
    const isNew = before.followedAt === null && before.importedAt === null;
    if (isNew) await noteRoute(trx, friend, event.timestamp);
    const customerId = before.customerId ?? member;
    if (before.customerId === null && member !== null) {
      await setFriendCustomer(trx, friend, member, event.timestamp);
    }
    await addHistory(trx, { ...friend, customerId, type: 'followed', at: event.timestamp });
    if (customerId !== null) await unit.publish(lineFriendChanged, { customerId });
    return { customerId };
  });
  const replyToken = replyTokenOf(event);
  if (!known || !replyToken) return;
  const person = profile.ok ? profile.value : { displayName: '' };
  const newcomer = { ...person, ...known, at: event.timestamp };
  await greet({ strapi, account, friend, replyToken }, newcomer);
}
