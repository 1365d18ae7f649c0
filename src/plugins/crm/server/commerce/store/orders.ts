import type { Order, OrderLine, OrderStatus, OrderTotals } from '../../../shared/commerce';
import { countedStatuses } from '../../../shared/commerce';
import { insertBulk, isPostgres, whereAmong, type Database } from '../../kernel';

interface OrderRow {
  id: number;
  order_number: string;
  customer_id: number;
  ordered_at: number | string;
  status: OrderStatus;
  currency: string;
  total: number | string;
  /** Null: as `total` and `status`; nothing was given back or paid since. */
  told_total: number | string | null;
  told_status: OrderStatus | null;
  told_at: number | string | null;
}

interface LineRow {
  order_id: number;
  product_code: string;
  title: string;
  quantity: number;
  unit_price: number | string;
  line_id: string | null;
  returned_quantity: number;
  returned_amount: number | string;
}

const lineOfRow = (row: LineRow): OrderLine => ({
  productCode: row.product_code,
  title: row.title,
  quantity: Number(row.quantity),
  unitPrice: Number(row.unit_price),
  ...(row.line_id === null ? {} : { lineId: row.line_id }),
  ...(Number(row.returned_quantity) > 0 ? { returnedQuantity: Number(row.returned_quantity) } : {}),
  ...(Number(row.returned_amount) > 0 ? { returnedAmount: Number(row.returned_amount) } : {}),
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
    toldTotal: Number(row.told_total ?? row.total),
    toldStatus: row.told_status ?? row.status,
    toldAt: row.told_at === null ? null : Number(row.told_at),
    lines: lines.get(Number(row.id)) ?? [],
  }));
}

export async function findByNumbers(db: Database, numbers: readonly string[]): Promise<Order[]> {
  if (numbers.length === 0) return [];
  return withLines(db, await whereAmong(db, db('crm_orders'), 'order_number', numbers));
}

/** As `findByNumbers`; nobody else changes them, or their money, until this transaction ends. */
export async function lockByNumbers(db: Database, numbers: readonly string[]): Promise<Order[]> {
  if (numbers.length === 0) return [];
  const rows = whereAmong(db, db('crm_orders'), 'order_number', numbers).orderBy('id');
  // SQLite has one writer at a time as it is.
  return withLines(db, await (isPostgres(db) ? rows.forUpdate() : rows));
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

const ORDER_COLUMNS = [
  'customer_id',
  'ordered_at',
  'status',
  'currency',
  'total',
  'told_total',
  'told_status',
  'told_at',
] as const;

const NOT_OLDER =
  'excluded.told_at is null or crm_orders.told_at is null or excluded.told_at >= crm_orders.told_at';

/** Inserts new orders and overwrites known ones that are not newer; answers the ids by number. `all`: an undo goes back. */
export async function upsertOrders(
  db: Database,
  orders: readonly Omit<Order, 'id'>[],
  which: 'newer' | 'all' = 'newer',
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
      told_total: order.toldTotal,
      told_status: order.toldStatus,
      told_at: order.toldAt,
    })),
    conflict: {
      columns: ['order_number'],
      merge: ORDER_COLUMNS,
      // Told by two calls at once, it is the newer one that stays.
      where: which === 'all' ? undefined : NOT_OLDER,
    },
    returning: ['id', 'order_number'],
  });
  return new Map(rows.map((row) => [String(row.order_number), Number(row.id)]));
}

const RETURNED = ['line_id', 'returned_quantity', 'returned_amount'] as const;

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
    columns: ['order_id', 'product_code', 'title', 'quantity', 'unit_price', ...RETURNED],
    rows: orders.flatMap(({ id, lines }) =>
      lines.map((line) => ({
        order_id: id,
        product_code: line.productCode,
        title: line.title,
        quantity: line.quantity,
        unit_price: line.unitPrice,
        line_id: line.lineId ?? null,
        returned_quantity: line.returnedQuantity ?? 0,
        returned_amount: line.returnedAmount ?? 0,
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
