/** The recipe of the payment import. */
import type { Core } from '@strapi/strapi';

import type { Payment, PaymentStatus } from '../../../shared/commerce';
import { paymentColumns } from '../../../shared/import-columns';
import type {
  BatchResult,
  ImportChange,
  ImportRecipe,
  ImportRow,
  UndoneBatch,
} from '../../customers';
import { crmConfig, type UnitOfWork } from '../../kernel';
import type { CellReader } from '../domain/read-cells';
import { commerceService, type PaymentInput } from '../index';
import { isSamePayment } from '../record-money';
import { settleAnew } from '../record-orders';
import { deletePayment, findPayment, updatePayment } from '../store/money';
import { lockByNumbers } from '../store/orders';
import { readRows, reasonOf, refusedRow, type RefusedRow } from './row-by-row';

const STATUSES: readonly (readonly [RegExp, PaymentStatus])[] = [
  [/^(?:paid|captured|succeeded|completed?|支払い?済み?|入金済み?|完了|決済完了)$/i, 'paid'],
  [/^(?:pending|authori[sz]ed|支払い?待ち|入金待ち|未払い?|与信済み?|仮売上)$/i, 'pending'],
  [/^(?:failed|declined|失敗|決済失敗|エラー)$/i, 'failed'],
  [/^(?:cancell?ed|void(?:ed)?|取消|取り消し|キャンセル)$/i, 'cancelled'],
];

function readPayment(reader: CellReader): PaymentInput {
  const amount = reader.yen('amount');
  if (amount === null && reader.text('amount') === null) reader.wrong('amount', 'missing');
  const paidAt = reader.moment('paidAt');
  const updatedAt = reader.moment('updatedAt');
  reader.currency();
  return {
    orderNumber: reader.needed('orderNumber'),
    provider: reader.text('provider') ?? '',
    reference: reader.needed('reference'),
    method: (reader.text('method') ?? '-').slice(0, 64),
    amount: amount ?? 0,
    status: reader.word('status', STATUSES, 'paid', 'invalid-status'),
    ...(paidAt === null ? {} : { paidAt: new Date(paidAt) }),
    ...(updatedAt === null ? {} : { updatedAt: new Date(updatedAt) }),
  };
}

async function writeBatch(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  rows: readonly ImportRow[],
  onlyNew: boolean,
): Promise<BatchResult> {
  const { good, refused } = readRows(rows, crmConfig(strapi).timeZone, readPayment);
  const counts = { created: 0, updated: 0, unchanged: 0 };
  const changes: ImportChange[] = [];
  const wrong: RefusedRow[] = [...refused];
  for (const { line, value } of good) {
    const key = { provider: value.provider ?? '', reference: value.reference };
    const before = await findPayment(unit.trx, key);
    if (onlyNew && before) {
      counts.unchanged += 1;
      continue;
    }
    const recorded = await commerceService(strapi).recordPayment(unit, value);
    if (!recorded.ok) {
      wrong.push(refusedRow(line, null, reasonOf(recorded.refusal.code)));
      continue;
    }
    const { order, outcome } = recorded.value;
    counts[outcome === 'ignored' ? 'unchanged' : outcome] += 1;
    if (outcome !== 'created' && outcome !== 'updated') continue;
    const after = await findPayment(unit.trx, key);
    const created = outcome === 'created';
    changes.push({ subjectId: order.id, created, before: { ...before }, after: { ...after } });
  }
  return { ...counts, refused: wrong, changes };
}

const paymentOf = (values: ImportChange['before']): Payment => values as unknown as Payment;

/** What somebody has told differently since stays. */
async function undo(unit: UnitOfWork, changes: readonly ImportChange[]): Promise<UndoneBatch> {
  const numbers = [...new Set(changes.map(({ after }) => paymentOf(after).orderNumber))];
  await lockByNumbers(unit.trx, numbers);
  let undone = 0;
  for (const { created, before, after } of changes) {
    const current = await findPayment(unit.trx, paymentOf(after));
    if (!current || !isSamePayment(current, paymentOf(after))) continue;
    if (created) await deletePayment(unit.trx, current);
    else await updatePayment(unit.trx, paymentOf(before));
    undone += 1;
  }
  await settleAnew(unit, numbers);
  return { undone, kept: changes.length - undone };
}

export function paymentRecipe({ strapi }: { strapi: Core.Strapi }): ImportRecipe {
  return {
    kind: 'payments',
    columns: paymentColumns,
    needs: [['orderNumber'], ['reference'], ['amount']],
    tables: ['crm_order_payments'],
    begin: ({ policy }) => ({
      write: (unit, rows) => writeBatch(strapi, unit, rows, policy !== 'update'),
    }),
    undo: (unit, _, changes) => undo(unit, changes),
  };
}
