import { lineFriendChanged } from '../..';
import { addHistory, ensureFriend, setFriendStatus } from '../../store';
import type { EventContext } from './handler';

/** Blocked: nothing more reaches her. Her consent stays as she gave it, in case she comes back. */
export async function unfollow({ event, friend, commit }: EventContext): Promise<void> {
  await commit(async (unit) => {
    const { trx } = unit;
    const { customerId } = await ensureFriend(trx, friend, event.timestamp);
    const applied = await setFriendStatus(trx, friend, 'blocked', event.timestamp);
    if (!applied) return;
    await addHistory(trx, { ...friend, customerId, type: 'blocked', at: event.timestamp });
    if (customerId !== null) await unit.publish(lineFriendChanged, { customerId });
  });
}
