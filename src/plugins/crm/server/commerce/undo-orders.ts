/** Takes back orders that an import brought, unless they have changed since. */
import type { ImportChange, UndoneBatch } from '../customers';
import type { UnitOfWork } from '../kernel';
import type { Order } from '../../shared/commerce';
import { sameOrder } from './domain/compare-orders';
import { ordersPlaced } from './index';
import { deleteOrders, findByOrderIds, replaceLines, upsertOrders } from './store';

const orderOf = (values: ImportChange['before']): Order => values as unknown as Order;

export async function undoOrders(
  unit: UnitOfWork,
  changes: readonly ImportChange[],
): Promise<UndoneBatch> {
  const ids = [...new Set(changes.map((change) => change.subjectId))];
  const now = new Map((await findByOrderIds(unit.trx, ids)).map((order) => [order.id, order]));
  const owners = new Set<number>();
  const gone = new Set<number>();
  const back = new Map<number, Order>();
  let kept = 0;
  for (const change of changes) {
    const current = now.get(change.subjectId);
    if (!current || !sameOrder(current, orderOf(change.after))) {
      kept += 1;
      continue;
    }
    owners.add(current.customerId);
    if (change.created) {
      gone.add(current.id);
      back.delete(current.id);
      continue;
    }
    const before = orderOf(change.before);
    owners.add(before.customerId);
    now.set(current.id, before);
    back.set(current.id, before);
  }
  await deleteOrders(unit.trx, [...gone]);
  await upsertOrders(unit.trx, [...back.values()]);
  await replaceLines(unit.trx, [...back.values()], new Set(back.keys()));
  if (owners.size > 0) {
    await unit.publish(ordersPlaced, { orderIds: [...back.keys()], customerIds: [...owners] });
  }
  return { undone: changes.length - kept, kept };
}
