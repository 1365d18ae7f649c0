import type { OrderLine } from '../../../shared/commerce';
import type { ReadOrderRow } from './read-order';

/** The rows of one order number, put together. */
export interface GroupedOrder {
  readonly head: ReadOrderRow;
  readonly lines: readonly number[];
  readonly items: readonly OrderLine[];
  readonly total: number;
}

export interface GroupedOrders {
  readonly orders: readonly GroupedOrder[];
  /** Lines of orders whose rows disagree about the order itself. */
  readonly contradicting: readonly number[];
}

const headOf = ({ item: _, ...head }: ReadOrderRow): string => JSON.stringify(head);

const sum = (items: readonly OrderLine[]): number =>
  items.reduce((total, item) => total + item.quantity * item.unitPrice, 0);

/** A row that is repeated word for word is the same line told twice, not a second one. */
function distinct(items: readonly (OrderLine | null)[]): OrderLine[] {
  const told = items.filter((item) => item !== null);
  return [...new Map(told.map((item) => [JSON.stringify(item), item])).values()];
}

export function groupOrders(
  rows: readonly { readonly line: number; readonly row: ReadOrderRow }[],
): GroupedOrders {
  const byNumber = new Map<string, { line: number; row: ReadOrderRow }[]>();
  for (const entry of rows) {
    const group = byNumber.get(entry.row.orderNumber) ?? [];
    group.push(entry);
    byNumber.set(entry.row.orderNumber, group);
  }
  const orders: GroupedOrder[] = [];
  const contradicting: number[] = [];
  for (const group of byNumber.values()) {
    const lines = group.map((entry) => entry.line);
    const head = group[0]?.row;
    if (!head || new Set(group.map((entry) => headOf(entry.row))).size > 1) {
      contradicting.push(...lines);
      continue;
    }
    const items = distinct(group.map((entry) => entry.row.item));
    orders.push({ head, lines, items, total: head.total ?? sum(items) });
  }
  return { orders, contradicting };
}
