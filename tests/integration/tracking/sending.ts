/** Calls to the tracking API, and what stands in the log. */
import type { TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';

export const WRITE_KEY = 'test-write-key';
export const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
export const KEY = { authorization: basic(WRITE_KEY) };
export const OWN_PAGE = { 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' };

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export async function send(
  { origin }: Pick<TestApp, 'origin'>,
  call: string,
  { headers = KEY, body }: Sent,
): Promise<Answer> {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  const answer = await fetch(`${origin}/api/crm/track/v1/${call}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: (isRaw ? body : JSON.stringify(body)) as BodyInit,
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

export interface EventRow {
  readonly message_id: string;
  readonly type: string;
  readonly name: string;
  readonly customer_id: number | null;
  readonly visitor_id: string | null;
  readonly occurred_at: number | string;
  readonly properties: string;
  readonly is_bot: boolean | number;
}

export const eventsOf = (app: TestApp, visitor: string): Promise<EventRow[]> =>
  kernel().database(app.strapi)('crm_events').where({ visitor_id: visitor }).orderBy('id');

export const trackingOf = (app: TestApp) =>
  compiled<typeof import('../../../src/plugins/crm/server/tracking')>('tracking').trackingService(
    app.strapi,
  );

export async function newCustomer(app: TestApp, customerNumber: string): Promise<number> {
  const { customersService } =
    compiled<typeof import('../../../src/plugins/crm/server/customers')>('customers');
  const created = await kernel().inTransaction(app.strapi, (unit) =>
    customersService(app.strapi).create(unit, { familyName: '山田', customerNumber }),
  );
  if (!created.ok) throw new Error(JSON.stringify(created.refusal));
  return created.value.id;
}
