import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
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

const HANAKO = {
  email: 'hanako@example.jp',
  password: 'たぬきのレコード',
  familyName: '山田',
  givenName: '花子',
  familyNameKana: 'やまだ',
  givenNameKana: 'ﾊﾅｺ',
  postalCode: '150-0001',
  prefecture: '東京都',
  city: '渋谷区',
  street: '神宮前１−２−３',
  phone: '090-1234-5678',
  birthday: '1990-04-01',
};

const person = (email: string) => ({ ...HANAKO, email });

async function registered(email: string, more: Record<string, string> = {}) {
  const browser = siteBrowser(app);
  const answer = await browser.form('/m/register', { ...person(email), ...more });
  expect(answer.status).toBe(303);
  const link = await mailedLink(app, smtp, email);
  return { browser, link, token: new URL(link, app.origin).searchParams.get('token') ?? '' };
}

const confirmed = async (email: string, more: Record<string, string> = {}) => {
  const { browser, link, token } = await registered(email, more);
  const answer = await browser.form('/m/confirm', { token });
  expect(answer.status).toBe(303);
  return { browser, link, token, answer };
};

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
});

describe('bad input', () => {
  it('says beside each field what is wrong, keeps what was entered, and never the password', async () => {
    const browser = siteBrowser(app);
    const answer = await browser.form('/m/register', {
      ...HANAKO,
      email: 'not an address',
      password: 'short',
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
    expect(answer.text).not.toContain('short');
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

describe('twice', () => {
  it('the same registration at once makes one member', async () => {
    const browsers = Array.from({ length: 4 }, () => siteBrowser(app));
    await Promise.all(
      browsers.map((browser) => browser.form('/m/register', person('twice@example.jp'))),
    );
    await flushMails(app);
    const mails = await smtp.received(4);
    const tokens = await Promise.all(
      mails.map(async (mail) => /token=([\w-]+)/.exec((await mail.parse()).text ?? '')?.[1] ?? ''),
    );
    expect(new Set(tokens).size).toBe(4);
    const answers = await Promise.all(
      tokens.map((token, index) => browsers[index]?.form('/m/confirm', { token })),
    );
    expect(answers.map((answer) => answer?.status).sort()).toEqual([303, 410, 410, 410]);
    expect(await usersOf('twice@example.jp')).toHaveLength(1);
    const found = await customers().search({ text: 'twice@example.jp' });
    expect(found.total).toBe(1);
  });

  it('one link works once, also when pressed twice at once', async () => {
    const { token } = await registered('once@example.jp');
    const answers = await Promise.all(
      [1, 2, 3].map(() => siteBrowser(app).form('/m/confirm', { token })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([303, 410, 410]);
    const late = await siteBrowser(app).form('/m/confirm', { token });
    expect(late.status).toBe(410);
    expect(late.text).toContain('すでに使われています');
    expect(late.headers.getSetCookie().some((line) => line.startsWith('crm_session='))).toBe(false);
  });
});

describe('links', () => {
  it('an expired one explains itself and offers a new one', async () => {
    const { browser, link, token } = await registered('expired@example.jp');
    kernel()
      .clock(app.strapi)
      .advance(49 * 3_600_000);
    const page = await browser.get(link);
    expect(page.text).toContain('有効期限が切れています');
    expect(page.text).toContain('新しい確認メールを受け取る');
    expect((await browser.form('/m/confirm', { token })).status).toBe(410);
    smtp.clear();
    expect((await browser.form('/m/confirm/resend', { token })).status).toBe(303);
    const fresh = await mailedLink(app, smtp, 'expired@example.jp');
    const renewed = new URL(fresh, app.origin).searchParams.get('token') ?? '';
    expect(renewed).not.toBe(token);
    expect((await browser.form('/m/confirm', { token: renewed })).status).toBe(303);
  });

  it.each(['', 'x', 'a'.repeat(43), '../../etc/passwd', "' or 1=1 --"])(
    'a forged one (%s) is refused',
    async (token) => {
      const page = await siteBrowser(app).get(`/m/confirm?token=${encodeURIComponent(token)}`);
      expect(page.text).toContain('リンクが正しくありません');
      expect((await siteBrowser(app).form('/m/confirm', { token })).status).toBe(410);
    },
  );

  it('a confirmation link does not log in, and a log-in link does not confirm', async () => {
    const { token } = await registered('purpose@example.jp');
    expect((await siteBrowser(app).form('/m/login/link', { token })).status).toBe(410);
    expect(await usersOf('purpose@example.jp')).toEqual([]);
  });

  it('what was entered is forgotten a week after the link ran out', async () => {
    await registered('forgotten@example.jp');
    const count = async () =>
      Number((await app.strapi.db.connection('crm_member_tokens').count({ n: '*' }))[0]?.n);
    expect(await count()).toBeGreaterThan(0);
    kernel()
      .clock(app.strapi)
      .advance(20 * 86_400_000);
    await kernel().jobs(app.strapi).fire('members.sweep');
    expect(await count()).toBe(0);
  });
});

describe('enumeration', () => {
  it('answers the same to a known and an unknown address, and tells the owner by mail', async () => {
    await confirmed('known@example.jp');
    smtp.clear();
    const normal = await siteBrowser(app).json('/m/register', person('unknown@example.jp'));
    const again = await siteBrowser(app).json('/m/register', {
      ...person('known@example.jp'),
      password: 'somebody-elses-password',
    });
    expect(again.status).toBe(normal.status);
    expect(again.text).toBe(normal.text);
    expect([...again.headers.keys()]).toEqual([...normal.headers.keys()]);
    await flushMails(app);
    const subjects = await Promise.all(
      (await smtp.received(2)).map(async (mail) => [mail.to[0], (await mail.parse()).subject]),
    );
    expect(Object.fromEntries(subjects)).toEqual({
      'unknown@example.jp': expect.stringContaining('会員登録のご確認'),
      'known@example.jp': expect.stringContaining('すでに会員登録がお済みです'),
    });
    // The stranger's password did not become the owner's.
    const stranger = await siteBrowser(app).form('/m/login', {
      email: 'known@example.jp',
      password: 'somebody-elses-password',
    });
    expect(stranger.status).toBe(401);
  });
});

describe('the stock door', () => {
  it('is closed, so that nobody gets in past confirmation and consent', async () => {
    const answer = await fetch(`${app.origin}/api/auth/local/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'x', email: 'stock@example.jp', password: 'password-1' }),
    });
    expect(answer.status).toBe(400);
    expect(await usersOf('stock@example.jp')).toEqual([]);
  });
});

describe('floods', () => {
  it('one address gets no more than five mails in ten minutes', async () => {
    const answers = [];
    for (let count = 0; count < 7; count += 1) {
      answers.push(await siteBrowser(app).json('/m/register', person('flood@example.jp')));
    }
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
    const spelled = await siteBrowser(app).json('/m/register', person('FLOOD@example.jp'));
    expect(spelled.status).toBe(429);
    expect(spelled.text).toContain('秒ほど待ってから');
  });
});
