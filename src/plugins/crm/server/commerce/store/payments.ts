/** Payments of orders; provider and reference are one key together. */
import type { Knex } from 'knex';

import type { Payment, PaymentStatus } from '../../../shared/commerce';
import { insertBulk, isPostgres, whereAmong, type Database } from '../../kernel';

interface PaymentRow {
  order_number: string;
  provider: string;
  reference: string;
  method: string;
  amount: number | string;
  status: PaymentStatus;
  paid_at: number | string | null;
  told_at: number | string | null;
}

const moment = (value: number | string | null): number | null =>
  value === null ? null : Number(value);

const paymentOfRow = (row: PaymentRow): Payment => ({
  orderNumber: row.order_number,
  provider: row.provider,
  reference: row.reference,
  method: row.method,
  amount: Number(row.amount),
  status: row.status,
  paidAt: moment(row.paid_at),
  toldAt: moment(row.told_at),
});

export async function paymentsOf(db: Database, numbers: readonly string[]): Promise<Payment[]> {
  if (numbers.length === 0) return [];
  const rows: PaymentRow[] = await whereAmong(
    db,
    db('crm_order_payments'),
    'order_number',
    numbers,
  ).orderBy('id');
  return rows.map(paymentOfRow);
}

export type PaymentKey = Pick<Payment, 'provider' | 'reference'>;

/** One text for a provider and its reference, which are one key together. */
export const placeOf = ({ provider, reference }: PaymentKey): string =>
  JSON.stringify([provider, reference]);

/** Of these keys. By `crm_order_payments_reference`. */
function amongPairs(db: Database, keys: readonly PaymentKey[]): Knex.QueryBuilder {
  const pairs = keys.map(({ provider, reference }) => [provider, reference] as const);
  const known = db('crm_order_payments');
  if (!isPostgres(db)) {
    const among = 'select value ->> 0, value ->> 1 from json_each(?)';
    return known.whereRaw(`(provider, reference) in (${among})`, [JSON.stringify(pairs)]);
  }
  return known.whereRaw('(provider, reference) in (select * from unnest(?::text[], ?::text[]))', [
    pairs.map(([provider]) => provider),
    pairs.map(([, reference]) => reference),
  ]);
}

export async function findPayments(db: Database, keys: readonly PaymentKey[]): Promise<Payment[]> {
  if (keys.length === 0) return [];
  const rows: PaymentRow[] = await amongPairs(db, keys);
  return rows.map(paymentOfRow);
}

const TOLD = ['method', 'amount', 'status', 'paid_at', 'told_at'] as const;

const rowOf = (payment: Payment) => ({
  order_number: payment.orderNumber,
  provider: payment.provider,
  reference: payment.reference,
  method: payment.method,
  amount: payment.amount,
  status: payment.status,
  paid_at: payment.paidAt,
  told_at: payment.toldAt,
});

/**
 * Answers the places of those that were written; of the others somebody else has told a payment
 * under their reference in the meantime.
 */
export async function insertPayments(
  db: Database,
  payments: readonly Payment[],
): Promise<ReadonlySet<string>> {
  const inserted = await insertBulk(db, {
    table: 'crm_order_payments',
    columns: ['order_number', 'provider', 'reference', ...TOLD],
    rows: payments.map(rowOf),
    conflict: { columns: ['provider', 'reference'], merge: 'ignore' },
    returning: ['provider', 'reference'],
  });
  return new Set(
    inserted.map(({ provider, reference }) =>
      placeOf({ provider: String(provider), reference: String(reference) }),
    ),
  );
}

/** Payments that are known, told anew. */
export async function updatePayments(db: Database, payments: readonly Payment[]): Promise<void> {
  await insertBulk(db, {
    table: 'crm_order_payments',
    columns: ['order_number', 'provider', 'reference', ...TOLD],
    rows: payments.map(rowOf),
    conflict: { columns: ['provider', 'reference'], merge: TOLD },
  });
}

export async function deletePayments(db: Database, keys: readonly PaymentKey[]): Promise<void> {
  if (keys.length > 0) await amongPairs(db, keys).delete();
}
