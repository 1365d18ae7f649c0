/** Refunds of orders, and the lines that came back with them. */
import type { Refund, ReturnedLine } from '../../../shared/commerce';
import { insertBulk, whereAmong, type Database } from '../../kernel';

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

export type RefundKey = Pick<Refund, 'orderNumber' | 'reference'>;

/** One text for an order and the reference of a refund of it. */
export const refundPlace = ({ orderNumber, reference }: RefundKey): string =>
  JSON.stringify([orderNumber, reference]);

export async function insertRefunds(db: Database, refunds: readonly Refund[]): Promise<void> {
  const inserted = await insertBulk(db, {
    table: 'crm_order_refunds',
    columns: ['order_number', 'reference', 'amount', 'refunded_at', 'reason'],
    rows: refunds.map((refund) => ({
      order_number: refund.orderNumber,
      reference: refund.reference,
      amount: refund.amount,
      refunded_at: refund.refundedAt,
      reason: refund.reason,
    })),
    returning: ['id', 'order_number', 'reference'],
  });
  const ids = new Map(
    inserted.map((row) => [
      refundPlace({ orderNumber: String(row.order_number), reference: String(row.reference) }),
      Number(row.id),
    ]),
  );
  await insertBulk(db, {
    table: 'crm_order_returns',
    columns: ['refund_id', 'product_code', 'line_id', 'quantity', 'amount'],
    rows: refunds.flatMap((refund) =>
      refund.lines.map((line) => ({
        refund_id: ids.get(refundPlace(refund)),
        product_code: line.productCode,
        line_id: line.lineId,
        quantity: line.quantity,
        amount: line.amount,
      })),
    ),
  });
}

export async function deleteRefunds(db: Database, keys: readonly RefundKey[]): Promise<void> {
  if (keys.length === 0) return;
  const places = new Set(keys.map(refundPlace));
  const numbers = keys.map(({ orderNumber }) => orderNumber);
  const found: RefundRow[] = await whereAmong(db, db('crm_order_refunds'), 'order_number', numbers);
  const ids = found
    .filter((row) =>
      places.has(refundPlace({ orderNumber: row.order_number, reference: row.reference })),
    )
    .map((row) => Number(row.id));
  await whereAmong(db, db('crm_order_returns'), 'refund_id', ids).delete();
  await whereAmong(db, db('crm_order_refunds'), 'id', ids).delete();
}
