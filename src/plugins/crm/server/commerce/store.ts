import type { Order, OrderLine, OrderStatus, OrderTotals } from '../../shared/commerce';
import { countedStatuses } from '../../shared/commerce';
import { chunked, type Database } from '../kernel';

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
  for (const part of chunked(rows.map((row) => row.id))) {
    const found: LineRow[] = await db('crm_order_lines').whereIn('order_id', part).orderBy('id');
    for (const row of found) {
      const of = lines.get(Number(row.order_id)) ?? [];
      of.push(lineOfRow(row));
      lines.set(Number(row.order_id), of);
    }
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
  const found: Order[] = [];
  for (const part of chunked(numbers)) {
    const rows: OrderRow[] = await db('crm_orders').whereIn('order_number', part);
    found.push(...(await withLines(db, rows)));
  }
  return found;
}

/** Inserts new orders and overwrites known ones; answers the id of each order number. */
export async function upsertOrders(
  db: Database,
  orders: readonly Omit<Order, 'id'>[],
): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  for (const part of chunked(orders)) {
    const rows: { id: number; order_number: string }[] = await db('crm_orders')
      .insert(
        part.map((order) => ({
          order_number: order.orderNumber,
          customer_id: order.customerId,
          ordered_at: order.orderedAt,
          status: order.status,
          currency: order.currency,
          total: order.total,
        })),
      )
      .onConflict('order_number')
      .merge(['customer_id', 'ordered_at', 'status', 'currency', 'total'])
      .returning(['id', 'order_number']);
    for (const row of rows) ids.set(row.order_number, Number(row.id));
  }
  return ids;
}

export async function replaceLines(
  db: Database,
  orders: readonly { id: number; lines: readonly OrderLine[] }[],
  known: ReadonlySet<number>,
): Promise<void> {
  for (const part of chunked(orders.map((order) => order.id).filter((id) => known.has(id)))) {
    await db('crm_order_lines').whereIn('order_id', part).delete();
  }
  const rows = orders.flatMap(({ id, lines }) =>
    lines.map((line) => ({
      order_id: id,
      product_code: line.productCode,
      title: line.title,
      quantity: line.quantity,
      unit_price: line.unitPrice,
    })),
  );
  for (const part of chunked(rows)) await db('crm_order_lines').insert(part);
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
  for (const part of chunked(customerIds)) {
    const rows: TotalsRow[] = await db('crm_orders')
      .whereIn('customer_id', part)
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
  }
  return totals;
}
