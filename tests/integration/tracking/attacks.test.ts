/** Whatever the internet sends to the tracking endpoints. */
import net from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';
import { NAUGHTY } from '../../support/naughty';
import {
  basic,
  eventsOf,
  KEY,
  naughtyCalls,
  naughtyHeaders,
  newCustomer,
  OWN_PAGE,
  send,
  type Sent,
} from './sending';

let app: TestApp;
let customerId: number;
beforeAll(async () => {
  app = await startApp();
  customerId = await newCustomer(app, 'A-1');
});
afterAll(() => app.stop());

const db = () => kernel().database(app.strapi);
const call = (name: string, sent: Sent) => send(app, name, sent);
const countOf = async (where: object): Promise<number> => {
  const [row]: { rows: number | string }[] = await db()('crm_events')
    .where(where)
    .count('* as rows');
  return Number(row?.rows);
};
const fresh = () => {
  const clock = kernel().clock(app.strapi);
  clock.advance(61_000);
};

describe('a write key', () => {
  const body = { anonymousId: 'forger', userId: 'A-1', event: 'Forged' };

  it.each([
    ['of another', basic('other')],
    ['that is empty', basic('')],
    ['cut short', basic('test-write-ke')],
    ['with more behind it', basic('test-write-key2')],
    ['in capitals', basic('TEST-WRITE-KEY')],
    ['that is SQL', basic("' or 1=1 --")],
    ['with a NUL', basic('test-write-key\0')],
    ['that is no base64', 'Basic %%%'],
    ['of Basic alone', 'Basic'],
    ['as a password', `Basic ${btoa(':test-write-key')}`],
    ['its own hash', basic(kernel().sha256('test-write-key'))],
  ])('%s is refused', async (_, authorization) => {
    fresh();
    const answer = await call('track', { headers: { authorization }, body });
    expect([answer.status, answer.body]).toMatchObject([
      401,
      { error: { code: 'tracking.write-key' } },
    ]);
    expect(await countOf({ name: 'Forged' })).toBe(0);
  });

  it('is not to be guessed: an address that tries many waits', async () => {
    fresh();
    const statuses: number[] = [];
    for (let tried = 0; tried < 21; tried += 1) {
      statuses.push(
        (await call('track', { headers: { authorization: basic(`g${tried}`) }, body })).status,
      );
    }
    expect([...new Set(statuses)]).toEqual([401, 429]);
    const last = await call('track', { headers: { authorization: basic('g') }, body });
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    // Who has the right one is not kept out by who has not.
    expect((await call('track', { body: { anonymousId: 'honest', event: 'Honest' } })).status).toBe(
      200,
    );
  });
});

describe('a page of the site', () => {
  const beacon = (calls: readonly object[], headers: Record<string, string> = {}) =>
    call('batch', { headers: { ...OWN_PAGE, ...headers }, body: JSON.stringify({ batch: calls }) });

  it('cannot say who somebody is, in any call', async () => {
    fresh();
    const who = { userId: 'A-1', anonymousId: 'impostor-impostor' };
    await beacon([
      { type: 'track', event: 'Impostor', ...who },
      { type: 'identify', traits: { email: 'a@example.jp' }, ...who },
      { type: 'alias', previousId: 'A-1', ...who },
      { type: 'group', groupId: 'G', ...who },
      {
        type: 'track',
        event: 'Impostor',
        anonymousId: 'impostor-impostor',
        customerId,
        customer_id: customerId,
      },
    ]);
    const rows = await eventsOf(app, 'impostor-impostor');
    expect(rows).toHaveLength(5);
    expect(rows.every((row) => row.customer_id === null)).toBe(true);
    expect(await db()('crm_visitors').where({ visitor_id: 'impostor-impostor' })).toEqual([]);
  });

  it("cannot take a server's message id before the server does", async () => {
    await beacon([
      { type: 'track', event: 'Taken', anonymousId: 'thief-thief-thief', messageId: 'order-1' },
    ]);
    await call('track', { body: { userId: 'A-1', event: 'Order Paid', messageId: 'order-1' } });
    expect(await countOf({ name: 'Order Paid', customer_id: customerId })).toBe(1);
  });

  it('replayed is written once', async () => {
    const sent = [
      { type: 'track', event: 'Replayed', anonymousId: 'replay-replay-rep', messageId: 'r-1' },
    ];
    for (let time = 0; time < 3; time += 1) expect((await beacon(sent)).status).toBe(200);
    expect(await countOf({ name: 'Replayed' })).toBe(1);
  });

  it.each([
    ['from another site', { 'sec-fetch-site': 'cross-site' }, 401],
    ['from a sister site', { 'sec-fetch-site': 'same-site' }, 401],
    ['with a foreign Origin', { 'sec-fetch-site': '', origin: 'https://evil.example' }, 403],
    ['opened by hand', { 'sec-fetch-site': 'none' }, 401],
  ])('%s is refused', async (_, headers, status) => {
    const answer = await beacon([{ type: 'page', anonymousId: 'x-x-x-x-x-x-x-x-x' }], headers);
    expect(answer.status).toBe(status);
  });
});

describe('hostile data', () => {
  it.each([
    ['null', 'null'],
    ['a number', '7'],
    ['a text', '"x"'],
    ['nothing', ''],
    ['half of JSON', '{"batch":[{'],
    ['brackets without end', '['.repeat(400_000)],
    ['a list nested in a list', `{"batch":${'['.repeat(9_000)}${']'.repeat(9_000)}}`],
    [
      'properties nested without end',
      `{"batch":[{"type":"track","anonymousId":"x","event":"x","properties":{"a":${'['.repeat(9_000)}${']'.repeat(9_000)}}}]}`,
    ],
    ['a batch that is a text', '{"batch":"x"}'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x80])],
  ])('%s is refused as what it is', async (_, body) => {
    expect((await call('batch', { body })).status).toBe(400);
  });

  it('of wrong types is refused, call by call', async () => {
    const wrong = [
      { event: 7 },
      { event: ['x'] },
      { event: 'x'.repeat(201) },
      { anonymousId: {} },
      { anonymousId: 'a\u0000b' },
      { userId: true },
      { userId: '\ud800' },
      { messageId: 'm'.repeat(101) },
      { properties: 'x' },
      { properties: [1] },
      { timestamp: 20_301_231 },
      { timestamp: '2030-99-99T00:00:00Z' },
      { type: '__proto__' },
      { context: 'x' },
    ];
    const batch = wrong.map((fields, index) => ({
      type: 'track',
      anonymousId: 'wrong-types',
      event: 'Wrong',
      messageId: `wrong-${index}`,
      ...fields,
    }));
    const answer = await call('batch', {
      body: { batch: [...batch, { ...batch[0], event: 'Right' }] },
    });
    expect(answer.body).toMatchObject({ rejectedCount: wrong.length });
    expect((await eventsOf(app, 'wrong-types')).map((row) => row.name)).toEqual(['Right']);
  });

  it('is stored as it is where it is only text', async () => {
    const properties = {
      html: '"><img src=x onerror=alert(1)>',
      sql: `'); drop table crm_events; --`,
      nul: 'a\u0000b',
      half: '\ud83d',
      constructor: { prototype: 1 },
      'key with "quotes"\n': 'ｶﾅ😀',
    };
    const body = `{"anonymousId":"hostile","event":"Hostile","properties":{"__proto__":{"x":1},${JSON.stringify(properties).slice(1)}}`;
    expect((await call('track', { body })).status).toBe(200);
    const [row] = await eventsOf(app, 'hostile');
    expect(JSON.parse(row?.properties ?? '{}')).toMatchObject({
      html: properties.html,
      sql: properties.sql,
    });
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it('in every text of a call comes back as it was', async () => {
    fresh();
    const calls = naughtyCalls();
    const answer = await call('batch', { body: { batch: calls } });
    expect([answer.status, answer.body]).toEqual([200, { success: true }]);
    for (const { anonymousId, event, messageId, properties } of calls) {
      const rows = await eventsOf(app, anonymousId);
      expect(rows.map((row) => [row.name, row.message_id, JSON.parse(row.properties)])).toEqual([
        [event, messageId, properties],
      ]);
    }
  });

  it('as who somebody is, or in a header, is an answer and never a fault', async () => {
    fresh();
    for (const bad of NAUGHTY) {
      for (const type of ['identify', 'group', 'alias']) {
        const body = {
          anonymousId: bad,
          userId: bad,
          groupId: bad,
          previousId: bad,
          traits: { [bad]: bad },
        };
        expect([200, 400], `${type}: ${bad}`).toContain((await call(type, { body })).status);
      }
      const headers = { ...OWN_PAGE, ...naughtyHeaders(bad) };
      const body = JSON.stringify({ batch: [{ type: 'page', anonymousId: 'headers-headers' }] });
      expect((await call('batch', { headers, body })).status, bad).toBe(200);
    }
    expect(await countOf({ visitor_id: 'headers-headers' })).toBe(NAUGHTY.length);
  });

  it('that is too large is refused, told beforehand or not', async () => {
    const large = JSON.stringify({ batch: [{ type: 'track', event: 'x'.repeat(600_000) }] });
    expect((await call('batch', { body: large })).status).toBe(413);
    const endless = `{"batch":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    expect((await call('batch', { body: endless })).status).toBe(413);
    const chunks = await new Promise<string>((resolve) => {
      const socket = net.connect(Number(new URL(app.origin).port), '127.0.0.1');
      let answer = '';
      socket.on('data', (part) => (answer += part.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(answer));
      const head = `POST /api/crm/track/v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: ${KEY.authorization}\r\nTransfer-Encoding: chunked\r\n\r\n`;
      socket.write(head);
      for (let sent = 0; sent < 12; sent += 1) socket.write(`10000\r\n${'['.repeat(0x10000)}\r\n`);
    });
    expect(chunks).toMatch(/^HTTP\/1.1 413/);
  });
});

it('a flood of one address is answered 429, and pages stay quick', async () => {
  fresh();
  const body = JSON.stringify({ batch: [{ type: 'page', anonymousId: 'flood-flood-flood' }] });
  const statuses = new Map<number, number>();
  const slowest: number[] = [];
  const flood = async () => {
    for (let sent = 0; sent < 100; sent += 1) {
      const { status } = await call('batch', { headers: OWN_PAGE, body });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  const pages = async () => {
    for (let asked = 0; asked < 5; asked += 1) {
      const started = performance.now();
      expect((await fetch(`${app.origin}/crm/crm.js`)).status).toBe(200);
      slowest.push(performance.now() - started);
    }
  };
  const begun = performance.now();
  await Promise.all([...Array.from({ length: 6 }, flood), pages()]);
  const whole = performance.now() - begun;
  expect([...statuses.keys()].sort()).toEqual([200, 429]);
  expect(statuses.get(429)).toBeGreaterThanOrEqual(300);
  // No page waits for the flood to end.
  expect(Math.max(...slowest)).toBeLessThan(whole / 2);
});

it('a flood in few calls of many events is answered 429 too', async () => {
  fresh();
  const batch = Array.from({ length: 1_600 }, () => ({ type: 'page', anonymousId: 'gush-gush' }));
  const gush = (headers: Record<string, string>) =>
    call('batch', { headers, body: JSON.stringify({ batch }) });
  const first = await gush(OWN_PAGE);
  const second = await gush(OWN_PAGE);
  expect([first.status, second.status]).toEqual([200, 429]);
  expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await countOf({ visitor_id: 'gush-gush' })).toBe(1_600);
  // A server that brings history home is not an address of the internet.
  expect((await gush(KEY)).status).toBe(200);
});
