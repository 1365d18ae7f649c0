/** What shops tell us, over the API or in signed events, as calls of the service. */
import type { Core } from '@strapi/strapi';

import type { OrderApiInput, PaymentApiInput, RefundApiInput } from '../../shared/commerce-api';
import type { ProductApiInput, SubscriptionApiInput } from '../../shared/products';
import { customersService, normalizeEmail, normalizeText } from '../customers';
import { clock, refuse, success, type UnitOfWork } from '../kernel';
import { commerceService, type Recorded, type ToldOutcome } from './index';

interface OfOrder {
  readonly orderNumber: string;
}

/** Whose it is: the number is asked before the address. */
export async function customerOf(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { customerNumber, email }: { readonly customerNumber?: string; readonly email?: string },
): Promise<number | null> {
  const number = customerNumber === undefined ? null : normalizeText(customerNumber);
  const address = email === undefined ? null : normalizeEmail(email);
  const { byNumber, byEmail } = await customersService(strapi).idsOf(unit, {
    numbers: number === null ? [] : [number],
    emails: address === null ? [] : [address],
  });
  return byNumber.get(number ?? '') ?? byEmail.get(address ?? '') ?? null;
}

/** When the shop changed it. A clock that runs ahead must not keep out what is told in time. */
export function toldAt(strapi: Core.Strapi, at: string | undefined): { updatedAt?: Date } {
  if (at === undefined) return {};
  const now = clock(strapi).now().getTime();
  return { updatedAt: new Date(Math.min(Date.parse(at), now)) };
}

/** Of one thing that was told. */
function outcomeOf({ ignored, created, updated }: Recorded<unknown>): ToldOutcome {
  const outcomes: readonly (readonly [ToldOutcome, readonly string[]])[] = [
    ['ignored', ignored],
    ['created', created],
    ['updated', updated],
  ];
  return outcomes.find(([, keys]) => keys.length > 0)?.[0] ?? 'unchanged';
}

export async function takeOrder(strapi: Core.Strapi, unit: UnitOfWork, body: OrderApiInput) {
  const customerId = await customerOf(strapi, unit, body);
  if (customerId === null) return refuse('commerce.unknown-customer', 422);
  const { orderNumber, status, currency, total, lines } = body;
  const orderedAt = new Date(body.orderedAt);
  const order = { orderNumber, customerId, orderedAt, status, currency, total, lines };
  const recorded = await commerceService(strapi).recordOrders(unit, [
    { ...order, ...toldAt(strapi, body.updatedAt) },
  ]);
  return success({ orderNumber, outcome: outcomeOf(recorded) });
}

export async function takeRefund(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { at, currency: _, ...refund }: RefundApiInput & OfOrder,
) {
  const refunded = await commerceService(strapi).recordRefund(unit, {
    ...refund,
    ...(at === undefined ? {} : { refundedAt: new Date(at) }),
  });
  if (!refunded.ok) return refunded;
  const { order, outcome } = refunded.value;
  const { orderNumber, status, total } = order;
  return success({ orderNumber, status, total, outcome });
}

export async function takePayment(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { paidAt, updatedAt, currency: _, ...payment }: PaymentApiInput & OfOrder,
) {
  const paid = await commerceService(strapi).recordPayment(unit, {
    ...payment,
    ...toldAt(strapi, updatedAt),
    ...(paidAt === undefined ? {} : { paidAt: new Date(paidAt) }),
  });
  if (!paid.ok) return paid;
  const { order, outcome } = paid.value;
  const { orderNumber, status, total } = order;
  return success({ orderNumber, status, total, outcome });
}

const millis = (at: string | null | undefined): number | null =>
  at === null || at === undefined ? null : Date.parse(at);

/** Many at once: a catalogue is told as a whole. */
export async function takeProducts(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  products: readonly ProductApiInput[],
) {
  const recorded = await commerceService(strapi).recordProducts(
    unit,
    products.map((product) => ({
      code: product.code,
      title: product.title,
      category: product.category ? product.category : null,
      price: product.price ?? null,
      url: product.url ?? null,
      imageUrl: product.imageUrl ?? null,
      status: product.status,
      toldAt: toldAt(strapi, product.updatedAt).updatedAt?.getTime() ?? null,
    })),
  );
  const { created, updated, unchanged, ignored } = recorded;
  return success({ created, updated, unchanged, ignored, outcome: outcomeOf(recorded) });
}

export async function takeSubscription(
  strapi: Core.Strapi,
  unit: UnitOfWork,
  { currency: _, ...body }: SubscriptionApiInput,
) {
  const customerId = await customerOf(strapi, unit, body);
  if (customerId === null) return refuse('commerce.unknown-customer', 422);
  const { subscriptionId, productCode, status, amount, interval } = body;
  const recorded = await commerceService(strapi).recordSubscriptions(unit, [
    {
      subscriptionId,
      customerId,
      productCode,
      title: body.title ? body.title : productCode,
      status,
      startedAt: Date.parse(body.startedAt),
      renewsAt: millis(body.renewsAt),
      endsAt: millis(body.endsAt),
      amount,
      interval,
      toldAt: toldAt(strapi, body.updatedAt).updatedAt?.getTime() ?? null,
    },
  ]);
  return success({ subscriptionId, status, outcome: outcomeOf(recorded) });
}
