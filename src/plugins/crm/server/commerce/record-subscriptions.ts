/** Subscriptions as shops tell them, by the shop's own id. */
import type { Subscription } from '../../shared/products';
import type { UnitOfWork } from '../kernel';
import { sameSubscription } from './domain/subscriptions';
import { lastOfEach, outcomesOf, sortTold } from './domain/told';
import { subscriptionsChanged, type RecordedSubscriptions } from './index';
import { lockSubscriptions, upsertSubscriptions } from './store/subscriptions';

type ToldSubscription = Omit<Subscription, 'id'>;

const KIND = {
  keyOf: ({ subscriptionId }: ToldSubscription) => subscriptionId,
  isSame: sameSubscription,
};

export async function recordSubscriptions(
  unit: UnitOfWork,
  given: readonly ToldSubscription[],
): Promise<RecordedSubscriptions> {
  const told = lastOfEach(given, KIND.keyOf);
  const found = await lockSubscriptions(unit.trx, 'subscription_id', told.map(KIND.keyOf));
  const known = new Map(found.map((one) => [one.subscriptionId, one]));
  const sorted = sortTold<ToldSubscription>(told, known, KIND);
  const ids = await upsertSubscriptions(unit.trx, [...sorted.changed, ...sorted.touched]);
  const written = sorted.changed.filter(({ subscriptionId }) => ids.has(subscriptionId));
  // One that moved to another customer concerns the one who lost it too.
  const owners = written.flatMap(({ customerId, subscriptionId }) => [
    customerId,
    known.get(subscriptionId)?.customerId ?? customerId,
  ]);
  if (owners.length > 0) {
    await unit.publish(subscriptionsChanged, { customerIds: [...new Set(owners)] });
  }
  return {
    ...outcomesOf(sorted, ids, known, KIND.keyOf),
    written: written.map((after) => ({
      before: known.get(after.subscriptionId) ?? null,
      after: { ...after, id: ids.get(after.subscriptionId) ?? 0 },
    })),
  };
}
