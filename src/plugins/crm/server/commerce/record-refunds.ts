/** Refunds of orders as shops tell them, many at once: the orders' rows are held meanwhile. */
import type { Core } from '@strapi/strapi';

import type { Order, Refund, ReturnedLine } from '../../shared/commerce';
import { clock, refuse, success, type Result, type UnitOfWork } from '../kernel';
import { allocateReturns } from './domain/allocate-returns';
import { refundable, type OrderMoney } from './domain/settle-order';
import type { RecordedMoney, RefundInput } from './index';
import { settleAnew } from './record-orders';
import { moneyOf } from './store/money';
import { lockByNumbers } from './store/orders';
import { insertRefunds, refundPlace, refundsOf } from './store/refunds';

type Money = OrderMoney & { readonly returns: readonly ReturnedLine[] };

const NO_MONEY: Money = { paid: null, refunded: 0, returns: [] };

/** What is known of the orders, and what the calls before this one have added to it. */
interface Book {
  readonly now: number;
  readonly orders: ReadonlyMap<string, Order>;
  readonly money: Map<string, Money>;
  /** By order and reference. */
  readonly known: Map<string, Pick<Refund, 'amount'>>;
  readonly added: Refund[];
}

/** The lines that came back, each with its product; refused where the order has no such line. */
function returnedLines(
  order: Order,
  before: readonly ReturnedLine[],
  { lines = [] }: RefundInput,
): Result<ReturnedLine[]> {
  const named = lines.map((line) => ({
    lineId: line.lineId ?? null,
    productCode: line.productCode ?? null,
    quantity: line.quantity,
    amount: line.amount,
  }));
  const { unknown } = allocateReturns(order.lines, named);
  if (unknown > 0) return refuse('commerce.unknown-line', 422);
  const { tooMany } = allocateReturns(order.lines, [...before, ...named]);
  if (named.length > 0 && tooMany > 0) return refuse('commerce.return-too-many', 409);
  return success(
    named.map((line) => {
      const own = order.lines.find(({ lineId }) => line.lineId !== null && lineId === line.lineId);
      return { ...line, productCode: own?.productCode ?? line.productCode ?? '' };
    }),
  );
}

/** The refund is put into the book when nothing speaks against it. */
function judge(book: Book, input: RefundInput): Result<RecordedMoney> {
  const { orderNumber, reference, amount } = input;
  const order = book.orders.get(orderNumber);
  if (!order) return refuse('commerce.unknown-order', 404);
  const known = book.known.get(refundPlace(input));
  if (known && known.amount !== amount) return refuse('commerce.refund-differs', 409);
  if (known) return success({ order, outcome: 'unchanged' });
  const money = book.money.get(orderNumber) ?? NO_MONEY;
  if (amount > refundable(order, money)) return refuse('commerce.refund-too-large', 409);
  const lines = returnedLines(order, money.returns, input);
  if (!lines.ok) return lines;
  const refund: Refund = {
    orderNumber,
    reference,
    amount,
    refundedAt: input.refundedAt?.getTime() ?? book.now,
    reason: input.reason ?? null,
    lines: lines.value,
  };
  book.added.push(refund);
  book.known.set(refundPlace(refund), refund);
  book.money.set(orderNumber, {
    paid: money.paid,
    refunded: money.refunded + amount,
    returns: [...money.returns, ...refund.lines],
  });
  return success({ order, outcome: 'created' });
}

/** Answers what became of each, in the order in which they were told; the orders are settled once. */
export async function recordRefunds(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  inputs: readonly RefundInput[],
): Promise<Result<RecordedMoney>[]> {
  const numbers = [...new Set(inputs.map(({ orderNumber }) => orderNumber))];
  const found = await lockByNumbers(unit.trx, numbers);
  const known = await refundsOf(unit.trx, numbers);
  const book: Book = {
    now: clock(strapi).now().getTime(),
    orders: new Map(found.map((order) => [order.orderNumber, order])),
    money: await moneyOf(unit.trx, numbers),
    known: new Map(known.map((refund) => [refundPlace(refund), refund])),
    added: [],
  };
  const judged = inputs.map((input) => judge(book, input));
  await insertRefunds(unit.trx, book.added);
  const settled = await settleAnew(unit, [
    ...new Set(book.added.map(({ orderNumber }) => orderNumber)),
  ]);
  const after = new Map(settled.map((order) => [order.orderNumber, order]));
  return judged.map((one) => (one.ok ? success(asSettled(one.value, after)) : one));
}

const asSettled = (
  { order, outcome }: RecordedMoney,
  after: ReadonlyMap<string, Order>,
): RecordedMoney => ({ order: after.get(order.orderNumber) ?? order, outcome });
