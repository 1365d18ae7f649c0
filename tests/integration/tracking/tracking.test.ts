import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

const db = () => kernel().database(app.strapi);
const tracking = () =>
  compiled<typeof import('../../../src/plugins/crm/server/tracking')>('tracking').trackingService(
    app.strapi,
  );
const customers = () =>
  compiled<typeof import('../../../src/plugins/crm/server/customers')>(
    'customers',
  ).customersService(app.strapi);

const KEY = { authorization: `Basic ${Buffer.from('test-write-key:').toString('base64')}` };

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

async function post(call: string, { headers = KEY, body }: Sent) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(`${app.origin}/api/crm/track/v1/${call}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: text,
  });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

interface Row {
  readonly name: string;
  readonly customer_id: number | null;
  readonly visitor_id: string | null;
  readonly is_bot: boolean | number;
}
const eventsOf = (visitor: string): Promise<Row[]> =>
  db()('crm_events').where({ visitor_id: visitor }).orderBy('id');

async function newCustomer(customerNumber: string): Promise<number> {
  const created = await kernel().inTransaction(app.strapi, (unit) =>
    customers().create(unit, { familyName: '山田', customerNumber }),
  );
  if (!created.ok) throw new Error(JSON.stringify(created.refusal));
  return created.value.id;
}

describe('the HTTP API', () => {
  it('takes track, page, identify and batch of the specification', async () => {
    const id = await newCustomer('T-1');
    const who = { anonymousId: 'spec' };
    expect(
      (await post('track', { body: { ...who, event: 'Order Completed', userId: 'T-1' } })).body,
    ).toEqual({
      success: true,
    });
    await post('page', { body: { ...who, properties: { path: '/top' } } });
    await post('identify', { body: { ...who, userId: 'nobody', traits: { plan: 'x' } } });
    await post('batch', {
      body: {
        batch: [
          { type: 'track', ...who, event: 'A' },
          { type: 'page', ...who, name: 'B' },
        ],
      },
    });
    const rows = await eventsOf('spec');
    expect(rows.map((row) => [row.name, row.customer_id])).toEqual([
      ['Order Completed', id],
      ['/top', null],
      ['identify', null],
      ['A', null],
      ['B', null],
    ]);
  });

  it('writes the same message id once, also when it comes at once', async () => {
    const body = { anonymousId: 'twice', event: 'E', messageId: 'message-1' };
    const answers = await Promise.all([1, 2, 3].map(() => post('track', { body })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await eventsOf('twice')).toHaveLength(1);
  });

  it('knows machines by their user agent', async () => {
    const userAgent = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
    await post('track', { body: { anonymousId: 'bot', event: 'E', context: { userAgent } } });
    expect((await eventsOf('bot')).map((row) => Boolean(row.is_bot))).toEqual([true]);
  });

  it.each([
    [
      'no key',
      'track',
      { headers: {}, body: { anonymousId: 'x', event: 'E' } },
      401,
      'tracking.write-key',
    ],
    [
      'a wrong key',
      'track',
      {
        headers: { authorization: `Basic ${btoa('other:')}` },
        body: { anonymousId: 'x', event: 'E' },
      },
      401,
      'tracking.write-key',
    ],
    [
      'another site',
      'track',
      { headers: { origin: 'https://evil.example' }, body: { anonymousId: 'x', event: 'E' } },
      403,
      'tracking.other-site',
    ],
    ['nobody', 'track', { body: { event: 'E' } }, 400, 'kernel.invalid-input'],
    ['no event', 'track', { body: { anonymousId: 'x' } }, 400, 'kernel.invalid-input'],
    ['a list', 'track', { body: [] }, 400, 'kernel.invalid-input'],
    ['an empty batch', 'batch', { body: { batch: [] } }, 400, 'kernel.invalid-input'],
    [
      'a call that is too large',
      'track',
      { body: { anonymousId: 'x', event: 'E', properties: { text: 'あ'.repeat(11_000) } } },
      413,
      'tracking.too-large',
    ],
    [
      'text that is no JSON',
      'batch',
      { headers: { ...KEY, 'content-type': 'text/plain' }, body: '{"batch":' },
      400,
      'tracking.not-json',
    ],
  ])('refuses %s', async (_, call, sent, status, code) => {
    const answer = await post(call, sent as Sent);
    expect([answer.status, answer.body]).toMatchObject([status, { error: { code } }]);
    expect(await eventsOf('x')).toEqual([]);
  });

  it('stores hostile names as they are', async () => {
    const event = `"><script>'; drop table crm_events; -- 😀`;
    await post('track', { body: { anonymousId: 'hostile', event } });
    expect((await eventsOf('hostile')).map((row) => row.name)).toEqual([event]);
  });
});

describe('pages of the site', () => {
  const page = { 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' };
  const beacon = (visitor: string, headers: Record<string, string> = {}) =>
    post('batch', {
      headers: { ...page, ...headers },
      body: JSON.stringify({
        batch: [{ type: 'page', anonymousId: visitor, userId: 'T-1', properties: { path: '/' } }],
      }),
    });

  it('send beacons as text, and cannot say who somebody is', async () => {
    expect((await beacon('page')).status).toBe(200);
    expect((await eventsOf('page')).map((row) => row.customer_id)).toEqual([null]);
  });

  it.each([
    ['Global Privacy Control', 'sec-gpc'],
    ['Do Not Track', 'dnt'],
  ])('are told yes and not followed under %s', async (_, header) => {
    expect(await beacon(header, { [header]: '1' })).toEqual({
      status: 200,
      body: { success: true },
    });
    expect(await eventsOf(header)).toEqual([]);
    await beacon(header, { [header]: '0' });
    expect(await eventsOf(header)).toHaveLength(1);
  });

  it('are stopped when one address floods', async () => {
    const at = new Date('2030-01-01T00:00:00Z');
    kernel().clock(app.strapi).set(at);
    const statuses = new Set<number>();
    for (let sent = 0; sent < 302; sent += 1) statuses.add((await beacon('flood')).status);
    kernel().clock(app.strapi).reset();
    expect([...statuses]).toEqual([200, 429]);
  });

  it('load the script from the same origin, cached by its content', async () => {
    const first = await fetch(`${app.origin}/crm/crm.js`);
    expect([first.status, first.headers.get('content-type')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
    ]);
    const script = await first.text();
    expect(script).toContain('window.crm');
    // With what other features add to it.
    expect(gzipSync(script).length).toBeLessThan(6 * 1024);
    const etag = first.headers.get('etag') ?? '';
    // Node's fetch would otherwise ask past every cache, which a browser does not.
    const headers = { 'if-none-match': etag, 'cache-control': 'max-age=0' };
    const again = await fetch(`${app.origin}/crm/crm.js`, { headers });
    expect(again.status).toBe(304);
  });
});

describe('stitching', () => {
  const seen = (visitorId: string, name: string, customerId?: number) =>
    tracking().append([{ type: 'page', name, visitorId, customerId }]);

  it('gives what a visitor did to the customer who logs in, on the timeline too', async () => {
    const id = await newCustomer('T-2');
    await seen('stitch', '/before');
    expect(await tracking().stitch('stitch', id)).toBe(1);
    const { entries } = await customers().timeline(id, { limit: 10, kinds: ['behaviour'] });
    expect(entries.map(({ title }) => title)).toEqual([
      { key: 'timeline.behaviour.page', params: { name: '/before' } },
    ]);
  });

  it('tells usual events on the timeline in words, with what they were about', async () => {
    const customerId = await newCustomer('T-words');
    const visitorId = 'in-words';
    const did = (name: string, properties: Record<string, unknown>) =>
      tracking().append([{ type: 'track', name, visitorId, customerId, properties }]);
    await did('Product Viewed', { product_id: 'LP-120', name: '青い夜' });
    await did('Wrapped a gift', { price: 300 });
    const { entries } = await customers().timeline(customerId, { limit: 10 });
    const told = entries.filter(({ kind }) => kind === 'behaviour');
    expect(told.map(({ title, detail }) => [title.key, title.params.name, detail])).toEqual([
      ['timeline.behaviour.track', 'Wrapped a gift', undefined],
      ['timeline.behaviour.product-viewed', 'Product Viewed', { about: '青い夜' }],
    ]);
  });

  it('gives nothing to a second person on a shared device', async () => {
    const first = await newCustomer('T-3');
    const second = await newCustomer('T-4');
    await seen('shared', '/a');
    await tracking().stitch('shared', first);
    await seen('shared', '/after-logout');
    expect(await tracking().stitch('shared', second)).toBe(0);
    expect((await eventsOf('shared')).map((row) => row.customer_id)).toEqual([first, null]);
  });
});
