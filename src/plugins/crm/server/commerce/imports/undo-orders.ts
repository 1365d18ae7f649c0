/** Takes back orders that an import brought, unless they have changed since. */
import type { Order } from '../../../shared/commerce';
import type { ImportChange, UndoneBatch } from '../../customers';
import type { UnitOfWork } from '../../kernel';
import { sameOrder } from '../domain/compare-orders';
import { ordersPlaced } from '../index';
import { settleAnew } from '../record-orders';
import { moneyOf } from '../store/money';
import { deleteOrders, findByOrderIds, replaceLines, upsertOrders } from '../store/orders';

/** Imports of earlier versions kept no word of what was told: it was what stood there. */
function orderOf(values: ImportChange['before']): Order {
  const order = values as unknown as Order & Partial<Order>;
  const { toldTotal = order.total, toldStatus = order.status, toldAt = null } = order;
  return { ...order, toldTotal, toldStatus, toldAt };
}

/** Since the import somebody has told the order differently, paid it or given back for it. */
function isTouched(current: Order, change: ImportChange, hasMoney: boolean): boolean {
  return !sameOrder(current, orderOf(change.after)) || (change.created && hasMoney);
}

export async function undoOrders(
  unit: UnitOfWork,
  changes: readonly ImportChange[],
): Promise<UndoneBatch> {
  const ids = [...new Set(changes.map((change) => change.subjectId))];
  const now = new Map((await findByOrderIds(unit.trx, ids)).map((order) => [order.id, order]));
  const numbers = [...now.values()].map(({ orderNumber }) => orderNumber);
  const money = await moneyOf(unit.trx, numbers);
  const owners = new Set<number>();
  const gone = new Set<number>();
  const back = new Map<number, Order>();
  let kept = 0;
  for (const change of changes) {
    const current = now.get(change.subjectId);
    if (!current || isTouched(current, change, money.has(current.orderNumber))) {
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
  await putBack(unit, [...back.values()]);
  if (owners.size > 0) {
    await unit.publish(ordersPlaced, { orderIds: [...back.keys()], customerIds: [...owners] });
  }
  return { undone: changes.length - kept, kept };
}

/** As they were told before, with the payments and refunds of today. */
async function putBack(unit: UnitOfWork, orders: readonly Order[]): Promise<void> {
  await upsertOrders(unit.trx, orders, 'all');
  await replaceLines(unit.trx, orders, new Set(orders.map(({ id }) => id)));
  const numbers = orders.map(({ orderNumber }) => orderNumber);
  const withMoney = [...(await moneyOf(unit.trx, numbers)).keys()];
  if (withMoney.length > 0) await settleAnew(unit, withMoney);
}
