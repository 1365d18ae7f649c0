/** Payments and refunds of an order, one at a time: the order's row is held meanwhile. */
import type { Core } from '@strapi/strapi';

import type { Order, Payment, Refund, ReturnedLine } from '../../shared/commerce';
import { clock, refuse, success, type Result, type UnitOfWork } from '../kernel';
import { allocateReturns } from './domain/allocate-returns';
import { refundable, type OrderMoney } from './domain/settle-order';
import { isLate } from './domain/told';
import type { PaymentInput, RefundInput, ToldOutcome } from './index';
import { settleAnew } from './record-orders';
import {
  findPayment,
  insertPayment,
  insertRefund,
  moneyOf,
  refundsOf,
  updatePayment,
} from './store/money';
import { lockByNumbers } from './store/orders';

type Recorded = Promise<Result<{ order: Order; outcome: ToldOutcome }>>;

const NO_MONEY = { paid: null, refunded: 0, returns: [] } as const;

const moneyOfOrder = async (unit: UnitOfWork, { orderNumber }: Order) =>
  (await moneyOf(unit.trx, [orderNumber])).get(orderNumber) ?? NO_MONEY;

async function settledOrder(unit: UnitOfWork, order: Order): Promise<Order> {
  const [after] = await settleAnew(unit, [order.orderNumber]);
  return after ?? order;
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

export async function recordRefund(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  input: RefundInput,
): Recorded {
  const { orderNumber, reference, amount } = input;
  const [order] = await lockByNumbers(unit.trx, [orderNumber]);
  if (!order) return refuse('commerce.unknown-order', 404);
  const known = (await refundsOf(unit.trx, [orderNumber])).find(
    (refund) => refund.reference === reference,
  );
  if (known && known.amount !== amount) return refuse('commerce.refund-differs', 409);
  if (known) return success({ order, outcome: 'unchanged' });
  const money = await moneyOfOrder(unit, order);
  if (amount > refundable(order, money)) return refuse('commerce.refund-too-large', 409);
  const lines = returnedLines(order, money.returns, input);
  if (!lines.ok) return lines;
  const refund: Refund = {
    orderNumber,
    reference,
    amount,
    refundedAt: (input.refundedAt ?? clock(strapi).now()).getTime(),
    reason: input.reason ?? null,
    lines: lines.value,
  };
  await insertRefund(unit.trx, refund);
  return success({ order: await settledOrder(unit, order), outcome: 'created' });
}

function paymentOf(strapi: Core.Strapi, input: PaymentInput, known: Payment | null): Payment {
  const now = clock(strapi).now().getTime();
  const madeAt = input.status === 'paid' ? (known?.paidAt ?? now) : null;
  return {
    orderNumber: input.orderNumber,
    provider: input.provider ?? '',
    reference: input.reference,
    method: input.method,
    amount: input.amount,
    status: input.status,
    paidAt: input.paidAt?.getTime() ?? madeAt,
    toldAt: input.updatedAt?.getTime() ?? known?.toldAt ?? null,
  };
}

/** Whether a payment told again says anything new. */
export const isSamePayment = (a: Payment, b: Payment): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

const broughtBy = (payment: Payment | null): number =>
  payment?.status === 'paid' ? payment.amount : 0;

/** A payment that is taken back or lowered, and more was given back than would be left as paid. */
function isOverdrawn(money: OrderMoney, known: Payment | null, payment: Payment): boolean {
  const change = broughtBy(payment) - broughtBy(known);
  return change < 0 && (money.paid ?? 0) + change < money.refunded;
}

export async function recordPayment(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  input: PaymentInput,
): Recorded {
  const [order] = await lockByNumbers(unit.trx, [input.orderNumber]);
  if (!order) return refuse('commerce.unknown-order', 404);
  const key = { provider: input.provider ?? '', reference: input.reference };
  const known = await findPayment(unit.trx, key);
  const payment = paymentOf(strapi, input, known);
  if (known && known.orderNumber !== payment.orderNumber) return elsewhere();
  if (known && isLate(input.updatedAt?.getTime() ?? null, known.toldAt)) {
    return success({ order, outcome: 'ignored' });
  }
  if (known && isSamePayment(known, payment)) return success({ order, outcome: 'unchanged' });
  return writePayment(unit, order, { known, payment });
}

const elsewhere = () => refuse('commerce.payment-elsewhere', 409);

async function writePayment(
  unit: UnitOfWork,
  order: Order,
  { known, payment }: { readonly known: Payment | null; readonly payment: Payment },
): Recorded {
  if (isOverdrawn(await moneyOfOrder(unit, order), known, payment)) {
    return refuse('commerce.refund-too-large', 409);
  }
  if (!(await putPayment(unit, payment, known))) return elsewhere();
  return success({
    order: await settledOrder(unit, order),
    outcome: known ? 'updated' : 'created',
  });
}

/** False: another order's payment was told under this reference at the same time. */
async function putPayment(
  unit: UnitOfWork,
  payment: Payment,
  known: Payment | null,
): Promise<boolean> {
  if (!known) return insertPayment(unit.trx, payment);
  await updatePayment(unit.trx, payment);
  return true;
}
