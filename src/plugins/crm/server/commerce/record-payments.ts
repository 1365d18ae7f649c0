/** Payments of orders as shops tell them, many at once: the orders' rows are held meanwhile. */
import type { Core } from '@strapi/strapi';

import type { Order, Payment } from '../../shared/commerce';
import { clock, refuse, success, type Result, type UnitOfWork } from '../kernel';
import type { OrderMoney } from './domain/settle-order';
import { isLate } from './domain/told';
import type { PaymentInput, RecordedMoney, ToldOutcome } from './index';
import { settleAnew } from './record-orders';
import { moneyOf } from './store/money';
import { lockByNumbers } from './store/orders';
import { findPayments, insertPayments, placeOf, updatePayments } from './store/payments';

const NO_MONEY: OrderMoney = { paid: null, refunded: 0 };

function paymentOf(input: PaymentInput, known: Payment | null, now: number): Payment {
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

/** What is known of the orders, and what the calls before this one have changed about it. */
interface Book {
  readonly time: number;
  readonly orders: ReadonlyMap<string, Order>;
  readonly money: Map<string, OrderMoney>;
  /** As they stand in the database. */
  readonly stored: ReadonlyMap<string, Payment>;
  /** Those that are to be written, as they are from now on. */
  readonly changed: Map<string, Payment>;
}

interface Told {
  readonly payments: readonly PaymentInput[];
  /** What is known stays as it is. */
  readonly onlyNew: boolean;
}

const keyOf = ({ provider = '', reference }: PaymentInput) => ({ provider, reference });

const elsewhere = () => refuse('commerce.payment-elsewhere', 409);

/** Null: it says something new. */
function saysNothing(input: PaymentInput, known: Payment, payment: Payment): ToldOutcome | null {
  if (isLate(input.updatedAt?.getTime() ?? null, known.toldAt)) return 'ignored';
  return isSamePayment(known, payment) ? 'unchanged' : null;
}

/** The payment is put into the book when nothing speaks against it. */
function judge(book: Book, input: PaymentInput, onlyNew: boolean): Result<RecordedMoney> {
  const order = book.orders.get(input.orderNumber);
  if (!order) return refuse('commerce.unknown-order', 404);
  const place = placeOf(keyOf(input));
  const known = book.changed.get(place) ?? book.stored.get(place) ?? null;
  if (known && onlyNew) return success({ order, outcome: 'unchanged' });
  const payment = paymentOf(input, known, book.time);
  if (known && known.orderNumber !== payment.orderNumber) return elsewhere();
  const outcome = known && saysNothing(input, known, payment);
  if (outcome) return success({ order, outcome });
  return enter(book, { order, place, known, payment });
}

interface Entry {
  readonly order: Order;
  readonly place: string;
  readonly known: Payment | null;
  readonly payment: Payment;
}

function enter(book: Book, { order, place, known, payment }: Entry): Result<RecordedMoney> {
  const money = book.money.get(order.orderNumber) ?? NO_MONEY;
  if (isOverdrawn(money, known, payment)) return refuse('commerce.refund-too-large', 409);
  const paid = (money.paid ?? 0) + broughtBy(payment) - broughtBy(known);
  book.money.set(order.orderNumber, { ...money, paid });
  book.changed.set(place, payment);
  return success({ order, outcome: known ? 'updated' : 'created' });
}

async function openBook(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  payments: readonly PaymentInput[],
): Promise<Book> {
  const numbers = [...new Set(payments.map(({ orderNumber }) => orderNumber))];
  const orders = await lockByNumbers(unit.trx, numbers);
  const stored = await findPayments(unit.trx, payments.map(keyOf));
  return {
    time: clock(strapi).now().getTime(),
    orders: new Map(orders.map((order) => [order.orderNumber, order])),
    money: new Map<string, OrderMoney>(await moneyOf(unit.trx, numbers)),
    stored: new Map(stored.map((payment) => [placeOf(payment), payment])),
    changed: new Map(),
  };
}

/** Answers the places that another order's payment has taken at the same time. */
async function write(unit: UnitOfWork, { stored, changed }: Book): Promise<ReadonlySet<string>> {
  const fresh = [...changed].filter(([place]) => !stored.has(place));
  const known = [...changed].filter(([place]) => stored.has(place));
  const places = await insertPayments(
    unit.trx,
    fresh.map(([, payment]) => payment),
  );
  await updatePayments(
    unit.trx,
    known.map(([, payment]) => payment),
  );
  return new Set(fresh.map(([place]) => place).filter((place) => !places.has(place)));
}

/** What became of each, in the order in which they were told, and what was written. */
export interface RecordedPayments {
  readonly outcomes: readonly Result<RecordedMoney>[];
  readonly written: readonly {
    readonly orderId: number;
    readonly before: Payment | null;
    readonly after: Payment;
  }[];
}

/** Each payment is written once, however often it was told, and the orders are settled once. */
export async function recordPayments(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { payments, onlyNew }: Told,
): Promise<RecordedPayments> {
  const book = await openBook(strapi, unit, payments);
  const judged = payments.map((payment) => judge(book, payment, onlyNew));
  const taken = await write(unit, book);
  const written = [...book.changed].filter(([place]) => !taken.has(place));
  const settled = await settleAnew(unit, [
    ...new Set(written.map(([, { orderNumber }]) => orderNumber)),
  ]);
  const after = new Map(
    [...book.orders.values(), ...settled].map((order) => [order.orderNumber, order]),
  );
  const outcomes = payments.map((payment, index): Result<RecordedMoney> => {
    const one = judged[index] ?? elsewhere();
    if (!one.ok) return one;
    if (taken.has(placeOf(keyOf(payment)))) return elsewhere();
    const { order, outcome } = one.value;
    return success({ order: after.get(order.orderNumber) ?? order, outcome });
  });
  return {
    outcomes,
    written: written.map(([place, payment]) => ({
      orderId: after.get(payment.orderNumber)?.id ?? 0,
      before: book.stored.get(place) ?? null,
      after: payment,
    })),
  };
}
