/** Payments and returns of a file are written a batch at a time, and come out as if told one by one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type * as recordPayments from '../../../src/plugins/crm/server/commerce/record-payments';
import type * as recordRefunds from '../../../src/plugins/crm/server/commerce/record-refunds';
import type { PaymentInput, RefundInput } from '../../../src/plugins/crm/server/commerce';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { counts, importJobs } from '../customers/importing';
import { people } from '../customers/people';

let app: TestApp;
let admin: AdminClient;
let crm: ReturnType<typeof people>;
let customerId = 0;
beforeAll(async () => {
  app = await startApp();
  admin = await adminClient(app);
  crm = people(app);
  customerId = (await crm.create({ customerNumber: 'BATCH-1', email: 'batch@example.jp' })).id;
});
afterAll(() => app.stop());

const SEED = 20_261_123;
const ORDERS = 30;
const TOLD = 400;

/** Park and Miller's: the same numbers everywhere. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const DAY = Date.parse('2026-11-01T00:00:00Z');

/** Few references and small orders, so that they meet: told again, late, too much, elsewhere. */
function paymentsOf(world: string, seed: number): PaymentInput[] {
  const random = randomOf(seed);
  const statuses = ['paid', 'paid', 'pending', 'cancelled', 'failed'] as const;
  return Array.from({ length: TOLD }, () => {
    const order = random(ORDERS + 1);
    return {
      orderNumber: `${world}-${order}`,
      provider: ['stripe', ''][random(2)] ?? '',
      // Of another order now and then.
      reference: `${world}-${random(20) === 0 ? random(ORDERS) : order}-${random(3)}`,
      method: 'card',
      amount: random(4) * 1000,
      status: statuses[random(statuses.length)] ?? 'paid',
      paidAt: new Date(DAY),
      ...(random(3) === 0 ? { updatedAt: new Date(DAY + random(5) * 1000) } : {}),
    };
  });
}

function refundsOf(world: string, seed: number): RefundInput[] {
  const random = randomOf(seed);
  return Array.from({ length: TOLD / 2 }, () => {
    const amount = random(3) * 500;
    const line = { productCode: `P-${random(3)}`, quantity: 1 + random(2), amount };
    return {
      orderNumber: `${world}-${random(ORDERS + 1)}`,
      reference: `ref-${random(6)}`,
      amount,
      refundedAt: new Date(DAY),
      ...(random(2) === 0 ? { lines: [line] } : {}),
    };
  });
}

const ordersOf = (world: string) =>
  Array.from({ length: ORDERS }, (_, number) => ({
    orderNumber: `${world}-${number}`,
    customerId,
    orderedAt: new Date(DAY),
    status: (number % 3 === 0 ? 'paid' : 'placed') as 'paid' | 'placed',
    total: 3000,
    lines: [0, 1].map((line) => ({
      productCode: `P-${line}`,
      title: 'レコード',
      quantity: 2,
      unitPrice: 750,
    })),
  }));

const inUnit = <T>(work: Parameters<ReturnType<typeof kernel>['inTransaction']>[1]): Promise<T> =>
  kernel().inTransaction(app.strapi, work) as Promise<T>;

interface Answer {
  readonly ok: boolean;
  readonly refusal?: { readonly code: string };
  readonly value?: { readonly outcome: string };
}
const words = (answers: readonly Answer[]) =>
  answers.map(({ refusal, value }) => refusal?.code ?? value?.outcome);

/** What the database says of a world, with its name taken out. */
async function standing(world: string): Promise<unknown> {
  const all = await crm.commerce.ordersOf(customerId, { limit: 1000 });
  const own = all.filter(({ orderNumber }) => orderNumber.startsWith(`${world}-`));
  const details = await crm.commerce.detailsOf(own);
  const plain = details.map(({ id: _id, payments, refunds, ...order }) => ({
    ...order,
    payments: payments.map((one) => JSON.stringify(one)).sort(),
    refunds: refunds.map((one) => JSON.stringify(one)).sort(),
  }));
  plain.sort((a, b) => (a.orderNumber < b.orderNumber ? -1 : 1));
  return JSON.parse(JSON.stringify(plain).replaceAll(`${world}-`, ''));
}

describe('payments and returns', () => {
  it('together come out as one by one, in a few statements', async () => {
    kernel().clock(app.strapi).set(new Date(DAY));
    const payments = compiled<typeof recordPayments>('commerce/record-payments');
    const refunds = compiled<typeof recordRefunds>('commerce/record-refunds');
    const { commerce } = crm;
    for (const world of ['A', 'B']) {
      await inUnit((unit) => commerce.recordOrders(unit, ordersOf(world)));
    }
    let statements = 0;
    const count = () => void (statements += 1);
    const { connection } = app.strapi.db;
    const seen = new Set<string | undefined>();
    for (const round of [0, 1, 2]) {
      const told = { payments: paymentsOf('A', SEED + round), onlyNew: false };
      connection.on('query', count);
      const together = await inUnit<recordPayments.RecordedPayments>((unit) =>
        payments.recordPayments(app.strapi, unit, told),
      );
      const back = await inUnit<Answer[]>((unit) =>
        refunds.recordRefunds(app.strapi, unit, refundsOf('A', SEED + round)),
      );
      connection.removeListener('query', count);
      const single: Answer[] = [];
      for (const one of paymentsOf('B', SEED + round)) {
        single.push(await inUnit<Answer>((unit) => commerce.recordPayment(unit, one)));
      }
      const singleBack: Answer[] = [];
      for (const one of refundsOf('B', SEED + round)) {
        singleBack.push(await inUnit<Answer>((unit) => commerce.recordRefund(unit, one)));
      }
      expect(words(together.outcomes), `seed ${SEED + round}`).toEqual(words(single));
      expect(words(back), `seed ${SEED + round}`).toEqual(words(singleBack));
      expect(await standing('A'), `seed ${SEED + round}`).toEqual(await standing('B'));
      for (const word of [...words(single), ...words(singleBack)]) seen.add(word);
    }
    kernel().clock(app.strapi).reset();
    // Each of them has happened, or nothing was compared.
    expect([...seen].sort()).toEqual([
      'commerce.payment-elsewhere',
      'commerce.refund-differs',
      'commerce.refund-too-large',
      'commerce.return-too-many',
      'commerce.unknown-line',
      'commerce.unknown-order',
      'created',
      'ignored',
      'unchanged',
      'updated',
    ]);
    expect(statements).toBeLessThan(3 * 100);
  });

  it('of a file are taken back as they were before it, however often it told them', async () => {
    const jobs = importJobs(app, admin);
    await inUnit((unit) => crm.commerce.recordOrders(unit, ordersOf('F')));
    const before = await standing('F');
    const file = [
      'orderNumber,reference,method,amount,status,paidAt',
      'F-1,file-1,card,1000,pending,2026-11-01',
      'F-1,file-1,card,3000,paid,2026-11-01',
      'F-2,file-2,card,3000,paid,2026-11-01',
    ].join('\n');
    const run = await jobs.start(await jobs.upload(file, 'payments'), { policy: 'update' });
    expect(counts(run)).toEqual([2, 1, 0, 0]);
    expect(await standing('F')).not.toEqual(before);
    await jobs.command(run.id, 'undo');
    await jobs.idle();
    expect(await standing('F')).toEqual(before);
  });
});
