/** The recipe of the order import. */
import type { Core } from '@strapi/strapi';

import { orderColumns } from '../../../shared/import-columns';
import type { ImportPolicy } from '../../../shared/imports';
import {
  customersService,
  normalizeText,
  type BatchResult,
  type ImportRecipe,
  type ImportRow,
  type RowIssue,
} from '../../customers';
import { crmConfig, type UnitOfWork } from '../../kernel';
import { sameOrder } from '../domain/compare-orders';
import { groupOrders, type GroupedOrder } from '../domain/group-orders';
import { readOrderRow, type ReadOrderRow } from '../domain/read-order';
import { commerceService, type OrderInput } from '../index';
import { findByNumbers } from '../store/orders';
import { undoOrders } from './undo-orders';

interface Refused {
  line: number;
  issues: RowIssue[];
}

/** An order of the file whose customer is known. */
interface OwnedOrder {
  readonly lines: readonly number[];
  readonly order: OrderInput;
}

const refuseAll = (lines: readonly number[], column: string | null, code: string): Refused[] =>
  lines.map((line) => ({ line, issues: [{ column, code }] }));

const linesOf = (orders: readonly { readonly lines: readonly number[] }[]): number[] =>
  orders.flatMap((order) => order.lines);

/** An order is taken whole or not at all: with a line missing its sum would be wrong. */
function readRows(rows: readonly ImportRow[], timeZone: string) {
  const good: { line: number; row: ReadOrderRow }[] = [];
  const refused: Refused[] = [];
  for (const { line, cells } of rows) {
    const { row, issues } = readOrderRow(cells, timeZone);
    if (issues.length > 0) refused.push({ line, issues: [...issues] });
    else good.push({ line, row });
  }
  const numberOf = new Map(rows.map(({ line, cells }) => [line, cells.orderNumber]));
  const spoilt = new Set(refused.map(({ line }) => numberOf.get(line)));
  const isSpoilt = ({ row }: { row: ReadOrderRow }) => spoilt.has(row.orderNumber);
  const incomplete = good.filter(isSpoilt).map(({ line }) => line);
  return {
    whole: good.filter((entry) => !isSpoilt(entry)),
    refused: [...refused, ...refuseAll(incomplete, null, 'incomplete-order')],
  };
}

const given = (values: readonly (string | null)[]): string[] => [
  ...new Set(values.filter((value) => value !== null)),
];

async function findOwners(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  orders: readonly GroupedOrder[],
): Promise<{ owned: OwnedOrder[]; orphans: GroupedOrder[] }> {
  const owners = await customersService(strapi).idsOf(unit, {
    numbers: given(orders.map(({ head }) => head.customerNumber)),
    emails: given(orders.map(({ head }) => head.email)),
  });
  const owned: OwnedOrder[] = [];
  const orphans: GroupedOrder[] = [];
  for (const grouped of orders) {
    const { customerNumber, email, orderNumber, orderedAt, status, currency, updatedAt } =
      grouped.head;
    const customerId = customerNumber
      ? owners.byNumber.get(customerNumber)
      : owners.byEmail.get(email ?? '');
    const { lines, items, total } = grouped;
    if (customerId === undefined) {
      orphans.push(grouped);
      continue;
    }
    const about = { orderNumber, customerId, orderedAt: new Date(orderedAt), status, currency };
    const told = updatedAt === null ? {} : { updatedAt: new Date(updatedAt) };
    owned.push({ lines, order: { ...about, ...told, total, lines: items } });
  }
  return { owned, orphans };
}

/**
 * Orders that stood in an earlier batch of the same file too. Told alike they are one order; told
 * differently the file is not sorted by order, and taking the rest for the whole would lose lines.
 */
async function findScattered(
  unit: UnitOfWork,
  owned: readonly OwnedOrder[],
  seen: ReadonlySet<string>,
): Promise<ReadonlySet<OwnedOrder>> {
  const again = owned.filter(({ order }) => seen.has(order.orderNumber));
  const stored = await findByNumbers(
    unit.trx,
    again.map(({ order }) => order.orderNumber),
  );
  const known = new Map(stored.map((order) => [order.orderNumber, order]));
  return new Set(
    again.filter(({ order }) => {
      const before = known.get(order.orderNumber);
      const { orderedAt, currency = 'JPY', lines } = order;
      const now = {
        ...order,
        orderedAt: orderedAt.getTime(),
        currency,
        toldTotal: order.total,
        toldStatus: order.status,
        lines: [...lines],
      };
      return before !== undefined && !sameOrder(before, now);
    }),
  );
}

/** Under `fill` and `skip` an order that is known stays as it is. */
async function unknownOrders(unit: UnitOfWork, orders: readonly OrderInput[]) {
  const numbers = orders.map((order) => order.orderNumber);
  const known = new Set((await findByNumbers(unit.trx, numbers)).map((order) => order.orderNumber));
  return orders.filter((order) => !known.has(order.orderNumber));
}

async function writeBatch(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  rows: readonly ImportRow[],
  { seen, policy }: { readonly seen: Set<string>; readonly policy: ImportPolicy },
): Promise<BatchResult> {
  const { whole, refused } = readRows(rows, crmConfig(strapi).timeZone);
  const { orders, contradicting } = groupOrders(whole);
  const { owned, orphans } = await findOwners(strapi, unit, orders);
  const scattered = await findScattered(unit, owned, seen);
  const told = owned.filter((order) => !scattered.has(order)).map(({ order }) => order);
  const wanted = policy === 'update' ? told : await unknownOrders(unit, told);
  const recorded = await commerceService(strapi).recordOrders(unit, wanted);
  for (const { order } of owned) seen.add(order.orderNumber);
  return {
    created: recorded.created.length,
    updated: recorded.updated.length,
    unchanged: recorded.unchanged.length + recorded.ignored.length + told.length - wanted.length,
    changes: recorded.written.map(({ before, after }) => ({
      subjectId: after.id,
      created: before === null,
      before: before ?? {},
      after,
    })),
    refused: [
      ...refused,
      ...refuseAll(contradicting, null, 'contradicting-order'),
      ...refuseAll(linesOf(orphans), 'customerNumber', 'unknown-customer'),
      ...refuseAll(linesOf([...scattered]), null, 'scattered-order'),
    ],
  };
}

export function orderRecipe({ strapi }: { strapi: Core.Strapi }): ImportRecipe {
  return {
    kind: 'orders',
    columns: orderColumns,
    needs: [['orderNumber'], ['customerNumber', 'email'], ['orderedAt'], ['total', 'unitPrice']],
    tables: ['crm_orders', 'crm_order_lines'],
    continues: (previous, row) => previous.orderNumber === row.orderNumber,
    begin({ policy }) {
      const seen = new Set<string>();
      return {
        write: (unit, rows) => writeBatch(strapi, unit, rows, { seen, policy }),
        skip: (cells) => seen.add(normalizeText(cells.orderNumber ?? '')),
      };
    },
    undo: (unit, _, changes) => undoOrders(unit, changes),
  };
}
