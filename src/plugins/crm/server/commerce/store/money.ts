/** Payments and refunds of orders, by order number. */
import type { Payment, PaymentStatus, Refund, ReturnedLine } from '../../../shared/commerce';
import type { OrderMoney } from '../domain/settle-order';
import { insertBulk, whereAmong, type Database } from '../../kernel';

interface PaymentRow {
  order_number: string;
  provider: string;
  reference: string;
  method: string;
  amount: number | string;
  status: PaymentStatus;
  paid_at: number | string | null;
  told_at: number | string | null;
}

const moment = (value: number | string | null): number | null =>
  value === null ? null : Number(value);

const paymentOfRow = (row: PaymentRow): Payment => ({
  orderNumber: row.order_number,
  provider: row.provider,
  reference: row.reference,
  method: row.method,
  amount: Number(row.amount),
  status: row.status,
  paidAt: moment(row.paid_at),
  toldAt: moment(row.told_at),
});

export async function paymentsOf(db: Database, numbers: readonly string[]): Promise<Payment[]> {
  if (numbers.length === 0) return [];
  const rows: PaymentRow[] = await whereAmong(
    db,
    db('crm_order_payments'),
    'order_number',
    numbers,
  ).orderBy('id');
  return rows.map(paymentOfRow);
}

type PaymentKey = Pick<Payment, 'provider' | 'reference'>;

export async function findPayment(
  db: Database,
  { provider, reference }: PaymentKey,
): Promise<Payment | null> {
  const row: PaymentRow | undefined = await db('crm_order_payments')
    .where({ provider, reference })
    .first();
  return row ? paymentOfRow(row) : null;
}

/** False: somebody else has told a payment under this reference in the meantime. */
export async function insertPayment(db: Database, payment: Payment): Promise<boolean> {
  const inserted: unknown[] = await db('crm_order_payments')
    .insert({
      order_number: payment.orderNumber,
      provider: payment.provider,
      reference: payment.reference,
      method: payment.method,
      amount: payment.amount,
      status: payment.status,
      paid_at: payment.paidAt,
      told_at: payment.toldAt,
    })
    .onConflict(['provider', 'reference'])
    .ignore()
    .returning('id');
  return inserted.length > 0;
}

export async function updatePayment(db: Database, payment: Payment): Promise<void> {
  const { provider, reference, method, amount, status, paidAt, toldAt } = payment;
  await db('crm_order_payments')
    .where({ provider, reference })
    .update({ method, amount, status, paid_at: paidAt, told_at: toldAt });
}

export async function deletePayment(db: Database, key: PaymentKey): Promise<void> {
  await db('crm_order_payments')
    .where({ provider: key.provider, reference: key.reference })
    .delete();
}

interface RefundRow {
  id: number;
  order_number: string;
  reference: string;
  amount: number | string;
  refunded_at: number | string;
  reason: string | null;
}

interface ReturnRow {
  refund_id: number;
  product_code: string;
  line_id: string | null;
  quantity: number;
  amount: number | string;
}

async function withLines(db: Database, rows: readonly RefundRow[]): Promise<Refund[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => Number(id));
  const returns: ReturnRow[] = await whereAmong(
    db,
    db('crm_order_returns'),
    'refund_id',
    ids,
  ).orderBy('id');
  const lines = new Map<number, ReturnedLine[]>(ids.map((id) => [id, []]));
  for (const row of returns) {
    lines.get(Number(row.refund_id))?.push({
      productCode: row.product_code,
      lineId: row.line_id,
      quantity: Number(row.quantity),
      amount: Number(row.amount),
    });
  }
  return rows.map((row) => ({
    orderNumber: row.order_number,
    reference: row.reference,
    amount: Number(row.amount),
    refundedAt: Number(row.refunded_at),
    reason: row.reason,
    lines: lines.get(Number(row.id)) ?? [],
  }));
}

export async function refundsOf(db: Database, numbers: readonly string[]): Promise<Refund[]> {
  if (numbers.length === 0) return [];
  return withLines(
    db,
    await whereAmong(db, db('crm_order_refunds'), 'order_number', numbers).orderBy('id'),
  );
}

const ofCustomer = (db: Database, customerId: number) =>
  db('crm_orders').where({ customer_id: customerId }).select('order_number');

/** Newest first. By `crm_orders_customer`, then the unique key of the refunds. */
export async function refundsOfCustomer(
  db: Database,
  customerId: number,
  page: { readonly before: number; readonly limit: number },
): Promise<Refund[]> {
  return withLines(
    db,
    await db('crm_order_refunds')
      .whereIn('order_number', ofCustomer(db, customerId))
      .where('refunded_at', '<', page.before)
      .orderBy([
        { column: 'refunded_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(page.limit),
  );
}

export async function refundedOfCustomer(db: Database, customerId: number): Promise<number> {
  const [row]: { amount: number | string | null }[] = await db('crm_order_refunds')
    .whereIn('order_number', ofCustomer(db, customerId))
    .sum({ amount: 'amount' });
  return Number(row?.amount ?? 0);
}

/** Words of a person about a person; the sums stay. */
export async function blankReasons(db: Database, customerId: number): Promise<void> {
  await db('crm_order_refunds')
    .whereIn('order_number', ofCustomer(db, customerId))
    .whereNotNull('reason')
    .update({ reason: null });
}

export async function insertRefund(db: Database, refund: Refund): Promise<void> {
  const [inserted]: { id: number }[] = await db('crm_order_refunds')
    .insert({
      order_number: refund.orderNumber,
      reference: refund.reference,
      amount: refund.amount,
      refunded_at: refund.refundedAt,
      reason: refund.reason,
    })
    .returning('id');
  const refundId = Number(inserted?.id);
  await insertBulk(db, {
    table: 'crm_order_returns',
    columns: ['refund_id', 'product_code', 'line_id', 'quantity', 'amount'],
    rows: refund.lines.map((line) => ({
      refund_id: refundId,
      product_code: line.productCode,
      line_id: line.lineId,
      quantity: line.quantity,
      amount: line.amount,
    })),
  });
}

export async function deleteRefund(
  db: Database,
  { orderNumber, reference }: Pick<Refund, 'orderNumber' | 'reference'>,
): Promise<void> {
  const own = { order_number: orderNumber, reference };
  await db('crm_order_returns')
    .whereIn('refund_id', db('crm_order_refunds').where(own).select('id'))
    .delete();
  await db('crm_order_refunds').where(own).delete();
}

/** What payments brought and refunds took, by order number; orders without either are left out. */
export async function moneyOf(
  db: Database,
  numbers: readonly string[],
): Promise<Map<string, OrderMoney & { readonly returns: readonly ReturnedLine[] }>> {
  const payments = await paymentsOf(db, numbers);
  const refunds = await refundsOf(db, numbers);
  const known = new Set([...payments, ...refunds].map(({ orderNumber }) => orderNumber));
  const money = new Map<string, OrderMoney & { returns: ReturnedLine[] }>();
  for (const number of known) money.set(number, { paid: null, refunded: 0, returns: [] });
  for (const { orderNumber, amount, status } of payments) {
    const of = money.get(orderNumber);
    if (!of) continue;
    const paid = (of.paid ?? 0) + (status === 'paid' ? amount : 0);
    money.set(orderNumber, { ...of, paid });
  }
  for (const { orderNumber, amount, lines } of refunds) {
    const of = money.get(orderNumber);
    if (!of) continue;
    money.set(orderNumber, {
      ...of,
      refunded: of.refunded + amount,
      returns: [...of.returns, ...lines],
    });
  }
  return money;
}
