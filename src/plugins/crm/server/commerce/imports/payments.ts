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
import type { PaymentInput } from '../index';
import { settleAnew } from '../record-orders';
import { isSamePayment, recordPayments } from '../record-payments';
import { lockByNumbers } from '../store/orders';
import { deletePayments, findPayments, placeOf, updatePayments } from '../store/payments';
import { countsOf, readRows, refusedOf } from './row-by-row';

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
  const payments = good.map(({ value }) => value);
  const { outcomes, written } = await recordPayments(strapi, unit, { payments, onlyNew });
  return {
    ...countsOf(outcomes),
    refused: [...refused, ...refusedOf(good, outcomes)],
    changes: written.map(({ orderId, before, after }) => ({
      subjectId: orderId,
      created: before === null,
      before: { ...before },
      after: { ...after },
    })),
  };
}

const paymentOf = (values: ImportChange['before']): Payment => values as unknown as Payment;

/** What somebody has told differently since stays. */
async function undo(unit: UnitOfWork, changes: readonly ImportChange[]): Promise<UndoneBatch> {
  const numbers = [...new Set(changes.map(({ after }) => paymentOf(after).orderNumber))];
  await lockByNumbers(unit.trx, numbers);
  const stored = await findPayments(
    unit.trx,
    changes.map(({ after }) => paymentOf(after)),
  );
  const current = new Map(stored.map((payment) => [placeOf(payment), payment]));
  const gone = new Map<string, Payment>();
  const back = new Map<string, Payment>();
  let undone = 0;
  // The latest change comes first: what it leaves is what the one before it has made.
  for (const { created, before, after } of changes) {
    const place = placeOf(paymentOf(after));
    const now = current.get(place);
    if (!now || !isSamePayment(now, paymentOf(after))) continue;
    undone += 1;
    if (created) {
      gone.set(place, now);
      back.delete(place);
      current.delete(place);
    } else {
      back.set(place, paymentOf(before));
      current.set(place, paymentOf(before));
    }
  }
  await deletePayments(unit.trx, [...gone.values()]);
  await updatePayments(unit.trx, [...back.values()]);
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
