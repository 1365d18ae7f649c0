import type { Order, OrderLine, OrderStatus, OrderTotals } from '../../shared/commerce';
import { countedStatuses } from '../../shared/commerce';
import { insertBulk, whereAmong, type Database } from '../kernel';

interface OrderRow {
  id: number;
  order_number: string;
  customer_id: number;
  ordered_at: number | string;
  status: OrderStatus;
  currency: string;
  total: number | string;
}

interface LineRow {
  order_id: number;
  product_code: string;
  title: string;
  quantity: number;
  unit_price: number | string;
}

const lineOfRow = (row: LineRow): OrderLine => ({
  productCode: row.product_code,
  title: row.title,
  quantity: Number(row.quantity),
  unitPrice: Number(row.unit_price),
});

async function withLines(db: Database, rows: readonly OrderRow[]): Promise<Order[]> {
  const lines = new Map<number, OrderLine[]>();
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const found: LineRow[] = await whereAmong(db, db('crm_order_lines'), 'order_id', ids).orderBy(
    'id',
  );
  for (const row of found) {
    const of = lines.get(Number(row.order_id)) ?? [];
    of.push(lineOfRow(row));
    lines.set(Number(row.order_id), of);
  }
  return rows.map((row) => ({
    id: Number(row.id),
    orderNumber: row.order_number,
    customerId: Number(row.customer_id),
    orderedAt: Number(row.ordered_at),
    status: row.status,
    currency: row.currency,
    total: Number(row.total),
    lines: lines.get(Number(row.id)) ?? [],
  }));
}

export async function findByNumbers(db: Database, numbers: readonly string[]): Promise<Order[]> {
  if (numbers.length === 0) return [];
  return withLines(db, await whereAmong(db, db('crm_orders'), 'order_number', numbers));
}

export async function findByOrderIds(db: Database, ids: readonly number[]): Promise<Order[]> {
  if (ids.length === 0) return [];
  return withLines(db, await whereAmong(db, db('crm_orders'), 'id', ids));
}

export async function deleteOrders(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await whereAmong(db, db('crm_order_lines'), 'order_id', ids).delete();
  await whereAmong(db, db('crm_orders'), 'id', ids).delete();
}

/** What has been given back of each order. */
export async function refundedOf(
  db: Database,
  numbers: readonly string[],
): Promise<Map<string, number>> {
  if (numbers.length === 0) return new Map();
  const rows: { order_number: string; amount: number | string }[] = await whereAmong(
    db,
    db('crm_order_refunds').groupBy('order_number').select('order_number'),
    'order_number',
    numbers,
  ).sum({ amount: 'amount' });
  return new Map(rows.map((row) => [row.order_number, Number(row.amount)]));
}

/** False when this refund is known. */
export async function insertRefund(
  db: Database,
  refund: {
    readonly orderNumber: string;
    readonly reference: string;
    readonly amount: number;
    readonly at: number;
  },
): Promise<boolean> {
  const inserted: unknown[] = await db('crm_order_refunds')
    .insert({
      order_number: refund.orderNumber,
      reference: refund.reference,
      amount: refund.amount,
      refunded_at: refund.at,
    })
    .onConflict(['order_number', 'reference'])
    .ignore()
    .returning('id');
  return inserted.length > 0;
}

export async function deleteRefund(
  db: Database,
  orderNumber: string,
  reference: string,
): Promise<void> {
  await db('crm_order_refunds').where({ order_number: orderNumber, reference }).delete();
}

export async function findCall(
  db: Database,
  key: string,
): Promise<{ bodyHash: string; answer: unknown } | null> {
  const row: { body_hash: string; answer: string } | undefined = await db('crm_order_calls')
    .where({ key })
    .first();
  return row ? { bodyHash: row.body_hash, answer: JSON.parse(row.answer) as unknown } : null;
}

export async function insertCall(
  db: Database,
  call: { key: string; bodyHash: string; answer: unknown; now: number },
): Promise<void> {
  await db('crm_order_calls')
    .insert({
      key: call.key,
      body_hash: call.bodyHash,
      answer: JSON.stringify(call.answer),
      called_at: call.now,
    })
    .onConflict('key')
    .ignore();
}

const ORDER_COLUMNS = ['customer_id', 'ordered_at', 'status', 'currency', 'total'] as const;

/** Inserts new orders and overwrites known ones; answers the id of each order number. */
export async function upsertOrders(
  db: Database,
  orders: readonly Omit<Order, 'id'>[],
): Promise<Map<string, number>> {
  const rows = await insertBulk(db, {
    table: 'crm_orders',
    columns: ['order_number', ...ORDER_COLUMNS],
    rows: orders.map((order) => ({
      order_number: order.orderNumber,
      customer_id: order.customerId,
      ordered_at: order.orderedAt,
      status: order.status,
      currency: order.currency,
      total: order.total,
    })),
    conflict: { columns: ['order_number'], merge: ORDER_COLUMNS },
    returning: ['id', 'order_number'],
  });
  return new Map(rows.map((row) => [String(row.order_number), Number(row.id)]));
}

export async function replaceLines(
  db: Database,
  orders: readonly { id: number; lines: readonly OrderLine[] }[],
  known: ReadonlySet<number>,
): Promise<void> {
  const replaced = orders.map((order) => order.id).filter((id) => known.has(id));
  if (replaced.length > 0) {
    await whereAmong(db, db('crm_order_lines'), 'order_id', replaced).delete();
  }
  await insertBulk(db, {
    table: 'crm_order_lines',
    columns: ['order_id', 'product_code', 'title', 'quantity', 'unit_price'],
    rows: orders.flatMap(({ id, lines }) =>
      lines.map((line) => ({
        order_id: id,
        product_code: line.productCode,
        title: line.title,
        quantity: line.quantity,
        unit_price: line.unitPrice,
      })),
    ),
  });
}

export async function ordersOf(
  db: Database,
  customerId: number,
  page: { before: number; limit: number },
): Promise<Order[]> {
  const rows: OrderRow[] = await db('crm_orders')
    .where({ customer_id: customerId })
    .where('ordered_at', '<', page.before)
    .orderBy([
      { column: 'ordered_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(page.limit);
  return withLines(db, rows);
}

interface TotalsRow {
  customer_id: number;
  count: number | string;
  spent: number | string;
  last_ordered_at: number | string;
}

export async function totalsOf(
  db: Database,
  customerIds: readonly number[],
  since = 0,
): Promise<Map<number, OrderTotals>> {
  const totals = new Map<number, OrderTotals>();
  if (customerIds.length === 0) return totals;
  const rows: TotalsRow[] = await whereAmong(db, db('crm_orders'), 'customer_id', customerIds)
    .whereIn('status', [...countedStatuses])
    .where('ordered_at', '>=', since)
    .groupBy('customer_id')
    .select('customer_id')
    .count({ count: '*' })
    .sum({ spent: 'total' })
    .max({ last_ordered_at: 'ordered_at' });
  for (const row of rows) {
    totals.set(Number(row.customer_id), {
      count: Number(row.count),
      spent: Number(row.spent),
      lastOrderedAt: Number(row.last_ordered_at),
    });
  }
  return totals;
}
