/** The recipe of the import of returns and refunds: one row a line that came back. */
import type { Core } from '@strapi/strapi';

import { returnColumns } from '../../../shared/import-columns';
import {
  normalizeText,
  type BatchResult,
  type Cells,
  type ImportChange,
  type ImportRecipe,
  type ImportRow,
  type UndoneBatch,
} from '../../customers';
import { crmConfig, type UnitOfWork } from '../../kernel';
import type { CellReader } from '../domain/read-cells';
import type { RefundInput } from '../index';
import { settleAnew } from '../record-orders';
import { recordRefunds } from '../record-refunds';
import { lockByNumbers } from '../store/orders';
import { deleteRefunds, refundPlace, refundsOf, type RefundKey } from '../store/refunds';
import {
  countsOf,
  readRows,
  reasonOf,
  refusedRow,
  type ReadRow,
  type RefusedRow,
} from './row-by-row';

type Line = NonNullable<RefundInput['lines']>[number];

interface Read {
  readonly orderNumber: string;
  readonly reference: string;
  readonly amount: number;
  readonly refundedAt: number | null;
  readonly reason: string | null;
  readonly line: Line | null;
}

function readReturn(reader: CellReader): Read {
  const amount = reader.yen('amount');
  if (amount === null && reader.text('amount') === null) reader.wrong('amount', 'missing');
  const productCode = reader.text('productCode');
  const lineId = reader.text('lineId');
  const quantity = reader.pieces('quantity') ?? 1;
  reader.currency();
  const named = {
    ...(productCode === null ? {} : { productCode }),
    ...(lineId === null ? {} : { lineId }),
  };
  const isLine = productCode !== null || lineId !== null;
  return {
    orderNumber: reader.needed('orderNumber'),
    reference: reader.needed('reference'),
    amount: amount ?? 0,
    refundedAt: reader.moment('returnedAt'),
    reason: reader.text('reason'),
    line: isLine ? { ...named, quantity, amount: amount ?? 0 } : null,
  };
}

const keyOf = ({ orderNumber, reference }: Read): string =>
  JSON.stringify([orderNumber, reference]);

/** The rows of one return are one refund. */
function groups(rows: readonly ReadRow<Read>[]): ReadRow<Read>[][] {
  const byKey = new Map<string, ReadRow<Read>[]>();
  for (const row of rows) {
    const group = byKey.get(keyOf(row.value)) ?? [];
    group.push(row);
    byKey.set(keyOf(row.value), group);
  }
  return [...byKey.values()];
}

function refundOf(rows: readonly ReadRow<Read>[]): RefundInput | null {
  const head = rows[0]?.value;
  if (!head) return null;
  return {
    orderNumber: head.orderNumber,
    reference: head.reference,
    amount: rows.reduce((sum, { value }) => sum + value.amount, 0),
    lines: rows.flatMap(({ value }) => value.line ?? []),
    ...(head.refundedAt === null ? {} : { refundedAt: new Date(head.refundedAt) }),
    ...(head.reason === null ? {} : { reason: head.reason }),
  };
}

/** A return is taken whole or not at all. */
function wholeGroups(
  rows: readonly ReadRow<Read>[],
  refused: readonly RefusedRow[],
  all: readonly ImportRow[],
) {
  const spoilt = new Set(
    all
      .filter(({ line }) => refused.some((one) => one.line === line))
      .map(({ cells }) =>
        [cells.orderNumber, cells.reference].map((text) => normalizeText(text ?? '')),
      )
      .map((key) => JSON.stringify(key)),
  );
  const grouped = groups(rows);
  return {
    whole: grouped.filter(([head]) => head && !spoilt.has(keyOf(head.value))),
    incomplete: grouped.filter(([head]) => head && spoilt.has(keyOf(head.value))).flat(),
  };
}

async function writeBatch(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  rows: readonly ImportRow[],
): Promise<BatchResult> {
  const { good, refused } = readRows(rows, crmConfig(strapi).timeZone, readReturn);
  const { whole, incomplete } = wholeGroups(good, refused, rows);
  const wrong = [
    ...refused,
    ...incomplete.map(({ line }) => refusedRow(line, null, 'incomplete-return')),
  ];
  const refunds = whole.flatMap((group) => {
    const refund = refundOf(group);
    return refund ? [{ group, refund }] : [];
  });
  const outcomes = await recordRefunds(
    strapi,
    unit,
    refunds.map(({ refund }) => refund),
  );
  const changes: ImportChange[] = [];
  for (const [index, { group, refund }] of refunds.entries()) {
    const one = outcomes[index];
    if (one && !one.ok) {
      const code = reasonOf(one.refusal.code);
      wrong.push(...group.map(({ line }) => refusedRow(line, null, code)));
    } else if (one?.value.outcome === 'created') {
      const { orderNumber, reference, amount } = refund;
      const after = { orderNumber, reference, amount };
      changes.push({ subjectId: one.value.order.id, created: true, before: {}, after });
    }
  }
  return { ...countsOf(outcomes), refused: wrong, changes };
}

/** As `undo` of payments: a refund that nobody has taken away since is as the import left it. */
async function undo(unit: UnitOfWork, changes: readonly ImportChange[]): Promise<UndoneBatch> {
  const keys = changes.map(({ after }) => after as unknown as RefundKey);
  const numbers = [...new Set(keys.map(({ orderNumber }) => orderNumber))];
  await lockByNumbers(unit.trx, numbers);
  const known = new Set((await refundsOf(unit.trx, numbers)).map(refundPlace));
  const gone = keys.filter((key) => known.has(refundPlace(key)));
  await deleteRefunds(unit.trx, gone);
  await settleAnew(unit, numbers);
  return { undone: gone.length, kept: changes.length - gone.length };
}

const same = (a: Cells, b: Cells, column: string): boolean => a[column] === b[column];

export function returnRecipe({ strapi }: { strapi: Core.Strapi }): ImportRecipe {
  return {
    kind: 'returns',
    columns: returnColumns,
    needs: [['orderNumber'], ['reference'], ['amount']],
    tables: ['crm_order_refunds', 'crm_order_returns'],
    continues: (previous, row) =>
      same(previous, row, 'orderNumber') && same(previous, row, 'reference'),
    begin: () => ({ write: (unit, rows) => writeBatch(strapi, unit, rows) }),
    undo: (unit, _, changes) => undo(unit, changes),
  };
}
