/** Who came by which poster: opened, friends, members, what they bought. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { adminClient, type AdminClient } from '../../support/admin';
import type { SiteBrowser } from '../../support/site-browser';
import { openLoginWorld, type LoginWorld } from './login-world';

const PHONE = { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Line/15.0.0' };

let site: LoginWorld;
let admin: AdminClient;
beforeAll(async () => {
  site = await openLoginWorld();
  admin = await adminClient(site.world.app);
});
afterAll(() => site.stop());
beforeEach(() => site.fresh());

const db = (table: string) => site.world.app.strapi.db.connection(table);

let routes = 0;
async function createRoute(name = '店頭ポスター') {
  routes += 1;
  const key = `poster-${routes}`;
  const { documentId } = await site.world.app.strapi
    .documents('plugin::crm.line-friend-route')
    .create({ data: { name, key } });
  return { key, documentId };
}

/** Scans the code; where LINE's page is. */
async function scan(browser: SiteBrowser, key: string): Promise<URL> {
  const answer = await browser.get(`/m/line/add/${key}`, PHONE);
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get('location') ?? '');
}

const rowSchema = z.object({
  opens: z.number(),
  friends: z.number(),
  following: z.number(),
  members: z.number(),
  orders: z.number(),
  amount: z.number(),
});

async function figures(documentId: string) {
  const { status, body } = await admin.get('/crm/line/routes');
  expect(status).toBe(200);
  const rows = (body as { data: { documentId: string }[] }).data;
  return rowSchema.parse(rows.find((row) => row.documentId === documentId));
}

const NONE = { opens: 0, friends: 0, following: 0, members: 0, orders: 0, amount: 0 };

/** Scans, agrees at LINE (which adds the account), and comes back. */
async function comeBy(key: string, userId: string): Promise<void> {
  const browser = site.browse();
  const address = await scan(browser, key);
  const back = await browser.get(await site.agree(address, userId));
  expect(back.status).toBe(303);
  expect(back.headers.get('location')).toContain('line.me');
  // She came to be a friend, not to log in.
  expect(await site.isIn(browser)).toBe(false);
}

describe('a friend route', () => {
  it('counts who came by it: opened, friends, members, and what they bought since', async () => {
    const poster = await createRoute();
    const flyer = await createRoute('チラシ');
    const [hanako, taro] = [await site.world.person('花子'), await site.world.person('太郎')];
    await comeBy(poster.key, hanako);
    await comeBy(poster.key, taro);
    await site.world.drain();
    expect(await figures(poster.documentId)).toEqual({
      ...NONE,
      opens: 2,
      friends: 2,
      following: 2,
    });
    expect(await figures(flyer.documentId)).toEqual(NONE);

    const browser = site.browse();
    await site.logIn(browser, hanako);
    expect((await site.register(browser)).status).toBe(303);
    const customer = await site.customers().findByIdentity('line', hanako);
    const order = { customer_id: customer?.id, status: 'paid', currency: 'JPY' };
    await db('crm_orders').insert([
      { ...order, order_number: 'R-1', ordered_at: Date.now() + 60_000, total: 3300 },
      { ...order, order_number: 'R-0', ordered_at: 1_000, total: 9900 },
    ]);
    await site.world.act('POST', `users/${taro}/block`);
    await site.world.drain();
    expect(await figures(poster.documentId)).toEqual({
      opens: 2,
      friends: 2,
      following: 1,
      members: 1,
      orders: 1,
      amount: 3300,
    });
  });

  it('is told also when LINE’s event comes before her browser is back, and when it comes late', async () => {
    const { key, documentId } = await createRoute();
    const [early, late] = [await site.world.person('先'), await site.world.person('後')];
    const browser = site.browse();
    const back = await site.agree(await scan(browser, key), early);
    await site.world.drain();
    await browser.get(back);
    expect(await figures(documentId)).toMatchObject({ friends: 1 });

    // She adds the account by hand a little later.
    const address = await scan(browser, key);
    address.searchParams.delete('bot_prompt');
    await browser.get(await site.agree(address, late));
    await site.world.drain();
    expect(await figures(documentId)).toMatchObject({ friends: 1 });
    await site.world.act('POST', `users/${late}/follow`);
    await site.world.drain();
    expect(await figures(documentId)).toMatchObject({ opens: 2, friends: 2 });
  });

  it('brings nobody who was a friend before, and nobody twice', async () => {
    const first = await createRoute();
    const second = await createRoute();
    const old = await site.world.person('前から');
    await site.world.act('POST', `users/${old}/follow`, { timestamp: Date.now() - 3_600_000 });
    await site.world.drain();
    await comeBy(first.key, old);
    expect(await figures(first.documentId)).toMatchObject({ opens: 1, friends: 0 });

    const fresh = await site.world.person('新しい');
    await comeBy(first.key, fresh);
    await site.world.drain();
    await comeBy(second.key, fresh);
    await site.world.act('POST', `users/${fresh}/block`);
    await site.world.act('POST', `users/${fresh}/follow`);
    await site.world.drain();
    expect(await figures(first.documentId)).toMatchObject({ friends: 1 });
    expect(await figures(second.documentId)).toMatchObject({ opens: 1, friends: 0 });
  });

  it('counts no machine, and another browser’s answer of LINE is nobody’s', async () => {
    const { key, documentId } = await createRoute();
    const path = `${site.world.app.origin}/m/line/add/${key}`;
    await fetch(path, { redirect: 'manual', headers: { 'user-agent': 'Googlebot/2.1' } });
    await fetch(path, { redirect: 'manual', method: 'HEAD', headers: PHONE });
    expect(await figures(documentId)).toEqual(NONE);

    const userId = await site.world.person();
    const back = await site.agree(await scan(site.browse(), key), userId);
    expect((await site.browse().get(back)).status).toBe(400);
    expect(await db('crm_line_route_claims').where({ user_id: userId })).toEqual([]);
    for (const wrong of ['no-such-route', 'x', 'Ä', '../login', 'a'.repeat(60)]) {
      const answer = await fetch(
        `${site.world.app.origin}/m/line/add/${encodeURIComponent(wrong)}`,
        { redirect: 'manual' },
      );
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    }
  });

  it('has a QR code of its address, to print and to download', async () => {
    const { key, documentId } = await createRoute();
    const { status, body } = await admin.get(`/crm/line/routes/${documentId}`);
    expect(status).toBe(200);
    expect((body as { data: object }).data).toMatchObject({
      url: `http://127.0.0.1:1337/m/line/add/${key}`,
      png: expect.stringMatching(/^data:image\/png;base64,/),
      svg: expect.stringMatching(/^data:image\/svg\+xml;base64,/),
      isAttributed: true,
    });
    expect((await admin.get('/crm/line/routes/nothing')).status).toBe(404);
    expect([401, 403]).toContain((await fetch(`${site.world.app.origin}/crm/line/routes`)).status);
  });
});
