import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { person, register, registerMember } from '../../support/member';
import { flushMails, mailedLink, siteBrowser } from '../../support/site-browser';

type Customers = typeof import('../../../src/plugins/crm/server/customers');

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
const users = () =>
  app.strapi.db.query('plugin::users-permissions.user').findMany({ orderBy: { id: 'asc' } });
const usersOf = async (email: string) => (await users()).filter((user) => user.email === email);

const registered = (email: string, more?: Record<string, string>) =>
  register(app, smtp, email, more);
const confirmed = (email: string, more?: Record<string, string>) =>
  registerMember(app, smtp, email, more);

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
    kernel().clock(app.strapi).advance(0);
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
