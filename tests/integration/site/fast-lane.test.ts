/** Pages answered before Strapi's middlewares say and send the same, to everybody the right one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { compiled, kernel } from '../../support/crm';
import { startApp, type TestApp } from '../../support/app';
import { memberOfTier, visitor, type Reader } from '../../support/site';

type Standing = typeof import('../../../src/plugins/crm/server/members/store/standing');
type Members = typeof import('../../../src/plugins/crm/server/members');
type Segments = typeof import('../../../src/plugins/crm/server/segments');

let app: TestApp;
let anyone: Reader;
let member: Reader;

beforeAll(async () => {
  app = await startApp({ env: { SEED_DEMO: 'true' } });
  anyone = visitor(app);
  member = await memberOfTier(app, 'platinum', '佐藤');
});
afterAll(() => app.stop());

const OPEN = '/articles/cleaning-records';

interface Documents {
  findFirst(params: object): Promise<{ documentId: string } | null>;
  update(params: object): Promise<unknown>;
}
const articles = () =>
  app.strapi.documents('api::article.article' as never) as unknown as Documents;

async function change(data: object): Promise<void> {
  const found = await articles().findFirst({ filters: { slug: 'cleaning-records' }, locale: 'ja' });
  const documentId = found?.documentId;
  await articles().update({ documentId, locale: 'ja', status: 'published', data });
}

/** Through Strapi's whole stack: a token makes the lane step aside. */
const slow = (path: string, cookie = '') =>
  fetch(app.origin + path, {
    headers: { accept: 'text/html', ...(cookie ? { cookie } : {}), origin: app.origin },
  });

const comparable = (headers: Headers) =>
  [...headers].filter(([name]) => !/^(date|access-control-.*|vary)$/.test(name)).sort();

describe('the fast lane', () => {
  it.each([
    OPEN,
    '/',
    '/articles/cutting-engineer',
    '/en/products',
    '/pages/platinum',
    '/articles/none',
  ])('answers %s with the same bytes and headers as the whole stack', async (path) => {
    for (const reader of [anyone, member]) {
      await reader.get(path);
      const [fast, whole] = [await reader.get(path), await slow(path, reader.cookie)];
      expect(fast.status).toBe(whole.status);
      expect(await fast.text()).toBe(await whole.text());
      expect(comparable(fast.headers)).toEqual(comparable(whole.headers));
      expect(fast.headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
      expect(fast.headers.get('vary')).toMatch(/Accept, Cookie/);
    }
  });

  it('never gives a member what it keeps for strangers, nor a stranger what a member got', async () => {
    for (let round = 0; round < 3; round += 1) {
      const [stranger, hers] = [await anyone.html(OPEN), await member.html(OPEN)];
      expect(stranger).toContain('/m/login');
      expect(hers).not.toContain('/m/login');
      expect((await member.get(OPEN)).headers.get('cache-control')).toBe('private, no-store');
    }
  });

  it.each(['/articles/cutting-engineer', '/', '/pages/platinum'])(
    'writes %s once for all readers alike and mixes up none of them, whoever comes first',
    async (path) => {
      const others = await Promise.all([
        memberOfTier(app, 'regular', '鈴木'),
        memberOfTier(app, 'platinum', '高橋'),
      ]);
      const readers = [anyone, member, ...others];
      const read = async (order: readonly Reader[]) => {
        // Whatever was kept is forgotten with a write.
        await change({ title: '読みくらべ' });
        const answers = new Map<Reader, string[]>();
        for (const reader of [...order, ...order]) {
          const html = await (await reader.get(path)).text();
          const json = await (await reader.get(path, 'application/json')).text();
          answers.set(reader, [...(answers.get(reader) ?? []), html, json]);
        }
        return readers.map((reader) => answers.get(reader));
      };
      const there = await read(readers);
      expect(await read([...readers].reverse())).toEqual(there);
      for (const [html, json, htmlAgain, jsonAgain] of there.map((answer) => answer ?? [])) {
        expect([htmlAgain, jsonAgain]).toEqual([html, json]);
      }
      expect(there[1]).not.toEqual(there[0]);
    },
  );

  it('keeps HTML and JSON, and every query, apart', async () => {
    await anyone.html(OPEN);
    expect(await anyone.json(OPEN)).toHaveProperty('data');
    expect(await anyone.html(OPEN)).toContain('<!doctype html>');
    expect((await anyone.get(`${OPEN}?utm_source=x`)).status).toBe(200);
  });

  it('shows a change with the next request, and a gate closes at once', async () => {
    await anyone.html(OPEN);
    await change({ title: '洗い直し' });
    expect((await anyone.html(OPEN)).replaceAll('<wbr>', '')).toContain('洗い直し');
    await change({ access: { audience: { type: 'members' }, otherwise: 'deny' } });
    expect((await anyone.get(OPEN)).status).toBe(401);
    await change({ access: null });
    expect((await anyone.get(OPEN)).status).toBe(200);
  });

  it('does not keep an answer that was made while something was written', async () => {
    for (let round = 0; round < 10; round += 1) {
      const title = `第${round}版`;
      await Promise.all([anyone.html(OPEN), change({ title }), anyone.html(OPEN)]);
      expect((await anyone.html(OPEN)).replaceAll('<wbr>', '')).toContain(title);
    }
  });

  it('leaves other methods and odd addresses to Strapi', async () => {
    const post = await fetch(app.origin + OPEN, { method: 'POST' });
    expect(post.status).toBeGreaterThan(399);
    expect((await anyone.get('/articles/%2e%2e%2fadmin')).status).toBe(404);
    const head = await fetch(app.origin + OPEN, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});

describe('who is looking, in one statement', () => {
  const db = () => kernel().database(app.strapi);
  const token = () => member.cookie.replace('crm_session=', '');
  const standing = (at = Date.now()) =>
    compiled<Standing>('members/store/standing').findStanding(db(), token(), at);

  it('says what the separate questions say', async () => {
    const customerId = Number(member.customerId);
    const { membersService } = compiled<Members>('members');
    const { segmentsService } = compiled<Segments>('segments');
    const now = Date.now();
    await db()('crm_member_events').insert([
      { customer_id: customerId, type: 'logged-in', at: now - 5_000, detail: '{}' },
      { customer_id: customerId, type: 'registered', at: now - 4_000, detail: '{}' },
      { customer_id: customerId, type: 'registered', at: now - 1_000, detail: '{}' },
    ]);
    const plan = (plan_key: string, more: object) => ({
      customer_id: customerId,
      plan_key,
      starts_at: now - 10_000,
      ends_at: null,
      paused_at: null,
      resumes_at: null,
      source: 'test',
      reference: plan_key,
      created_at: now,
      updated_at: now,
      ...more,
    });
    await db()('crm_plan_memberships').insert([
      plan('running', {}),
      plan('over', { ends_at: now - 1 }),
      plan('to-come', { starts_at: now + 60_000 }),
      plan('paused', { paused_at: now - 1 }),
    ]);
    for (const [index, name] of ['い', 'ろ'].entries()) {
      const segment = await app.strapi.db.query('plugin::crm.segment').create({
        data: { name, rule: { combinator: 'and', rules: [] }, documentId: `standing-${index}` },
      });
      await db()('crm_segment_members').insert({
        segment_id: segment.id,
        customer_id: customerId,
        entered_at: now,
      });
    }

    const found = await standing();
    const facts = (await membersService(app.strapi).memberFacts([customerId])).get(customerId);
    expect(found).toMatchObject({ customerId, tier: 'platinum', plans: ['running'] });
    expect(found?.registeredAt).toBe(facts?.memberSince?.getTime());
    expect([...(found?.plans ?? [])]).toEqual([...(facts?.plans ?? [])]);
    const segments = await segmentsService(app.strapi).segmentsOf(customerId);
    expect([...(found?.segments ?? [])].sort()).toEqual([...segments].sort());
    expect(segments).toHaveLength(2);
    expect((await standing(now + 120_000))?.plans).toContain('to-come');
  });

  it('finds nobody for an expired, revoked or blocked login', async () => {
    expect(await standing(Date.now() + 90 * 86_400_000)).toBeNull();
    const userId = Number((await standing())?.userId);
    const users = app.strapi.db.query('plugin::users-permissions.user');
    await users.update({ where: { id: userId }, data: { blocked: true } });
    expect(await standing()).toBeNull();
    await users.update({ where: { id: userId }, data: { blocked: false } });
    expect(await standing()).not.toBeNull();
    await db()('crm_member_sessions').where({ user_id: userId }).update({ revoked_at: Date.now() });
    expect(await standing()).toBeNull();
  });
});
