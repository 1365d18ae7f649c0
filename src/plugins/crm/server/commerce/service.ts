import type { Core } from '@strapi/strapi';

import type { Order } from '../../shared/commerce';
import { clock, database, refuse, success, type Result, type UnitOfWork } from '../kernel';
import { lastOfEach, sameOrder } from './domain/compare-orders';
import { afterRefunds } from './domain/after-refunds';
import {
  ordersPlaced,
  type CommerceService,
  type OrderInput,
  type RecordedOrders,
  type RefundInput,
} from './index';
import {
  deleteRefund,
  findByNumbers,
  insertRefund,
  ordersOf,
  refundedOf,
  replaceLines,
  totalsOf,
  upsertOrders,
} from './store';

function settled(order: OrderInput): Omit<Order, 'id'> {
  return {
    orderNumber: order.orderNumber,
    customerId: order.customerId,
    orderedAt: order.orderedAt.getTime(),
    status: order.status,
    currency: order.currency ?? 'JPY',
    total: order.total,
    lines: [...order.lines],
  };
}

async function recordOrders(
  unit: UnitOfWork,
  given: readonly OrderInput[],
): Promise<RecordedOrders> {
  const told = lastOfEach(given).map(settled);
  // What was given back stays given back, however often the shop tells the order anew.
  const refunded = await refundedOf(
    unit.trx,
    told.map((order) => order.orderNumber),
  );
  const orders = told.map((order) => afterRefunds(order, refunded.get(order.orderNumber) ?? 0));
  const found = await findByNumbers(
    unit.trx,
    orders.map((order) => order.orderNumber),
  );
  const known = new Map(found.map((order) => [order.orderNumber, order]));
  const isSame = (order: Omit<Order, 'id'>) => {
    const before = known.get(order.orderNumber);
    return before !== undefined && sameOrder(before, order);
  };
  const changed = orders.filter((order) => !isSame(order));
  const written = changed.length > 0 ? await writeOrders(unit, changed, known) : [];
  const numbers = (some: readonly Omit<Order, 'id'>[]) => some.map((order) => order.orderNumber);
  return {
    created: numbers(changed.filter((order) => !known.has(order.orderNumber))),
    updated: numbers(changed.filter((order) => known.has(order.orderNumber))),
    unchanged: numbers(orders.filter(isSame)),
    written: written.map((after) => ({ before: known.get(after.orderNumber) ?? null, after })),
  };
}

async function writeOrders(
  unit: UnitOfWork,
  changed: readonly Omit<Order, 'id'>[],
  known: ReadonlyMap<string, Order>,
): Promise<Order[]> {
  const ids = await upsertOrders(unit.trx, changed);
  const written = changed.map((order) => ({ ...order, id: ids.get(order.orderNumber) ?? 0 }));
  const knownIds = new Set([...known.values()].map((order) => order.id));
  await replaceLines(unit.trx, written, knownIds);
  // An order that moved to another customer concerns the one who lost it too.
  const owners = changed.flatMap((order) => [
    order.customerId,
    known.get(order.orderNumber)?.customerId ?? order.customerId,
  ]);
  await unit.publish(ordersPlaced, {
    orderIds: written.map((order) => order.id),
    customerIds: [...new Set(owners)],
  });
  return written;
}

async function recordRefund(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  refund: RefundInput,
): Promise<Result<Order>> {
  const { orderNumber, reference, amount, refundedAt } = refund;
  const [order] = await findByNumbers(unit.trx, [orderNumber]);
  if (!order) return refuse('commerce.unknown-order', 404);
  const at = refundedAt?.getTime() ?? clock(strapi).now().getTime();
  const refundable = order.status === 'refunded' ? 0 : order.total;
  if (!(await insertRefund(unit.trx, { orderNumber, reference, amount, at }))) {
    return success(order);
  }
  if (amount > refundable) {
    await deleteRefund(unit.trx, orderNumber, reference);
    return refuse('commerce.refund-too-large', 409);
  }
  const after = afterRefunds(order, amount);
  await upsertOrders(unit.trx, [after]);
  await unit.publish(ordersPlaced, { orderIds: [order.id], customerIds: [order.customerId] });
  return success(after);
}

const NO_ORDERS = { count: 0, spent: 0, lastOrderedAt: null } as const;

export function createCommerceService({ strapi }: { strapi: Core.Strapi }): CommerceService {
  const db = () => database(strapi);
  return {
    recordOrders: (unit, orders) => recordOrders(unit, orders),
    recordRefund: (unit, refund) => recordRefund(strapi, unit, refund),
    ordersOf: (customerId, { before = Number.MAX_SAFE_INTEGER, limit = 50 } = {}) =>
      ordersOf(db(), customerId, { before, limit }),
    totals: async (customerId) => (await totalsOf(db(), [customerId])).get(customerId) ?? NO_ORDERS,
    totalsOf: (customerIds, since) => totalsOf(db(), customerIds, since?.getTime()),
  };
}
