/** What came in for orders, and what was given back. */
import type { ReturnedLine } from '../../../shared/commerce';
import type { Database } from '../../kernel';
import type { OrderMoney } from '../domain/settle-order';
import { paymentsOf } from './payments';
import { refundsOf } from './refunds';

/** What payments brought and refunds took, by order number; orders without either are left out. */
export async function moneyOf(
  db: Database,
  numbers: readonly string[],
): Promise<Map<string, OrderMoney & { readonly returns: readonly ReturnedLine[] }>> {
  const payments = await paymentsOf(db, numbers);
  const refunds = await refundsOf(db, numbers);
  const known = new Set([...payments, ...refunds].map(({ orderNumber }) => orderNumber));
  const money = new Map<string, OrderMoney & { returns: ReturnedLine[] }>();
  for (const number of known) money.set(number, { paid: null, refunded: 0, returns: [] });
  for (const { orderNumber, amount, status } of payments) {
    const of = money.get(orderNumber);
    if (!of) continue;
    const paid = (of.paid ?? 0) + (status === 'paid' ? amount : 0);
    money.set(orderNumber, { ...of, paid });
  }
  for (const { orderNumber, amount, lines } of refunds) {
    const of = money.get(orderNumber);
    if (!of) continue;
    money.set(orderNumber, {
      ...of,
      refunded: of.refunded + amount,
      returns: [...of.returns, ...lines],
    });
  }
  return money;
}
