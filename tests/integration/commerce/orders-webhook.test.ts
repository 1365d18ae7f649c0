import { createHmac } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { orderWebhookAnswerSchema } from '../../../src/plugins/crm/shared/commerce';
import { startApp, type TestApp } from '../../support/app';
import { people } from '../customers/people';

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

interface Signing {
  readonly secret?: string;
  readonly at?: number;
  /** Sent instead of what was signed. */
  readonly sent?: string;
}

async function send(events: readonly object[], signing: Signing = {}) {
  const { secret = SECRETS[0], at = Date.now() / 1000 } = signing;
  const timestamp = String(Math.floor(at));
  const body = JSON.stringify({ events });
  const mac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  const response = await fetch(`${app.origin}/api/crm/orders/v1/webhook`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'enishi-timestamp': timestamp,
      'enishi-signature': `sha256=${mac}`,
    },
    body: signing.sent ?? body,
  });
  return { status: response.status, body: (await response.json()) as unknown };
}
const outcomes = async (events: readonly object[], signing?: Signing) =>
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
    const forgeries: Signing[] = [
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
