/** What shops tell us, by whichever door it comes: taken once under its key, whole or not at all. */
import { createHash } from 'node:crypto';

import type { Core } from '@strapi/strapi';

import type { OrderApiInput, RefundApiInput } from '../../shared/commerce';
import { customersService, normalizeEmail, normalizeText } from '../customers';
import { clock, inTransaction, refuse, success, type Result, type UnitOfWork } from '../kernel';
import { commerceService } from './index';
import { findCall, insertCall } from './store';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

class Refused extends Error {
  constructor(readonly result: Result<never>) {
    super('refused');
  }
}

/** A call by its key; null: the caller named none, and the call is made as often as it comes. */
export interface Call {
  readonly key: string | null;
  readonly bodyHash: string;
}

/** What a call came to; `isRepeat`: it was made before, and this is the answer of then. */
export interface CallAnswer {
  readonly answer: unknown;
  readonly isRepeat: boolean;
}

/** Runs a call once under its key: call and answer commit together, a refusal leaves no trace. */
export async function callOnce<T extends object>(
  strapi: Core.Strapi,
  { key, bodyHash }: Call,
  run: (unit: UnitOfWork) => Promise<Result<T>>,
): Promise<Result<CallAnswer>> {
  try {
    return await inTransaction(strapi, async (unit) => {
      const before = key === null ? null : await findCall(unit.trx, key);
      if (before && before.bodyHash !== bodyHash) return refuse('commerce.key-reused', 409);
      if (before) return success({ answer: before.answer, isRepeat: true });
      const result = await run(unit);
      if (!result.ok) throw new Refused(result);
      const answer = { data: result.value };
      const now = clock(strapi).now().getTime();
      if (key !== null) await insertCall(unit.trx, { key, bodyHash, answer, now });
      return success({ answer, isRepeat: false });
    });
  } catch (error) {
    if (error instanceof Refused) return error.result;
    throw error;
  }
}

async function customerOf(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { customerNumber, email }: OrderApiInput,
): Promise<number | null> {
  const number = customerNumber === undefined ? null : normalizeText(customerNumber);
  const address = email === undefined ? null : normalizeEmail(email);
  const { byNumber, byEmail } = await customersService(strapi).idsOf(unit, {
    numbers: number === null ? [] : [number],
    emails: address === null ? [] : [address],
  });
  return byNumber.get(number ?? '') ?? byEmail.get(address ?? '') ?? null;
}

export async function takeOrder(strapi: Core.Strapi, unit: UnitOfWork, body: OrderApiInput) {
  const customerId = await customerOf(strapi, unit, body);
  if (customerId === null) return refuse('commerce.unknown-customer', 422);
  const { orderNumber, status, currency, total, lines } = body;
  const orderedAt = new Date(body.orderedAt);
  const told = { orderNumber, customerId, orderedAt, status, currency, total, lines };
  const { created, updated } = await commerceService(strapi).recordOrders(unit, [told]);
  const outcome = created.length > 0 ? 'created' : updated.length > 0 ? 'updated' : 'unchanged';
  return success({ orderNumber, outcome });
}

export async function takeRefund(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { orderNumber, reference, amount, at }: RefundApiInput & { readonly orderNumber: string },
) {
  const refunded = await commerceService(strapi).recordRefund(unit, {
    orderNumber,
    reference,
    amount,
    ...(at === undefined ? {} : { refundedAt: new Date(at) }),
  });
  if (!refunded.ok) return refunded;
  const { status, total } = refunded.value;
  return success({ orderNumber, status, total });
}
