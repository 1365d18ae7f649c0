/** The one-time code, and members whom staff adds. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { registerMember } from '../../support/member';
import { flushMails, mailedLink, siteBrowser } from '../../support/site-browser';

type Customers = typeof import('../../../src/plugins/crm/server/customers');

let smtp: FakeSmtp;
let app: TestApp;
let admin: AdminClient;

beforeAll(async () => {
  smtp = await startFakeSmtp();
  app = await startApp({ env: { SMTP_PORT: String(smtp.port) } });
  admin = await adminClient(app);
  await registerMember(app, smtp, 'hanako@example.jp');
});
afterAll(async () => {
  await flushMails(app);
  await app.stop();
  await smtp.stop();
});
beforeEach(async () => {
  smtp.clear();
  kernel().clock(app.strapi).reset();
  await app.strapi.db.connection('crm_rate_limits').delete();
});

const customers = () => compiled<Customers>('customers').customersService(app.strapi);
const email = 'hanako@example.jp';
const JSON_ONLY = { accept: 'application/json' };

describe('a one-time code', () => {
  async function asked() {
    const browser = siteBrowser(app);
    const answer = await browser.form('/m/login/link/send', { email, next: '/articles' });
    expect(answer.headers.get('location')).toBe('/m/login/code');
    expect(answer.headers.getSetCookie().join()).toMatch(/crm_login_challenge=.*httponly/i);
    await flushMails(app);
    const text = (await smtp.mails.at(-1)?.parse())?.text ?? '';
    const code = /確認コード：(\d{6})/.exec(text)?.[1] ?? '';
    expect(code).toMatch(/^\d{6}$/);
    return { browser, code };
  }
  const wrongFor = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

  it('logs in once, typed in any width, where it was asked for', async () => {
    const { browser, code } = await asked();
    expect((await browser.get('/m/login/code')).text).toContain('one-time-code');
    const elsewhere = await siteBrowser(app).form('/m/login/code', { code });
    expect(elsewhere.status).toBe(401);
    const wide = [...code].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    const done = await browser.form('/m/login/code', { code: wide.join('') });
    expect(done.headers.get('location')).toBe('/articles');
    expect((await browser.get('/m/me', JSON_ONLY)).status).toBe(200);
    expect((await browser.form('/m/login/code', { code })).status).toBe(401);
  });

  it('is over after five guesses, and after fifteen minutes', async () => {
    const guessed = await asked();
    kernel().clock(app.strapi).advance(0);
    for (let count = 0; count < 5; count += 1) {
      const answer = await guessed.browser.form('/m/login/code', { code: wrongFor(guessed.code) });
      expect(answer.status).toBe(401);
    }
    expect((await guessed.browser.form('/m/login/code', { code: guessed.code })).status).toBe(429);
    await app.strapi.db.connection('crm_rate_limits').delete();
    const late = await asked();
    kernel()
      .clock(app.strapi)
      .advance(15 * 60_000 + 1);
    expect((await late.browser.form('/m/login/code', { code: late.code })).status).toBe(401);
  });

  it('ends with the link of the same mail, and does not tell who is known', async () => {
    const { browser, code } = await asked();
    const link = await mailedLink(app, smtp, email);
    const token = new URL(link, app.origin).searchParams.get('token') ?? '';
    expect((await siteBrowser(app).form('/m/login/link', { token })).status).toBe(303);
    expect((await browser.form('/m/login/code', { code })).status).toBe(401);
    const unknown = siteBrowser(app);
    const answer = await unknown.form('/m/login/link/send', {
      email: 'nobody@example.jp',
      next: '/',
    });
    expect(answer.headers.get('location')).toBe('/m/login/code');
    expect(unknown.cookies.has('crm_login_challenge')).toBe(true);
    expect((await unknown.form('/m/login/code', { code: '000000' })).status).toBe(401);
  });
});

describe('a member whom staff adds', () => {
  let number = 0;
  async function customer(fields: Record<string, unknown> = {}): Promise<number> {
    number += 1;
    const created = await kernel().inTransaction(app.strapi, (unit) =>
      customers().create(unit, {
        familyName: '店頭',
        email: `shop${number}@example.jp`,
        ...fields,
      }),
    );
    if (!created.ok) throw new Error(created.refusal.code);
    return created.value.id;
  }
  const invite = (id: number, welcome: boolean, client = admin) =>
    client.post(`/crm/members/${id}/invite`, { welcome });
  const mailsTo = async (address: string) => {
    await flushMails(app);
    return smtp.mails.filter((mail) => mail.to.includes(address)).length;
  };

  it('gets no mail unless it is ticked, and can log in by a link all the same', async () => {
    const id = await customer();
    const address = `shop${number}@example.jp`;
    expect((await invite(id, false)).body).toEqual({ data: { created: true, welcomed: false } });
    expect(await mailsTo(address)).toBe(0);
    const browser = siteBrowser(app);
    await browser.form('/m/login/link/send', { email: address, next: '/' });
    const link = await mailedLink(app, smtp, address);
    const token = new URL(link, app.origin).searchParams.get('token') ?? '';
    expect((await browser.form('/m/login/link', { token })).status).toBe(303);
    expect((await browser.get('/m/me')).text).toContain('店頭');
    const stock = await fetch(`${app.origin}/api/auth/local`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ identifier: address, password: '' }),
    });
    expect(stock.status).toBe(400);
  });

  it('gets the welcome once, whoever presses how often', async () => {
    const id = await customer();
    const address = `shop${number}@example.jp`;
    const answers = await Promise.all([1, 2, 3].map(() => invite(id, true)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
    expect((await invite(id, true)).status).toBe(409);
    expect(await mailsTo(address)).toBe(1);
    const users = await app.strapi.db.connection('up_users').where({ email: address });
    expect(users).toHaveLength(1);
    const link = await mailedLink(app, smtp, address);
    const token = new URL(link, app.origin).searchParams.get('token') ?? '';
    kernel()
      .clock(app.strapi)
      .advance(6 * 86_400_000);
    const browser = siteBrowser(app);
    expect((await browser.form('/m/login/link', { token })).status).toBe(303);
    const { entries } = await customers().timeline(id, { limit: 5, kinds: ['member'] });
    expect(entries.map((entry) => entry.type)).toContain('welcome-sent');
  });

  it('is not shared with whoever registered the address before her', async () => {
    const id = await customer();
    const address = `shop${number}@example.jp`;
    const password = 'chosen-by-a-stranger-77';
    await app.strapi
      .plugin('users-permissions')
      .service('user')
      .add({ username: address, email: address, password, provider: 'local', confirmed: true });
    expect((await invite(id, false)).status).toBe(200);
    const stranger = siteBrowser(app);
    expect((await stranger.form('/m/login', { email: address, password })).status).toBe(401);
    const stock = await fetch(`${app.origin}/api/auth/local`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ identifier: address, password }),
    });
    expect(stock.status).toBe(400);
  });

  it('is refused in words when the login of the address is another customer’s', async () => {
    const owner = await customer({ email: null });
    const id = await customer();
    const address = `shop${number}@example.jp`;
    const [user] = await app.strapi.db
      .connection('up_users')
      .insert({ username: address, email: address, provider: 'local', confirmed: true })
      .returning('id');
    await kernel().inTransaction(app.strapi, (unit) =>
      customers().attachIdentity(unit, {
        customerId: owner,
        kind: 'member',
        value: String((user as { id: number }).id),
        verifiedAt: new Date(),
      }),
    );
    const refused = await invite(id, true);
    expect(refused.status).toBe(409);
    expect(JSON.stringify(refused.body)).toMatch(/another customer|別のお客様/);
    expect(await customers().find(id)).toMatchObject({ lifecycleStage: null });
    expect(await mailsTo(address)).toBe(0);
  });

  it('may be welcomed later, but needs an address, and staff the permission', async () => {
    const id = await customer();
    const address = `shop${number}@example.jp`;
    await invite(id, false);
    expect((await invite(id, true)).body).toEqual({ data: { created: false, welcomed: true } });
    expect(await mailsTo(address)).toBe(1);
    expect((await invite(await customer({ email: null }), true)).status).toBe(409);
    expect((await invite(999_999, true)).status).toBe(404);
    const herself = (await customers().findByIdentity('email', email))?.id ?? 0;
    expect((await invite(herself, true)).status).toBe(409);
    const reader = await adminClient(app, ['customers.read']);
    expect((await invite(await customer(), true, reader)).status).toBe(403);
  });
});
