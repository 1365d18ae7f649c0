/** Banners and pop-ups: who gets which on which page, how often, and what is counted. */
import { randomUUID } from 'node:crypto';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { adminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';
import { memberOfTier, visitor, type Reader } from '../../support/site';

let app: TestApp;
let platinum: Reader;

beforeAll(async () => {
  app = await startApp();
  platinum = await memberOfTier(app, 'platinum', '<b>佐藤</b>');
});
afterAll(() => app.stop());

interface Documents {
  create(params: object): Promise<{ documentId: string }>;
  update(params: object): Promise<unknown>;
  delete(params: object): Promise<unknown>;
}
const messages = () =>
  app.strapi.documents('plugin::crm.onsite-message' as never) as unknown as Documents;

const made: string[] = [];
async function publish(data: object): Promise<string> {
  const { documentId } = await messages().create({
    status: 'published',
    locale: 'ja',
    data: { name: 'お知らせ', kind: 'popup', heading: 'お知らせ', ...data },
  });
  made.push(documentId);
  return documentId;
}
afterEach(async () => {
  for (const documentId of made.splice(0)) await messages().delete({ documentId, locale: '*' });
  kernel().clock(app.strapi).reset();
});

interface Ask {
  readonly path?: string;
  readonly cookie?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
interface Message {
  readonly id: string;
  readonly kind: string;
  readonly heading: string;
}

async function ask({ path = '/', cookie = '', query = '', headers = {} }: Ask = {}) {
  const address = `${app.origin}/api/crm/onsite/messages?path=${encodeURIComponent(path)}${query}`;
  const answer = await fetch(address, { headers: { cookie, ...headers } });
  const body =
    answer.status === 200 ? ((await answer.json()) as { data: Message[] }) : { data: [] };
  return { status: answer.status, answer, messages: body.data, ids: body.data.map(({ id }) => id) };
}

const tell = (message: string, type: string, cookie = '', headers: Record<string, string> = {}) =>
  fetch(`${app.origin}/api/crm/onsite/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      cookie,
      'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36',
      ...headers,
    },
    body: JSON.stringify({ message, type }),
  });

const agreed = () => `crm_visitor=${randomUUID()}`;
const rule = (audience: object) => ({ audience: { audience } });

describe('a message on the site', () => {
  it('goes to whom it is for, and to nobody else', async () => {
    expect(await ask()).toMatchObject({ status: 204, ids: [] });
    const id = await publish({
      ...rule({ type: 'tiers', keys: ['platinum'] }),
      heading: 'SECRET-{{ customer.familyName }}',
    });
    expect((await ask()).status).toBe(204);
    const { messages: own, answer } = await ask({ cookie: platinum.cookie });
    expect(own).toMatchObject([{ id, kind: 'popup', heading: 'SECRET-<b>佐藤</b>' }]);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    const rest = await fetch(`${app.origin}/api/crm/onsite-messages`);
    expect(rest.status, 'no other door').toBe(404);
    expect(await (await visitor(app).get('/')).text()).not.toContain('SECRET');
  });

  it('fails closed on a rule it cannot read', async () => {
    const documentId = await publish({});
    // Past the check of what editors write, as an import or an older version could.
    await app.strapi.db.query('plugin::crm.onsite-message').updateMany({
      where: { documentId },
      data: { audience: { audience: { type: 'martians' } } },
    });
    expect((await ask({ cookie: platinum.cookie })).status).toBe(204);
  });

  it('follows pages, drafts and priority: one banner, one pop-up', async () => {
    const low = await publish({ heading: '低', paths: '/articles/*\n/products' });
    const high = await publish({ heading: '高', priority: 5, paths: '/articles/*' });
    const banner = await publish({ kind: 'banner' });
    await messages().create({
      locale: 'ja',
      data: { name: '下書き', heading: '下書き', priority: 9 },
    });
    expect((await ask({ path: '/articles/a' })).ids).toEqual([banner, high]);
    expect((await ask({ path: '/products' })).ids).toEqual([banner, low]);
    expect((await ask({ path: '/' })).ids).toEqual([banner]);
    expect((await ask({ path: '/', query: '&lang=en' })).status).toBe(204);
  });

  it('reacts to campaign and referrer of the page, not of its own call', async () => {
    const google = await publish(rule({ type: 'context', referrers: ['google'] }));
    expect((await ask({ query: '&from=https://www.google.com/' })).ids).toEqual([google]);
    expect((await ask({ headers: { referer: 'https://www.google.com/' } })).ids).toEqual([]);
    const line = await publish({
      kind: 'banner',
      ...rule({ type: 'context', utm: { source: ['line'] } }),
    });
    expect((await ask({ query: '&utm_source=line' })).ids).toEqual([line]);
  });
});

describe('caps', () => {
  it('hold a recognised browser to so many a day and so many ever', async () => {
    const id = await publish({ perDay: 1, perLifetime: 2 });
    const cookie = agreed();
    const clock = kernel().clock(app.strapi);
    clock.set(new Date('2026-11-22T23:50:00+09:00'));
    expect((await ask({ cookie })).ids).toEqual([id]);
    expect((await tell(id, 'shown', cookie)).status).toBe(204);
    expect((await ask({ cookie })).ids).toEqual([]);
    expect((await ask({ cookie: agreed() })).ids, 'another person').toEqual([id]);
    clock.set(new Date('2026-11-23T00:00:00+09:00'));
    expect((await ask({ cookie })).ids, 'the next day').toEqual([id]);
    await tell(id, 'shown', cookie);
    clock.set(new Date('2026-11-25T12:00:00+09:00'));
    expect((await ask({ cookie })).ids, 'twice ever').toEqual([]);
  });

  it('hold a member over her devices', async () => {
    const id = await publish({ perLifetime: 1 });
    await tell(id, 'shown', `${platinum.cookie}; ${agreed()}`);
    expect((await ask({ cookie: `${platinum.cookie}; ${agreed()}` })).ids).toEqual([]);
  });
});

describe('what is counted', () => {
  const countsOf = async (id: string) => {
    const rows = await kernel()
      .database(app.strapi)('crm_onsite_events')
      .where({ message: id })
      .orderBy('id')
      .select('type', 'unit');
    return rows as { type: string; unit: string | null }[];
  };

  it('is shown, closed and clicked, without an id where none is allowed', async () => {
    const id = await publish({});
    await tell(id, 'shown');
    await tell(id, 'closed');
    await tell(id, 'clicked', `crm_visitor=${randomUUID()}`, { 'sec-gpc': '1' });
    await tell(id, 'clicked', `crm_visitor=${randomUUID()}`, { dnt: '1' });
    expect(await countsOf(id)).toEqual([
      { type: 'shown', unit: null },
      { type: 'closed', unit: null },
      { type: 'clicked', unit: null },
      { type: 'clicked', unit: null },
    ]);
    const admin = await adminClient(app, ['onsite.read']);
    const { body } = await admin.get('/crm/onsite');
    const own = (body as { data: { documentId: string }[] }).data.find(
      (row) => row.documentId === id,
    );
    expect(own).toMatchObject({ shown: 1, closed: 1, clicked: 2 });
    expect((await (await adminClient(app, [])).get('/crm/onsite')).status).toBe(403);
  });

  it('is not what machines, other sites and floods send', async () => {
    const id = await publish({});
    expect((await tell(id, 'shown', '', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await tell(id, 'shown', '', { 'user-agent': 'Googlebot/2.1' })).status).toBe(204);
    expect((await tell(id, 'opened')).status).toBe(400);
    expect((await tell('unknown', 'shown')).status).toBe(404);
    expect(await countsOf(id)).toEqual([]);
    // Counts begin anew with every minute: none may end in the middle of these.
    kernel().clock(app.strapi).advance(0);
    const answers = await Promise.all(Array.from({ length: 70 }, () => tell(id, 'shown')));
    expect(answers.some(({ status }) => status === 429)).toBe(true);
  });
});

describe('the scripts', () => {
  it('are small and served from the site', async () => {
    const { gzipSync } = await import('node:zlib');
    for (const file of ['crm.js', 'onsite.js']) {
      const answer = await fetch(`${app.origin}/crm/${file}`);
      const text = await answer.text();
      expect(answer.headers.get('content-type')).toContain('text/javascript');
      expect(gzipSync(text).length, file).toBeLessThan(6 * 1024);
      expect(answer.headers.get('etag')).toMatch(/^"[\w-]{22}"$/);
    }
    expect(await (await fetch(`${app.origin}/crm/crm.js`)).text()).toContain('onsite/messages');
  });

  it('lets nobody store a link to code', async () => {
    for (const buttonUrl of [
      'javascript:alert(1)',
      '//evil.example',
      '/\\evil.example',
      'data:x',
    ]) {
      await expect(publish({ buttonLabel: '見る', buttonUrl })).rejects.toThrow();
    }
  });
});

describe('old events', () => {
  it('become sums after 400 days: the report says the same, and nobody’s row is left', async () => {
    const db = kernel().database(app.strapi);
    const admin = await adminClient(app, ['onsite.read']);
    const message = await publish({});
    const now = kernel().clock(app.strapi).now().getTime();
    const day = 86_400_000;
    const row = (type: string, days: number, unit: string | null = null) => ({
      message,
      type,
      unit,
      at: now - days * day,
    });
    await db('crm_onsite_events').insert([
      row('shown', 401, 'v:old-browser-00000'),
      row('shown', 500),
      row('clicked', 401),
      row('shown', 399, 'v:old-browser-00000'),
    ]);
    const report = async () => JSON.stringify((await admin.get('/crm/onsite')).body);
    const before = await report();
    expect(before).toContain('"shown":3');
    const left = () => db('crm_onsite_events').where({ message }).orderBy('at').pluck('unit');
    for (let round = 0; round < 2; round += 1) {
      await kernel().jobs(app.strapi).fire('onsite.sum-up');
      expect(await left()).toEqual(['v:old-browser-00000']);
      expect(await report()).toBe(before);
    }
    await db('crm_onsite_events').insert(row('shown', 450));
    await kernel().jobs(app.strapi).fire('onsite.sum-up');
    expect(await report()).toContain('"shown":4');
  });
});
