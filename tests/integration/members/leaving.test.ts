/** A copy of one's own data, and being forgotten: nothing of her is left in any table. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { adminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { HANAKO, registerMember } from '../../support/member';
import { flushMails, siteBrowser, type SiteBrowser } from '../../support/site-browser';

type Customers = typeof import('../../../src/plugins/crm/server/customers');
type Commerce = typeof import('../../../src/plugins/crm/server/commerce');
type Consent = typeof import('../../../src/plugins/crm/server/consent');
type Delivery = typeof import('../../../src/plugins/crm/server/delivery');
type Tracking = typeof import('../../../src/plugins/crm/server/tracking');

const LEAVER = {
  familyName: '早良',
  givenName: '奈良子',
  familyNameKana: 'サワラ',
  givenNameKana: 'ナラコ',
  phone: '080-7777-1234',
  street: '大手門4-5-6',
  birthday: '1977-07-07',
};
/** Spellings under which she stands in the database; none that a moment in milliseconds could hold. */
const TRACES = [
  'leaver@example.jp',
  '早良',
  '奈良子',
  'サワラ',
  'sawara',
  '7777-1234',
  '77771234',
  '大手門',
  '1977-07',
];

let smtp: FakeSmtp;
let app: TestApp;

beforeAll(async () => {
  smtp = await startFakeSmtp();
  app = await startApp({ env: { SMTP_PORT: String(smtp.port) } });
});
afterAll(async () => {
  await app.stop();
  await smtp.stop();
});
beforeEach(async () => {
  await app.strapi.db.connection('crm_rate_limits').delete();
});

const customers = () => compiled<Customers>('customers').customersService(app.strapi);
const unitOf = <T>(work: Parameters<ReturnType<typeof kernel>['inTransaction']>[1]) =>
  kernel().inTransaction(app.strapi, work) as Promise<T>;
const JSON_ONLY = { accept: 'application/json' };
const { password } = HANAKO;

/** A member with something in every feature. */
async function busyMember(email: string): Promise<{ browser: SiteBrowser; id: number }> {
  const { browser } = await registerMember(app, smtp, email, { ...LEAVER, consentEmail: 'on' });
  await flushMails(app);
  const id = (await customers().findByIdentity('email', email))?.id ?? 0;
  await unitOf((unit) =>
    compiled<Commerce>('commerce')
      .commerceService(app.strapi)
      .recordOrders(unit, [
        {
          orderNumber: `O-${id}`,
          customerId: id,
          orderedAt: new Date(),
          status: 'paid',
          total: 12_000,
          lines: [{ productCode: 'ER-1', title: 'レコード', quantity: 1, unitPrice: 12_000 }],
        },
      ]),
  );
  await compiled<Tracking>('tracking')
    .trackingService(app.strapi)
    .trackServerSide({ customerId: id, name: 'Product Viewed', properties: { for: email } });
  await unitOf((unit) =>
    compiled<Delivery>('delivery')
      .deliveryService(app.strapi)
      .enqueueTransactional(unit, {
        channel: 'email',
        address: email,
        customerId: id,
        locale: 'ja',
        template: 'test',
        subject: `${LEAVER.familyName}様`,
        html: `<p>${LEAVER.givenName}</p>`,
        text: LEAVER.givenName,
      }),
  );
  return { browser, id };
}

/** Rows of any table in which one of the texts stands. */
async function tracesOf(texts: readonly string[]): Promise<string[]> {
  const db = kernel().database(app.strapi);
  const postgres = kernel().isPostgres(db);
  const tables: { name: string }[] = postgres
    ? await db('pg_tables').where({ schemaname: 'public' }).select('tablename as name')
    : await db('sqlite_master').where({ type: 'table' }).select('name');
  const found: string[] = [];
  for (const { name } of tables) {
    const rows: unknown[] = await db(name).select('*');
    for (const row of rows) {
      const text = JSON.stringify(row);
      const trace = texts.find((each) => text.includes(each));
      if (trace) found.push(`${name}: ${trace}`);
    }
  }
  return found;
}

/** Staff has looked for her: the words stand with what was done to those who were found. */
async function searchedFor(q: string): Promise<void> {
  const db = kernel().database(app.strapi);
  await db('crm_customer_exports').insert(
    [q, '隣町の店'].map((words) => ({
      filter: JSON.stringify({ q: words, tier: 'gold' }),
      fields: '[]',
      encoding: 'utf-8',
      rows: 1,
      unencodable: 0,
      started_at: 1,
    })),
  );
  await db('crm_bulk_runs').insert({
    action: '{}',
    selection: JSON.stringify({ filter: { q } }),
    status: 'done',
    total: 1,
    done: 1,
    changed: 1,
    until_id: 1,
    last_id: 1,
    started_at: 1,
  });
}

async function totals() {
  const db = kernel().database(app.strapi);
  const [orders] = await db('crm_orders').count({ n: '*' }).sum({ sum: 'total' });
  const [people] = await db('crm_customers').count({ n: '*' });
  const [events] = await db('crm_events').count({ n: '*' });
  const [messages] = await db('crm_messages').count({ n: '*' });
  return JSON.stringify([orders, people, events, messages]);
}

describe('a copy', () => {
  it('holds what is kept of her, nothing of anybody else, and no secret', async () => {
    await registerMember(app, smtp, 'neighbour@example.jp', { familyName: '隣人' });
    const { browser } = await busyMember('copy@example.jp');
    expect((await siteBrowser(app).get('/m/me/copy')).status).toBe(401);
    const answer = await browser.get('/m/me/copy');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.json).toMatchObject({
      customer: { familyName: '早良', birthday: '1977-07-07' },
      consents: [expect.objectContaining({ channel: 'email', granted: true })],
      behaviour: [expect.objectContaining({ name: 'Product Viewed' })],
      orders: [expect.objectContaining({ total: 12_000 })],
      membership: { email: 'copy@example.jp', sessions: [expect.anything()] },
      messages: expect.arrayContaining([expect.objectContaining({ address: 'copy@example.jp' })]),
    });
    expect(answer.text).not.toContain('隣人');
    expect(answer.text).not.toMatch(/password|token|hash|\$2[aby]\$/i);
  });
});

describe('leaving', () => {
  it('asks for the tick and the password, and only on our own page', async () => {
    const { browser } = await registerMember(app, smtp, 'stay@example.jp');
    const send = (fields: Record<string, string>, headers = {}) =>
      browser.form('/m/me/leave', fields, headers);
    expect((await send({ confirm: 'on' })).status).toBe(400);
    const unticked = await send({ currentPassword: password });
    expect(unticked.status).toBe(400);
    expect(unticked.text).toContain('チェックを入れてください');
    const wrong = await send({ confirm: 'on', currentPassword: 'wrong' });
    expect(wrong.text).toContain('現在のパスワードが違います');
    const foreign = { 'sec-fetch-site': 'cross-site' };
    expect((await send({ confirm: 'on', currentPassword: password }, foreign)).status).toBe(403);
    expect((await siteBrowser(app).json('/m/me/leave', { confirm: true })).status).toBe(401);
    expect((await browser.get('/m/me', JSON_ONLY)).status).toBe(200);
  });

  it('ends every login at once, stops what is under way, and leaves totals as they were', async () => {
    const { browser, id } = await busyMember('leaver@example.jp');
    const other = siteBrowser(app);
    await other.form('/m/login', { email: 'leaver@example.jp', password });
    const jwt = await fetch(`${app.origin}/api/auth/local`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ identifier: 'leaver@example.jp', password }),
    });
    expect(jwt.status).toBe(200);
    await other.json('/m/login/link/send', { email: 'leaver@example.jp', next: '/' });
    const admin = await adminClient(app);
    await admin.post('/crm/plans', { key: 'club', name: 'クラブ' });
    await admin.post(`/crm/members/${id}/plans`, { plan: 'club' });
    await searchedFor('早良');
    const before = await totals();
    expect((await tracesOf(TRACES)).length).toBeGreaterThan(5);

    const page = await browser.get('/m/me/leave');
    expect(page.text).toContain('退会すると、元に戻せません');
    const done = await browser.form('/m/me/leave', { confirm: 'on', currentPassword: password });
    expect(done.status, done.text).toBe(303);
    expect(done.headers.get('location')).toBe('/m/left');
    const left = (await browser.get('/m/left')).text;
    expect(left).toContain('退会の手続きが完了しました');
    expect(left).toMatch(/class="crm-button[^>]*href="\/"/);
    const inEnglish = (await browser.get('/m/left?lang=en')).text;
    expect(inEnglish).toMatch(/class="crm-button[^>]*href="\/en"/);

    for (const each of [browser, other]) {
      expect((await each.get('/m/me', JSON_ONLY)).status).toBe(401);
    }
    const again = await siteBrowser(app).form('/m/login', { email: 'leaver@example.jp', password });
    expect(again.status).toBe(401);
    smtp.clear();
    await flushMails(app);
    expect(smtp.mails.flatMap((mail) => mail.to)).not.toContain('leaver@example.jp');
    const states = await compiled<Consent>('consent').consentService(app.strapi).states(id);
    expect(states.every((state) => !state.granted)).toBe(true);
    expect(await totals()).toBe(before);
    const record = await customers().find(id);
    expect(record).toMatchObject({ email: null, familyName: null, lifecycleStage: 'erased' });
    expect(
      (await customers().search({ text: '早良' })).customers.map((each) => each.id),
    ).not.toContain(id);

    // The copy above was of another person with the same made-up name.
    const copy = (await customers().findByIdentity('email', 'copy@example.jp'))?.id;
    await app.strapi.db.connection('crm_customers').where({ id: copy }).delete();
    await app.strapi.db.connection('crm_customer_search').where({ customer_id: copy }).delete();
    await app.strapi.db.connection('crm_identities').where({ customer_id: copy }).delete();
    await app.strapi.db.connection('crm_messages').where({ customer_id: copy }).delete();
    const tokens = app.strapi.db.connection('crm_member_tokens');
    await tokens.where('data', 'like', '%copy@example.jp%').delete();
    expect(await tracesOf(TRACES)).toEqual([]);
    const searches = kernel().database(app.strapi)('crm_customer_exports').orderBy('id');
    const kept = (await searches.pluck('filter')).map((filter) => JSON.parse(String(filter)));
    expect(kept).toEqual([
      { q: '', tier: 'gold' },
      { q: '隣町の店', tier: 'gold' },
    ]);
  });

  it('by staff asks for the permission and her name, and says who did it', async () => {
    const { browser, id } = await busyMember('asked@example.jp');
    const admin = await adminClient(app);
    const reader = await adminClient(app, ['customers.read', 'members.manage']);
    const forget = (word: string, client = admin, of = id) =>
      client.post(`/crm/members/${of}/forget`, { word });
    expect((await forget('早良奈良子', reader)).status).toBe(403);
    expect((await forget('早良')).status).toBe(400);
    expect((await forget('')).status).toBe(400);
    expect((await forget('早良奈良子', admin, 999_999)).status).toBe(404);
    expect((await browser.get('/m/me', JSON_ONLY)).status).toBe(200);
    expect((await forget('早良　奈良子')).status).toBe(200);
    expect((await browser.get('/m/me', JSON_ONLY)).status).toBe(401);
    expect(await customers().find(id)).toMatchObject({ email: null, familyName: null });
    const { entries } = await customers().timeline(id, { limit: 5, kinds: ['member'] });
    expect(entries[0]).toMatchObject({ type: 'erased' });
    expect(String(entries[0]?.title.params.by).length).toBeGreaterThan(0);
    expect((await forget('早良奈良子')).status).toBe(409);
    // Nobody is there any more to be given anything.
    const account = await admin.get(`/crm/members/${id}/account`);
    expect(account.body).toMatchObject({ data: { mayInvite: false } });
    expect((await admin.post(`/crm/members/${id}/invite`, { welcome: false })).status).toBe(409);
    expect((await admin.post(`/crm/members/${id}/plans`, { plan: 'any' })).status).toBe(409);
  });

  it('lets her come back as somebody new', async () => {
    const { browser } = await registerMember(app, smtp, 'leaver@example.jp');
    expect((await browser.get('/m/me', JSON_ONLY)).status).toBe(200);
  });
});
