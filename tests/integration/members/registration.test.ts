import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { adminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { HANAKO, person, register, registerMember } from '../../support/member';
import { flushMails, mailedLink, siteBrowser } from '../../support/site-browser';

type Customers = typeof import('../../../src/plugins/crm/server/customers');
type Consent = typeof import('../../../src/plugins/crm/server/consent');

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
  smtp.clear();
  kernel().clock(app.strapi).reset();
  await app.strapi.db.connection('crm_rate_limits').delete();
});

const customers = () => compiled<Customers>('customers').customersService(app.strapi);
const consent = () => compiled<Consent>('consent').consentService(app.strapi);
const users = () =>
  app.strapi.db.query('plugin::users-permissions.user').findMany({ orderBy: { id: 'asc' } });
const usersOf = async (email: string) => (await users()).filter((user) => user.email === email);

const registered = (email: string, more?: Record<string, string>) =>
  register(app, smtp, email, more);
const confirmed = (email: string, more?: Record<string, string>) =>
  registerMember(app, smtp, email, more);

describe('registration', () => {
  it('makes nobody before the address is confirmed, and everything at once then', async () => {
    const { browser, link, token } = await registered('hanako@example.jp', { consentEmail: 'on' });
    expect(await usersOf('hanako@example.jp')).toEqual([]);
    expect(await customers().findByIdentity('email', 'hanako@example.jp')).toBeNull();

    const page = await browser.get(link);
    expect(page.status).toBe(200);
    expect(page.text).toContain('登録を完了する');
    expect(page.headers.get('cache-control')).toContain('no-store');
    expect(await usersOf('hanako@example.jp')).toEqual([]);

    const done = await browser.form('/m/confirm', { token });
    expect(done.status).toBe(303);
    expect(done.headers.get('location')).toBe('/m/me');
    const cookie = done.headers.getSetCookie().find((line) => line.startsWith('crm_session='));
    expect(cookie).toMatch(/httponly/i);
    expect(cookie).toMatch(/samesite=lax/i);

    const [user] = await usersOf('hanako@example.jp');
    expect(user).toMatchObject({ confirmed: true, blocked: false, provider: 'local' });
    const customer = await customers().findByIdentity('member', String(user?.id));
    expect(customer).toMatchObject({
      familyName: '山田',
      familyNameKana: 'ヤマダ',
      givenNameKana: 'ハナコ',
      email: 'hanako@example.jp',
      postalCode: '1500001',
      phone: '+819012345678',
      birthday: '1990-04-01',
    });
    const id = customer?.id ?? 0;
    const identities = await customers().identities(id);
    const mail = identities.find((identity) => identity.kind === 'email');
    expect(mail?.verifiedAt).not.toBeNull();
    expect(await consent().history(id)).toMatchObject([
      { channel: 'email', granted: true, wordingKey: 'marketing.email', wordingVersion: 'v1' },
    ]);
    const { entries } = await customers().timeline(id, { limit: 20, kinds: ['member'] });
    expect(entries.map((entry) => entry.type)).toEqual(['logged-in', 'confirmed', 'registered']);

    const me = await browser.get('/m/me');
    expect(me.status).toBe(200);
    expect(me.text).toContain('山田 花子 様');
  });

  it('is not confirmed by a prefetch, a HEAD or a GET of any kind', async () => {
    const { browser, link } = await registered('prefetch@example.jp');
    await fetch(app.origin + link, { method: 'HEAD' });
    await browser.get(link, { purpose: 'prefetch', 'sec-purpose': 'prefetch' });
    await browser.get(link);
    expect(await usersOf('prefetch@example.jp')).toEqual([]);
    expect((await browser.get(link)).text).toContain('登録を完了する');
  });

  it('has her in the segments that she meets when the answer has arrived', async () => {
    const admin = await adminClient(app);
    const segmentOf = async (name: string, ...rules: object[]) => {
      const made = await admin.post('/crm/segments', { name, rule: { combinator: 'and', rules } });
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      return (made.body as { data: { documentId: string } }).data.documentId;
    };
    const agreed = { field: 'consent.email', operator: 'in', value: ['granted'] };
    const named = (value: string) => ({
      field: 'customer.familyName',
      operator: 'contains',
      value,
    });
    const hers = await segmentOf('即時の会員', named('即時'), agreed);
    const others = await segmentOf('ほかの会員', named('ほか'), agreed);
    const { browser, token } = await registered('at-once@example.jp', {
      familyName: '即時',
      consentEmail: 'on',
    });
    const db = app.strapi.db.connection;
    const members = (document: string): Promise<{ email: string }[]> =>
      db('crm_segment_members as membership')
        .join('crm_segments as segment', 'segment.id', 'membership.segment_id')
        .join('crm_customers as customer', 'customer.id', 'membership.customer_id')
        .where('segment.document_id', document)
        .select('customer.email');
    expect(await members(hers)).toEqual([]);
    expect((await browser.form('/m/confirm', { token })).status).toBe(303);
    expect(await members(hers)).toEqual([{ email: 'at-once@example.jp' }]);
    expect(await members(others)).toEqual([]);
  });

  it('works as JSON', async () => {
    const browser = siteBrowser(app);
    const sent = await browser.json('/m/register', {
      ...person('json@example.jp'),
      consentLine: true,
    });
    expect(sent).toMatchObject({ status: 200, json: { data: { status: 'confirmation-sent' } } });
    const link = await mailedLink(app, smtp, 'json@example.jp');
    const token = new URL(link, app.origin).searchParams.get('token');
    const done = await browser.json('/m/confirm', { token });
    expect(done.json).toEqual({ data: { status: 'logged-in' } });
    const me = await browser.get('/m/me', { accept: 'application/json' });
    expect(me.json).toMatchObject({ data: { account: { email: 'json@example.jp' } } });
    expect(me.text).not.toMatch(/password|token_hash|passwordHash/);
  });

  it('may log in with the password afterwards, at users-permissions too', async () => {
    await confirmed('login@example.jp');
    const browser = siteBrowser(app);
    const entered = await browser.form('/m/login', {
      email: ' LOGIN@Example.JP ',
      password: HANAKO.password,
    });
    expect(entered.status).toBe(303);
    const stock = await fetch(`${app.origin}/api/auth/local`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ identifier: 'login@example.jp', password: HANAKO.password }),
    });
    expect(stock.status).toBe(200);
  });

  it('attaches the imported customer with that address, only once it is confirmed', async () => {
    const imported = await kernel().inTransaction(app.strapi, (unit) =>
      customers().create(unit, {
        customerNumber: 'R-1',
        email: 'imported@example.jp',
        familyName: '旧姓',
        tier: 'platinum',
        tags: ['vip'],
      }),
    );
    expect(imported.ok).toBe(true);
    const { browser, token } = await registered('imported@example.jp');
    const before = await customers().findByIdentity('email', 'imported@example.jp');
    expect(before).toMatchObject({ familyName: '旧姓' });

    await browser.form('/m/confirm', { token });
    const after = await customers().findByIdentity('email', 'imported@example.jp');
    expect(after).toMatchObject({
      id: before?.id,
      familyName: '山田',
      tier: 'platinum',
      tags: ['vip'],
      customerNumber: 'R-1',
    });
  });

  it('gives nobody the record of a member to whom a file gave the address', async () => {
    const member = await confirmed('own@example.jp');
    const id = (await customers().findByIdentity('email', 'own@example.jp'))?.id ?? 0;
    await kernel().inTransaction(app.strapi, (unit) =>
      customers().update(unit, id, { email: 'mistyped@example.jp' }),
    );
    const { browser } = await confirmed('mistyped@example.jp');
    const owner = await customers().findByIdentity('email', 'mistyped@example.jp');
    expect(owner?.id).not.toBe(id);
    expect(await customers().find(id)).toMatchObject({ email: null });
    const page = async (who: typeof browser) => (await who.get('/m/me')).text;
    expect(await page(browser)).toContain('mistyped@example.jp');
    expect(await page(member.browser)).not.toContain('mistyped@example.jp');
  });
});

describe('bad input', () => {
  it('says beside each field what is wrong, keeps what was entered, and never the password', async () => {
    const browser = siteBrowser(app);
    const answer = await browser.form('/m/register', {
      ...HANAKO,
      email: 'not an address',
      password: 'kurz-7x',
      givenName: '',
      familyNameKana: 'yamada',
      postalCode: '12',
      phone: 'call me',
      birthday: '2999-01-01',
    });
    expect(answer.status).toBe(400);
    for (const text of [
      'メールアドレスの形をご確認ください',
      '8文字以上にしてください',
      '入力してください',
      'ひらがな、またはカタカナ',
      '郵便番号は7桁',
      '電話番号をご確認ください',
      '日付をご確認ください',
    ]) {
      expect(answer.text).toContain(text);
    }
    expect(answer.text).toContain('value="not an address"');
    expect(answer.text).not.toContain('kurz-7x');
    await flushMails(app);
    expect(smtp.mails).toEqual([]);
  });

  it('answers in English to an English reader', async () => {
    const browser = siteBrowser(app);
    const answer = await browser.json('/m/register', {}, { 'accept-language': 'en' });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      error: { code: 'kernel.invalid-input', message: 'Please check what you entered.' },
    });
    expect(answer.text).toContain('Please fill this in.');
  });

  it.each([
    ['too long', { password: 'x'.repeat(73) }, 'password'],
    ['24 kanji and one letter', { password: '漢'.repeat(24) + 'a' }, 'password'],
    ['the address itself', { password: 'hanako@example.jp' }, 'password'],
    ['wrong type', { familyName: { $ne: null } }, 'familyName'],
    ['array', { email: ['a@example.jp', 'b@example.jp'] }, 'email'],
    ['oversized', { familyName: '山'.repeat(5000) }, 'familyName'],
  ])('refuses: %s', async (_, change, path) => {
    const answer = await siteBrowser(app).json('/m/register', { ...HANAKO, ...change });
    expect(answer.status).toBe(400);
    const { error } = answer.json as { error: { details: { fields: { path: string }[] } } };
    expect(error.details.fields.map((field) => field.path)).toContain(path);
  });

  it('shows hostile text as text', async () => {
    const hostile = `<script>alert(1)</script>{{ organisation.name }}"'; drop table up_users; 😈`;
    const { browser } = await confirmed('hostile@example.jp', {
      familyName: hostile.slice(0, 60),
      city: `"><img src=x onerror=alert(1)>{% include 'members/layout' %}`,
    });
    const me = await browser.get('/m/me');
    expect(me.status).toBe(200);
    expect(me.text).not.toContain('<script>alert');
    expect(me.text).not.toContain('<img');
    expect(me.text).toContain('&lt;script&gt;');
    expect(me.text).toContain('{{ organisation.name }}');
  });

  it('takes nothing that is not in the form', async () => {
    await confirmed('mass@example.jp', {
      tier: 'platinum',
      tierLocked: 'true',
      role: '1',
      blocked: 'true',
      customerNumber: 'R-1',
      id: '1',
      lifecycleStage: 'owner',
      tags: 'vip',
    });
    const customer = await customers().findByIdentity('email', 'mass@example.jp');
    expect(customer).toMatchObject({
      tier: 'regular',
      tierLocked: false,
      customerNumber: null,
      tags: [],
      lifecycleStage: 'member',
    });
  });
});
