/** Calls to the tracking API, and what stands in the log. */
import type { TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { NAUGHTY } from '../../support/naughty';

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

/** One event for each hostile text, with that text wherever an event may hold text. */
export const naughtyCalls = () =>
  NAUGHTY.map((bad, index) => {
    const page = { path: bad, referrer: bad, search: bad, title: bad, url: bad };
    // A property of this name would be no property but the object's kind: it is left out.
    const named = bad === '__proto__' ? {} : { [bad.slice(0, 200)]: bad };
    return {
      type: 'track',
      anonymousId: `naughty-${index}`,
      messageId: `${index} ${bad}`.replaceAll(/\p{C}/gu, '').slice(0, 90),
      event: bad.slice(0, 200),
      properties: { ...named, ...page, list: [bad] },
      context: { userAgent: bad, ip: bad, locale: bad, page, campaign: { name: bad } },
    };
  });

/** As its bytes go over the wire: no line of a header may hold a control character. */
export function naughtyHeaders(bad: string): Readonly<Record<string, string>> {
  const bytes = Buffer.from(bad.replaceAll(/\s/g, ' ')).toString('latin1');
  const value = bytes.replaceAll(/[^ -~\u00a0-\u00ff]/g, '');
  return { 'user-agent': value, referer: value, 'x-forwarded-for': value, cookie: value };
}
