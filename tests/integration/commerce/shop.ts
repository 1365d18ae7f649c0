/** Shorthand for tests about shops: calls of the order API, and signed events. */
import { createHmac } from 'node:crypto';

import type { TestApp } from '../../support/app';

export const ORDER_KEY = 'test-key-for-orders';

export interface Answer {
  readonly status: number;
  /** The code of a refusal. */
  readonly code: string | undefined;
  readonly data: unknown;
}

interface CallOptions {
  readonly idempotencyKey?: string;
  readonly key?: string;
}

export function shop(app: TestApp) {
  async function tell(path: string, body: unknown, options: CallOptions = {}): Promise<Answer> {
    const { idempotencyKey, key = ORDER_KEY } = options;
    const response = await fetch(`${app.origin}/api/crm/orders/v1${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
        ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
      },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as { data: unknown; error?: { code?: string } };
    return { status: response.status, code: answer.error?.code, data: answer.data };
  }
  return { tell };
}

/** An order of one product, at 1,000 yen a piece. */
export const orderOf = (orderNumber: string, pieces: number, more: object = {}) => ({
  orderNumber,
  customerNumber: 'SHOP-1',
  orderedAt: '2026-11-01T10:00:00+09:00',
  total: pieces * 1000,
  lines: [{ productCode: 'LP-1', title: '青い夜', quantity: pieces, unitPrice: 1000 }],
  ...more,
});

export interface Signing {
  readonly secret: string;
  /** Seconds; now when left out. */
  readonly at?: number;
  /** Sent instead of what was signed. */
  readonly sent?: string;
}

export async function sendEvents(app: TestApp, events: readonly object[], signing: Signing) {
  const { secret, at = Date.now() / 1000 } = signing;
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
