/** The Segment tracking specification, spoken with by Segment's own library and by hand. */
import { gzipSync } from 'node:zlib';

import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';
import { eventsOf, newCustomer, send, WRITE_KEY, type Sent } from './sending';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

const db = () => kernel().database(app.strapi);
const call = (name: string, sent: Sent) => send(app, name, sent);
const rowsNamed = (name: string): Promise<Record<string, unknown>[]> =>
  db()('crm_events').where({ name }).orderBy('id');

describe("Segment's own library", () => {
  const client = (more: object = {}) =>
    new Analytics({
      writeKey: WRITE_KEY,
      host: app.origin,
      path: '/api/crm/track/v1/batch',
      maxRetries: 0,
      ...more,
    });

  it('works with host and path alone, all six calls', async () => {
    const id = await newCustomer(app, 'S-1');
    const problems: unknown[] = [];
    const analytics = client();
    analytics.on('error', (problem) => problems.push(problem));
    const who = { userId: 'S-1', anonymousId: 'segment-node' };
    const timestamp = new Date(Date.now() - 86_400_000);
    analytics.identify({ ...who, traits: { plan: 'gold' } });
    analytics.track({ ...who, event: 'Order Completed', properties: { total: 3200 }, timestamp });
    analytics.page({ ...who, name: 'Top' });
    analytics.screen({ ...who, name: 'Home' });
    analytics.group({ ...who, groupId: 'G-1' });
    analytics.alias({ userId: 'S-1', previousId: 'segment-before' });
    await analytics.closeAndFlush({ timeout: 60_000 });
    expect(problems).toEqual([]);
    const rows = await eventsOf(app, 'segment-node');
    expect(rows.map(({ type, name, customer_id }) => [type, name, customer_id])).toEqual([
      ['identify', 'identify', id],
      ['track', 'Order Completed', id],
      ['page', 'Top', id],
      ['screen', 'Home', id],
      ['group', 'group', id],
    ]);
    expect(JSON.parse(rows[1]?.properties ?? '')).toEqual({ total: 3200 });
    expect(Math.abs(Number(rows[1]?.occurred_at) - timestamp.getTime())).toBeLessThan(10_000);
  });

  it('is told plainly that its key is wrong', async () => {
    const problems: string[] = [];
    const analytics = client({ writeKey: 'wrong' });
    analytics.on('error', ({ reason }) => problems.push(String(reason)));
    analytics.track({ userId: 'S-1', event: 'With A Wrong Key' });
    await analytics.closeAndFlush({ timeout: 60_000 });
    expect(problems.join()).toContain('401');
    expect(await rowsNamed('With A Wrong Key')).toEqual([]);
  });
});

describe('a batch', () => {
  const event = (messageId: string, more: object = {}) => ({
    type: 'track',
    anonymousId: 'batch',
    event: 'Batched',
    messageId,
    ...more,
  });

  it('takes what is right and tells what is not, by place and id', async () => {
    const batch = [
      event('right-1'),
      event('no-name', { event: '' }),
      event('too-large', { properties: { text: 'あ'.repeat(11_000) } }),
      'no object',
      event('right-2'),
    ];
    const answer = await call('batch', { body: { batch } });
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        success: true,
        rejectedCount: 3,
        rejected: [
          {
            index: 1,
            messageId: 'no-name',
            code: 'tracking.invalid-call',
            message: expect.any(String),
          },
          {
            index: 2,
            messageId: 'too-large',
            code: 'tracking.too-large',
            message: expect.any(String),
          },
          { index: 3, messageId: null, code: 'tracking.invalid-call', message: expect.any(String) },
        ],
      },
    ]);
    const written = (await rowsNamed('Batched')).map((row) => row.message_id);
    expect(written).toEqual(['right-1', 'right-2']);
  });

  it('is refused when nothing in it is right', async () => {
    const answer = await call('batch', { body: { batch: [event('bad', { event: '' })] } });
    expect([answer.status, answer.body]).toMatchObject([
      400,
      { error: { code: 'kernel.invalid-input', details: { fields: [{ path: 'event' }] } } },
    ]);
  });

  it('may come packed, and a bomb is no way around the limit', async () => {
    const headers = { authorization: `Basic ${btoa(`${WRITE_KEY}:`)}`, 'content-encoding': 'gzip' };
    const packed = gzipSync(JSON.stringify({ batch: [event('packed', { event: 'Packed' })] }));
    expect((await call('batch', { headers, body: packed })).status).toBe(200);
    expect(await rowsNamed('Packed')).toHaveLength(1);
    const bomb = gzipSync(Buffer.alloc(20_000_000, '['));
    expect((await call('batch', { headers, body: bomb })).status).toBe(413);
  });

  it('of a hundred thousand with one id, in fifty batches, is one row', async () => {
    const batch = Array.from({ length: 2000 }, () => event('one-id', { event: 'One Id' }));
    const body = JSON.stringify({ batch });
    for (let sent = 0; sent < 50; sent += 5) {
      const five = Array.from({ length: 5 }, () => call('batch', { body }));
      for (const { status } of await Promise.all(five)) expect(status).toBe(200);
    }
    expect(await rowsNamed('One Id')).toHaveLength(1);
  }, 120_000);
});

describe('time', () => {
  const at = new Date('2031-05-05T05:05:00.000Z');
  beforeAll(() => kernel().clock(app.strapi).set(at));
  afterAll(() => kernel().clock(app.strapi).reset());

  it.each([
    ['in the future is now', { timestamp: '2033-01-01T00:00:00Z' }, {}, '2031-05-05T05:05:00.000Z'],
    ['of long ago stays', { timestamp: '2019-02-03T04:05:06Z' }, {}, '2019-02-03T04:05:06.000Z'],
    [
      'is put right by what the sender thought it was when it sent',
      { timestamp: '2031-05-05T08:00:00Z' },
      { sentAt: '2031-05-05T08:10:00Z' },
      '2031-05-05T04:55:00.000Z',
    ],
    [
      'is taken from originalTimestamp too',
      { originalTimestamp: '2031-05-05T08:00:00.123456+00:00' },
      { sentAt: '2031-05-05T08:10:00Z' },
      '2031-05-05T04:55:00.123Z',
    ],
    [
      'before there was any is the first',
      { timestamp: '0001-01-01T00:00:00Z' },
      {},
      '1970-01-01T00:00:00.000Z',
    ],
  ])('%s', async (name, fields, frame, expected) => {
    const batch = [{ type: 'track', anonymousId: 'time', event: name, ...fields }];
    expect((await call('batch', { body: { batch, ...frame } })).status).toBe(200);
    const [row] = await rowsNamed(name);
    expect(new Date(Number(row?.occurred_at)).toISOString()).toBe(expected);
  });
});

describe('alias and identify of a server', () => {
  it('give what a visitor did to the customer, once', async () => {
    const first = await newCustomer(app, 'S-10');
    const second = await newCustomer(app, 'S-11');
    const seen = { anonymousId: 'before-alias', event: 'Seen Before' };
    await call('track', { body: seen });
    await call('alias', { body: { previousId: 'before-alias', userId: 'S-10' } });
    expect((await eventsOf(app, 'before-alias')).map((row) => row.customer_id)).toEqual([first]);
    // The same browser told to be somebody else's: what she did stays hers.
    await call('identify', { body: { anonymousId: 'before-alias', userId: 'S-11' } });
    expect((await eventsOf(app, 'before-alias')).map((row) => row.customer_id)).toEqual([first]);
    const [last] = await db()('crm_events').where({ type: 'identify', customer_id: second });
    expect((last as { visitor_id: string | null }).visitor_id).toBeNull();
  });
});
