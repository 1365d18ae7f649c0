/** The screen behind the log: keys, counts, and what stays when events go. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { basic, newCustomer, send, trackingOf } from './sending';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2031-06-15T03:00:00Z');

let app: TestApp;
let admin: AdminClient;
beforeAll(async () => {
  app = await startApp();
  admin = await adminClient(app);
});
afterAll(() => app.stop());

const db = () => kernel().database(app.strapi);
const clock = () => kernel().clock(app.strapi);

interface Data<T> {
  readonly data: T;
}
async function get<T>(path: string): Promise<T> {
  const { status, body } = await admin.get(`/crm${path}`);
  expect([path, status]).toEqual([path, 200]);
  return (body as Data<T>).data;
}

describe('write keys', () => {
  const works = async (key: string) =>
    (
      await send(app, 'track', {
        headers: { authorization: basic(key) },
        body: { userId: 'x', event: 'Key' },
      })
    ).status;
  const make = async (path = '') =>
    (
      (await admin.post(`/crm/tracking/keys${path}`, { name: '基幹システム' })).body as Data<{
        key: string;
      }>
    ).data.key;
  interface Key {
    readonly id: number;
    readonly hint: string;
    readonly isLive: boolean;
    readonly lastUsedAt: number | null;
  }
  const list = () => get<Key[]>('/tracking/keys');

  it('work from the moment they are made, are shown once and kept as a hash', async () => {
    const key = await make();
    expect(await works(key)).toBe(200);
    const [made] = await list();
    expect(made).toMatchObject({ hint: key.slice(-4), isLive: true });
    expect(made?.lastUsedAt).not.toBeNull();
    const stored = JSON.stringify(await db()('crm_write_keys'));
    expect(stored).not.toContain(key);
    expect(JSON.stringify(await list())).not.toContain(key.slice(0, 20));
  });

  it('are replaced with a day for both, and end at once when revoked', async () => {
    const old = await make();
    const [{ id } = { id: 0 }] = await list();
    const next = await make(`/${id}/replace`);
    expect([await works(old), await works(next)]).toEqual([200, 200]);
    clock().advance(DAY_MS + 60_000);
    expect([await works(old), await works(next)]).toEqual([401, 200]);
    const [{ id: nextId } = { id: 0 }] = await list();
    expect((await admin.delete(`/crm/tracking/keys/${nextId}`)).status).toBe(200);
    expect(await works(next)).toBe(401);
    expect((await admin.delete(`/crm/tracking/keys/${nextId}`)).status).toBe(404);
    clock().reset();
  });

  it('are nobody’s business who may only look', async () => {
    const reader = await adminClient(app, ['tracking.read']);
    expect((await reader.get('/crm/tracking')).status).toBe(200);
    for (const answer of [
      await reader.get('/crm/tracking/keys'),
      await reader.post('/crm/tracking/keys', { name: 'x' }),
      await reader.put('/crm/tracking/retention', { days: 31 }),
    ]) {
      expect(answer.status).toBe(403);
    }
  });
});

describe('counts', () => {
  interface Name {
    readonly name: string;
    readonly events: number;
    readonly machines: number;
  }
  interface Paths {
    readonly orders: number;
    readonly withPages: number;
    readonly pages: { page: string; orders: number; views: number }[];
  }
  let known: number;

  /** Pages seen so many days before now, each received when it happened. */
  async function seen(daysAgo: number, pages: readonly string[], more: object = {}): Promise<void> {
    clock().set(new Date(NOW - daysAgo * DAY_MS));
    await trackingOf(app).append(
      pages.map((name) => ({ type: 'page' as const, name, customerId: known, ...more })),
    );
    clock().set(new Date(NOW));
  }
  const order = (number: string, daysAgo: number, status = 'paid') =>
    db()('crm_orders').insert({
      order_number: number,
      customer_id: known,
      ordered_at: NOW - daysAgo * DAY_MS,
      status,
      currency: 'JPY',
      total: 1000,
    });

  beforeAll(async () => {
    await db()('crm_events').delete();
    known = await newCustomer(app, 'P-1');
    clock().set(new Date(NOW));
    await seen(75, ['/products/a', '/products/a', '/articles/x']);
    await seen(71, ['/products/b']);
    await seen(71, ['/machine'], { isBot: true });
    await order('PATH-1', 70);
    await order('PATH-CANCELLED', 70, 'cancelled');
    await seen(45, ['/products/b']);
    await order('PATH-2', 44);
    await seen(3, ['/products/a']);
    await order('PATH-3', 2);
    await order('PATH-OF-NOBODY', 39);
    // After the order, and long before the next: neither led to one.
    await seen(1, ['/after']);
  });
  afterAll(() => clock().reset());

  const names = () => get<Name[]>('/tracking/names?days=90');
  const paths = () => get<Paths>('/page-paths?from=2031-03-20&to=2031-06-15');

  it('list the pages seen before orders', async () => {
    expect(await paths()).toEqual({
      orders: 4,
      withPages: 4,
      pages: [
        { page: '/products/b', orders: 3, views: 4 },
        { page: '/products/a', orders: 2, views: 3 },
        { page: '/articles/x', orders: 1, views: 1 },
      ],
    });
    expect((await admin.get('/crm/page-paths?from=2031-06-15&to=2031-06-01')).status).toBe(400);
    expect((await admin.get('/crm/page-paths?from=2020-01-01&to=2031-06-01')).status).toBe(400);
  });

  it('stay the same when events are rolled up, and count what comes late', async () => {
    const before = [await names(), await paths()];
    expect(before[0]).toContainEqual({ type: 'page', name: '/products/a', events: 3, machines: 0 });
    expect(before[0]).toContainEqual({ type: 'page', name: '/machine', events: 0, machines: 1 });
    expect((await admin.put('/crm/tracking/retention', { days: 40 })).status).toBe(200);
    await kernel().jobs(app.strapi).fire('tracking.roll-up');
    const left: { name: string }[] = await db()('crm_events').orderBy('id').select('name');
    expect(left.map(({ name }) => name)).toEqual(['/products/a', '/after']);
    expect([await names(), await paths()]).toEqual(before);
    await kernel().jobs(app.strapi).fire('tracking.roll-up');
    expect([await names(), await paths()]).toEqual(before);
    // Of a day that is rolled up already, but received today: kept as long as any other.
    await trackingOf(app).append([
      { type: 'page', name: '/late', occurredAt: NOW - 70 * DAY_MS, messageId: 'late-1' },
    ]);
    expect(await names()).toContainEqual({ type: 'page', name: '/late', events: 1, machines: 0 });
  });

  it('keep everything without a policy, and refuse one that is too short', async () => {
    expect((await admin.put('/crm/tracking/retention', { days: 30 })).status).toBe(400);
    expect((await admin.put('/crm/tracking/retention', { days: null })).status).toBe(200);
    const events = async () => (await db()('crm_events').select('id')).length;
    const before = await events();
    clock().set(new Date(NOW + 1000 * DAY_MS));
    await kernel().jobs(app.strapi).fire('tracking.roll-up');
    expect(await events()).toBe(before);
    clock().set(new Date(NOW));
  });

  it('of unknown visitors are a number, and none that points to somebody', async () => {
    const visit = (visitorId: string, times: number, more: object = {}) =>
      trackingOf(app).append(
        Array.from({ length: times }, () => ({
          type: 'page' as const,
          name: '/rare',
          visitorId,
          ...more,
        })),
      );
    const size = () =>
      get<object>(
        `/tracking/audience?type=page&name=${encodeURIComponent('/rare')}&times=2&days=7`,
      );
    expect(await size()).toEqual({ visitors: 0, least: 10 });
    for (let visitor = 1; visitor <= 9; visitor += 1) await visit(`unknown-${visitor}`, 2);
    await visit('looked-once', 1);
    await visit('a-machine', 3, { isBot: true });
    await visit('a-member', 3, { customerId: known });
    await visit('a-members-browser', 3);
    await trackingOf(app).stitch('a-members-browser', known);
    expect(await size()).toEqual({ visitors: null, least: 10 });
    await visit('unknown-10', 2);
    expect(await size()).toEqual({ visitors: 10, least: 10 });
  });

  it('begin at an instant, however many ids are missing before and after it', async () => {
    const { firstIdSince } =
      compiled<typeof import('../../../src/plugins/crm/server/tracking/store/log')>(
        'tracking/store/log',
      );
    await db()('crm_events').delete();
    expect(await firstIdSince(db(), NOW)).toBe(0);
    for (const day of [9, 6, 6, 2]) await seen(day, Array(12).fill('/gaps'));
    const ids = (await db()('crm_events').orderBy('id').pluck('id')).map(Number);
    // Holes: within a day, a day's beginning and end, and all but one event of the last.
    const kept = ids.filter((_, index) => index % 5 !== 0 && !(index > 9 && index < 14));
    await db()('crm_events').whereNotIn('id', kept.slice(0, -3)).delete();
    const rows: { id: number | string; received_at: number | string }[] =
      await db()('crm_events').orderBy('id');
    expect(rows.length).toBeGreaterThan(20);
    const instants = new Set(rows.map(({ received_at }) => Number(received_at)));
    for (const at of [...instants].flatMap((instant) => [instant - 1, instant, instant + 1])) {
      const begins = await firstIdSince(db(), at);
      const expected = rows.filter(({ received_at }) => Number(received_at) >= at);
      expect(rows.filter(({ id }) => Number(id) >= begins)).toEqual(expected);
    }
  });

  it('are counted once when two nodes roll up at the same time', async () => {
    const { rollUp } = compiled<
      typeof import('../../../src/plugins/crm/server/tracking/retention/service')
    >('tracking/retention/service');
    // Ids rise with the time of receipt: what the tests above wrote later would stand before it.
    await db()('crm_events').delete();
    expect((await admin.put('/crm/tracking/retention', { days: 40 })).status).toBe(200);
    await seen(
      60,
      Array.from({ length: 1500 }, () => '/twice'),
    );
    const gone = await Promise.all([rollUp(app.strapi), rollUp(app.strapi)]);
    expect(gone.reduce((sum, one) => sum + one, 0)).toBe(1500);
    expect(await names()).toContainEqual({
      type: 'page',
      name: '/twice',
      events: 1500,
      machines: 0,
    });
  });
});
