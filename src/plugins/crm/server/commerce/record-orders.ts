/** Orders as they are told, settled with the payments and refunds that are known of them. */
import type { Order, ReturnedLine } from '../../shared/commerce';
import type { UnitOfWork } from '../kernel';
import { allocateReturns } from './domain/allocate-returns';
import { sameOrder } from './domain/compare-orders';
import { settleOrder, type OrderMoney } from './domain/settle-order';
import { lastOfEach, outcomesOf, sortTold } from './domain/told';
import { ordersPlaced, type OrderInput, type RecordedOrders } from './index';
import { moneyOf } from './store/money';
import { lockByNumbers, replaceLines, upsertOrders } from './store/orders';

type ToldOrder = Omit<Order, 'id'>;
type Money = OrderMoney & { readonly returns: readonly ReturnedLine[] };

const NO_MONEY: Money = { paid: null, refunded: 0, returns: [] };

const toldOrder = (order: OrderInput): ToldOrder => ({
  orderNumber: order.orderNumber,
  customerId: order.customerId,
  orderedAt: order.orderedAt.getTime(),
  status: order.status,
  currency: order.currency ?? 'JPY',
  total: order.total,
  toldTotal: order.total,
  toldStatus: order.status,
  toldAt: order.updatedAt?.getTime() ?? null,
  lines: [...order.lines],
});

/** What was paid and given back stays so, however often the shop tells the order anew. */
function settled<O extends ToldOrder>(order: O, money: Money = NO_MONEY): O {
  const { lines } = allocateReturns(order.lines, money.returns);
  return { ...order, ...settleOrder(order, money), lines: [...lines] };
}

const numbersOf = (orders: readonly ToldOrder[]): string[] =>
  orders.map(({ orderNumber }) => orderNumber);

async function write(unit: UnitOfWork, orders: readonly ToldOrder[]): Promise<Order[]> {
  if (orders.length === 0) return [];
  const ids = await upsertOrders(unit.trx, orders);
  const written = orders.flatMap((order) => {
    const id = ids.get(order.orderNumber);
    return id === undefined ? [] : [{ ...order, id }];
  });
  // An order told for the first time by two calls at once has lines of the other call already.
  await replaceLines(unit.trx, written, new Set(written.map(({ id }) => id)));
  return written;
}

async function publish(
  unit: UnitOfWork,
  written: readonly Order[],
  known: ReadonlyMap<string, Order>,
): Promise<void> {
  if (written.length === 0) return;
  // An order that moved to another customer concerns the one who lost it too.
  const owners = written.flatMap(({ customerId, orderNumber }) => [
    customerId,
    known.get(orderNumber)?.customerId ?? customerId,
  ]);
  await unit.publish(ordersPlaced, {
    orderIds: written.map(({ id }) => id),
    customerIds: [...new Set(owners)],
  });
}

/** Brings orders up to date with their payments and refunds; answers them as they are now. */
export async function settleAnew(unit: UnitOfWork, numbers: readonly string[]): Promise<Order[]> {
  const orders = await lockByNumbers(unit.trx, numbers);
  const money = await moneyOf(unit.trx, numbers);
  const after = orders.map((order) => settled(order, money.get(order.orderNumber)));
  const changed = after.filter(
    (order, index) => JSON.stringify(order) !== JSON.stringify(orders[index]),
  );
  if (changed.length === 0) return after;
  await write(unit, changed);
  await publish(unit, changed, new Map());
  return after;
}

const KIND = { keyOf: ({ orderNumber }: ToldOrder) => orderNumber, isSame: sameOrder };

export async function recordOrders(
  unit: UnitOfWork,
  given: readonly OrderInput[],
): Promise<RecordedOrders> {
  const told = lastOfEach(given.map(toldOrder), KIND.keyOf);
  const found = await lockByNumbers(unit.trx, numbersOf(told));
  const known = new Map(found.map((order) => [order.orderNumber, order]));
  const money = await moneyOf(unit.trx, numbersOf(told));
  const sorted = sortTold<ToldOrder>(told, known, KIND);
  const settle = (order: ToldOrder) => settled(order, money.get(order.orderNumber));
  await upsertOrders(unit.trx, sorted.touched.map(settle));
  const written = await write(unit, sorted.changed.map(settle));
  await publish(unit, written, known);
  const after = new Map(written.map((order) => [order.orderNumber, order]));
  const outcomes = outcomesOf(sorted, after, known, KIND.keyOf);
  // Told first by another call at the same time, and paid or given back before we had our turn.
  const since = [...(await moneyOf(unit.trx, outcomes.created)).keys()];
  if (since.some((number) => !money.has(number))) await settleAnew(unit, since);
  return {
    ...outcomes,
    written: written.map((order) => ({
      before: known.get(order.orderNumber) ?? null,
      after: order,
    })),
  };
}
