import {
  normalizeText,
  normalizeEmail,
  parseDateTime,
  type Cells,
  type RowIssue,
} from '../../customers';
import type { OrderLine, OrderStatus } from '../../../shared/commerce';
import { MOST_PIECES, MOST_YEN } from '../../../shared/commerce-api';

/** One row of an order file. */
export interface ReadOrderRow {
  readonly orderNumber: string;
  readonly customerNumber: string | null;
  readonly email: string | null;
  readonly orderedAt: number;
  readonly status: OrderStatus;
  readonly currency: string;
  readonly updatedAt: number | null;
  readonly total: number | null;
  readonly item: OrderLine | null;
}

const STATUSES: readonly (readonly [RegExp, OrderStatus])[] = [
  [
    /^(?:|completed?|paid|shipped|delivered|fulfilled|完了|入金済み?|支払済み?|発送済み?|出荷済み?)$/i,
    'paid',
  ],
  [/^(?:placed|pending|processing|new|受付|受注|注文受付|処理中|入金待ち)$/i, 'placed'],
  [/^(?:cancell?ed|void|キャンセル|取消|取り消し)$/i, 'cancelled'],
  [/^(?:refunded|returned|返金|返品|返金済み?)$/i, 'refunded'],
];

/** Whole yen of ¥12,300, １２３００円 and 12300.00; undefined when it is not a whole number. */
export function readWholeNumber(text: string): number | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[¥\\,\s円]/g, '')
    .replace(/\.0+$/, '');
  if (!/^-?\d{1,12}$/.test(plain)) return undefined;
  return Number(plain);
}

const statusOf = (text: string): OrderStatus | undefined =>
  STATUSES.find(([pattern]) => pattern.test(text))?.[1];

function itemOf(cells: Cells, issues: RowIssue[]): OrderLine | null {
  if (!cells.productCode && !cells.productTitle) return null;
  const number = (column: 'quantity' | 'unitPrice', absent: number) => {
    const text = cells[column];
    const value = text ? readWholeNumber(text) : absent;
    if (value === undefined) issues.push({ column, code: 'invalid-number' });
    return value ?? absent;
  };
  const item = {
    productCode: normalizeText(cells.productCode ?? cells.productTitle ?? ''),
    title: normalizeText(cells.productTitle ?? cells.productCode ?? ''),
    quantity: number('quantity', 1),
    unitPrice: number('unitPrice', 0),
    ...(cells.lineId ? { lineId: normalizeText(cells.lineId) } : {}),
  };
  const isSensible = item.quantity >= 0 && item.quantity <= MOST_PIECES;
  if (!isSensible) issues.push({ column: 'quantity', code: 'invalid-number' });
  else if (Math.abs(item.quantity * item.unitPrice) > MOST_YEN) {
    issues.push({ column: 'unitPrice', code: 'invalid-number' });
  }
  return item;
}

function updatedOf(cells: Cells, timeZone: string, issues: RowIssue[]): number | null {
  if (!cells.updatedAt) return null;
  const at = parseDateTime(cells.updatedAt, timeZone);
  if (at === null) issues.push({ column: 'updatedAt', code: 'invalid-date' });
  return at;
}

function whenOf(cells: Cells, timeZone: string, issues: RowIssue[]): number {
  if (!cells.orderedAt) {
    issues.push({ column: 'orderedAt', code: 'missing' });
    return 0;
  }
  const at = parseDateTime(cells.orderedAt, timeZone);
  if (at === null) issues.push({ column: 'orderedAt', code: 'invalid-date' });
  return at ?? 0;
}

function totalOf(cells: Cells, issues: RowIssue[]): number | null {
  const total = cells.total ? readWholeNumber(cells.total) : null;
  const isNone = total === undefined || (total !== null && total < 0);
  if (isNone) issues.push({ column: 'total', code: 'invalid-number' });
  if (total === null && !cells.unitPrice) issues.push({ column: 'total', code: 'missing' });
  return total ?? null;
}

const LONGEST = 255;

function issuesOfKeys(cells: Cells, email: string | null): RowIssue[] {
  const issues: RowIssue[] = Object.entries(cells)
    .filter(([key, text]) => key !== 'productTitle' && text.length > LONGEST)
    .map(([column]) => ({ column, code: 'too-long' }));
  if (!cells.orderNumber) issues.push({ column: 'orderNumber', code: 'missing' });
  if (cells.email && !email) issues.push({ column: 'email', code: 'invalid-email' });
  if (!cells.customerNumber && !cells.email) issues.push({ column: null, code: 'no-key' });
  // Nothing is converted: dollars would be counted as yen.
  if (cells.currency && !/^(?:JPY|円|¥|￥)$/i.test(cells.currency)) {
    issues.push({ column: 'currency', code: 'other-currency' });
  }
  return issues;
}

export function readOrderRow(
  cells: Cells,
  timeZone: string,
): { row: ReadOrderRow; issues: readonly RowIssue[] } {
  const email = cells.email ? normalizeEmail(cells.email) : null;
  const issues = issuesOfKeys(cells, email);
  const status = statusOf(cells.status ?? '');
  if (!status) issues.push({ column: 'status', code: 'invalid-status' });
  const row: ReadOrderRow = {
    orderNumber: normalizeText(cells.orderNumber ?? ''),
    customerNumber: cells.customerNumber ? normalizeText(cells.customerNumber) : null,
    email,
    orderedAt: whenOf(cells, timeZone, issues),
    status: status ?? 'paid',
    currency: 'JPY',
    updatedAt: updatedOf(cells, timeZone, issues),
    total: totalOf(cells, issues),
    item: itemOf(cells, issues),
  };
  return { row, issues };
}
