import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { orderWebhookAnswerSchema } from '../../../src/plugins/crm/shared/order-events';
import { startApp, type TestApp } from '../../support/app';
import { people } from '../customers/people';
import { sendEvents, type Signing } from './shop';

const SECRETS = ['webhook-secret-new-0000', 'webhook-secret-old-0000'] as const;

let app: TestApp;
let crm: ReturnType<typeof people>;
let customerId = 0;
beforeAll(async () => {
  app = await startApp({ env: { CRM_ORDER_WEBHOOK_SECRETS: SECRETS.join(',') } });
  crm = people(app);
  customerId = (await crm.create({ customerNumber: 'H-1', email: 'hook@example.jp' })).id;
});
afterAll(() => app.stop());

const send = (events: readonly object[], signing: Partial<Signing> = {}) =>
  sendEvents(app, events, { secret: SECRETS[0], ...signing });
const outcomes = async (events: readonly object[], signing?: Partial<Signing>) =>
  orderWebhookAnswerSchema
    .parse((await send(events, signing)).body)
    .data.map(({ outcome, code }) => code ?? outcome);
const order = (id: string, data: object = {}) => ({
  id,
  type: 'order',
  data: {
    orderNumber: `H-${id}`,
    customerNumber: 'H-1',
    orderedAt: '2026-11-01T10:00:00+09:00',
    total: 1000,
    ...data,
  },
});
const totals = () => crm.commerce.totals(customerId);

describe('the signed webhook', () => {
  it('takes an event once, in one call, in two, and in two at once', async () => {
    expect(await outcomes([order('a'), order('a')])).toEqual(['taken', 'known']);
    expect(await outcomes([order('a')])).toEqual(['known']);
    const both = await Promise.all([outcomes([order('b')]), outcomes([order('b')])]);
    expect(both.flat()).toContain('taken');
    expect(await totals()).toMatchObject({ count: 2, spent: 2000 });
  });

  it('does not go back when an old event is replayed after a newer one', async () => {
    const paid = order('c-paid', { orderNumber: 'H-C' });
    const cancelled = order('c-cancelled', { orderNumber: 'H-C', status: 'cancelled' });
    const before = (await totals()).spent;
    await outcomes([paid]);
    expect((await totals()).spent).toBe(before + 1000);
    await outcomes([cancelled]);
    expect(await outcomes([paid])).toEqual(['known']);
    expect((await totals()).spent).toBe(before);
  });

  it('keeps what is newest, in whatever order events come', async () => {
    const before = await totals();
    const at = (id: string, day: number, data: object) => ({
      ...order(id, { orderNumber: 'H-NEW', ...data }),
      occurredAt: `2026-11-1${day}T00:00:00Z`,
    });
    const told = [
      at('n-1', 1, { status: 'placed' }),
      at('n-2', 2, { total: 3000, status: 'paid' }),
      at('n-3', 3, { total: 2500, status: 'paid' }),
    ];
    expect(await outcomes(told.toReversed())).toEqual(['taken', 'ignored', 'ignored']);
    expect(await totals()).toMatchObject({ count: before.count + 1, spent: before.spent + 2500 });
    expect(await outcomes(told)).toEqual(['known', 'known', 'known']);
    // Told alike at a later instant, and what comes from in between is late as well.
    const alike = at('n-5', 5, { total: 2500, status: 'paid' });
    const between = at('n-4', 4, { total: 9999, status: 'paid' });
    expect(await outcomes([alike, between])).toEqual(['taken', 'ignored']);
    const own = order('n-6', { orderNumber: 'H-NEW', total: 1, updatedAt: '2026-11-14T00:00:00Z' });
    expect(await outcomes([own])).toEqual(['ignored']);
    // A shop whose clock runs ahead must not shut itself out.
    const ahead = { ...at('n-7', 5, { total: 2000 }), occurredAt: '2999-01-01T00:00:00Z' };
    expect(await outcomes([ahead, order('n-8', { orderNumber: 'H-NEW', total: 1500 })])).toEqual([
      'taken',
      'taken',
    ]);
    expect((await totals()).spent).toBe(before.spent + 1500);
  });

  it('takes payments and returns by line', async () => {
    const line = { lineId: 'l-1', productCode: 'LP', title: 'LP', quantity: 2, unitPrice: 500 };
    const data = { orderNumber: 'H-PAY', provider: 'stripe', reference: 'pi', method: 'card' };
    const before = (await totals()).spent;
    expect(
      await outcomes([
        order('p-1', { orderNumber: 'H-PAY', status: 'placed', lines: [line] }),
        { id: 'p-2', type: 'payment', data: { ...data, amount: 1000 } },
        {
          id: 'p-3',
          type: 'refund',
          data: {
            orderNumber: 'H-PAY',
            reference: 'r',
            lines: [{ lineId: 'l-1', quantity: 1, amount: 500 }],
          },
        },
      ]),
    ).toEqual(['taken', 'taken', 'taken']);
    expect((await totals()).spent).toBe(before + 500);
  });

  it('takes refunds, says what it refuses, and takes that later', async () => {
    const before = (await totals()).spent;
    const refund = {
      id: 'r-1',
      type: 'refund',
      data: { orderNumber: 'H-late', reference: 'R-1', amount: 400 },
    };
    const late = order('late');
    expect(await outcomes([refund, late])).toEqual(['commerce.unknown-order', 'taken']);
    expect(await outcomes([refund, refund])).toEqual(['taken', 'known']);
    expect((await totals()).spent).toBe(before + 600);
    const stranger = order('stranger', { customerNumber: 'nobody' });
    expect(await outcomes([stranger, order('d')])).toEqual(['commerce.unknown-customer', 'taken']);
    const changed = order('d', { total: 9 });
    expect(await outcomes([changed])).toEqual(['commerce.key-reused']);
  });

  it('takes what happened years ago, hundreds in a call', async () => {
    const old = Array.from({ length: 200 }, (_, index) =>
      order(`old-${index}`, { orderedAt: '2019-04-01T00:00:00Z', total: 1 }),
    );
    const before = await totals();
    expect(new Set(await outcomes(old))).toEqual(new Set(['taken']));
    expect(await totals()).toMatchObject({ count: before.count + 200, spent: before.spent + 200 });
    expect(new Set(await outcomes(old))).toEqual(new Set(['known']));
  });

  it('knows every secret that is valid, and nobody else', async () => {
    expect(await outcomes([order('e')], { secret: SECRETS[1] })).toEqual(['taken']);
    const now = Date.now() / 1000;
    const forgeries: Partial<Signing>[] = [
      { secret: 'webhook-secret-guessed' },
      { at: now - 301 },
      { at: now + 400 },
      { sent: JSON.stringify({ events: [order('f', { total: 1 })] }) },
    ];
    for (const forgery of forgeries) {
      expect((await send([order('f')], forgery)).status).toBe(401);
    }
    const bare = await fetch(`${app.origin}/api/crm/orders/v1/webhook`, { method: 'POST' });
    expect(bare.status).toBe(401);
    expect((await send([{ id: 'g', type: 'coup' }])).status).toBe(400);
    expect((await send([])).status).toBe(400);
    // Twenty a minute: of so many, one minute has more than that wherever it begins.
    const statuses = await Promise.all(
      Array.from({ length: 45 }, async () => (await send([], { secret: 'x' })).status),
    );
    expect(statuses).toContain(429);
  });
});
