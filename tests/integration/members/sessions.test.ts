import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { HANAKO, registerMember } from '../../support/member';
import { flushMails, mailedLink, siteBrowser } from '../../support/site-browser';

let smtp: FakeSmtp;
let app: TestApp;

beforeAll(async () => {
  smtp = await startFakeSmtp();
  app = await startApp({ env: { SMTP_PORT: String(smtp.port) } });
  for (const email of ['hanako@example.jp', 'taro@example.jp']) {
    await registerMember(app, smtp, email);
  }
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

const JSON_ONLY = { accept: 'application/json' };
const { password } = HANAKO;

async function loggedIn(email = 'hanako@example.jp') {
  const browser = siteBrowser(app);
  const answer = await browser.form('/m/login', { email, password });
  expect(answer.status).toBe(303);
  return browser;
}

const statusOfMe = async (browser: ReturnType<typeof siteBrowser>) =>
  (await browser.get('/m/me', JSON_ONLY)).status;

describe('logging in', () => {
  it('answers the same to a wrong password and an unknown address', async () => {
    const wrong = await siteBrowser(app).json('/m/login', {
      email: 'hanako@example.jp',
      password: 'wrong-password',
    });
    const unknown = await siteBrowser(app).json('/m/login', {
      email: 'nobody@example.jp',
      password: 'wrong-password',
    });
    expect(wrong.status).toBe(401);
    expect(unknown.text).toBe(wrong.text);
  });

  it('hashes as much for nobody as for somebody', async () => {
    const quickest = async (email: string) => {
      const times: number[] = [];
      for (let time = 0; time < 4; time += 1) {
        const started = performance.now();
        await siteBrowser(app).json('/m/login', { email, password: 'wrong-password' });
        times.push(performance.now() - started);
      }
      return Math.min(...times);
    };
    const known = await quickest('hanako@example.jp');
    const unknown = await quickest('nobody-at-all@example.jp');
    // Without the dummy hash the second answers in a few milliseconds instead of some sixty.
    expect(unknown).toBeGreaterThan(known / 4);
  });

  it('gives a new session each time, and ends the one the browser brought', async () => {
    const browser = await loggedIn();
    const first = browser.cookies.get('crm_session') ?? '';
    await browser.form('/m/login', { email: 'hanako@example.jp', password });
    const second = browser.cookies.get('crm_session') ?? '';
    expect(second).not.toBe(first);
    const old = siteBrowser(app);
    old.cookies.set('crm_session', first);
    expect(await statusOfMe(old)).toBe(401);
    expect(await statusOfMe(browser)).toBe(200);
  });

  it('does not take a session that somebody planted', async () => {
    const browser = siteBrowser(app);
    browser.cookies.set('crm_session', 'planted-by-an-attacker');
    await browser.form('/m/login', { email: 'hanako@example.jp', password });
    expect(browser.cookies.get('crm_session')).not.toBe('planted-by-an-attacker');
    const attacker = siteBrowser(app);
    attacker.cookies.set('crm_session', 'planted-by-an-attacker');
    expect(await statusOfMe(attacker)).toBe(401);
  });

  it.each([
    ['/articles?x=1#top', '/articles?x=1#top'],
    ['https://evil.example/', '/m/me'],
    ['//evil.example/', '/m/me'],
    ['/\\evil.example', '/m/me'],
    ['/\t/evil.example', '/m/me'],
    ['/../..//evil.example', '/m/me'],
    ['javascript:alert(1)', '/m/me'],
    ['', '/m/me'],
  ])('goes on to %j only on this site', async (next, expected) => {
    const answer = await siteBrowser(app).form('/m/login', {
      email: 'hanako@example.jp',
      password,
      next,
    });
    expect(answer.headers.get('location')).toBe(expected);
  });

  it('stops guessing at ten, in whatever spelling', async () => {
    kernel().clock(app.strapi).advance(0);
    const statuses: number[] = [];
    for (let count = 0; count < 12; count += 1) {
      const email = count % 2 === 0 ? 'taro@example.jp' : ' TARO@EXAMPLE.JP';
      const answer = await siteBrowser(app).json('/m/login', { email, password: `guess-${count}` });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
  });

  it('refuses a form that another site sent', async () => {
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': '', origin: 'https://evil.example' },
      { 'sec-fetch-site': '', origin: 'null' },
      { 'sec-fetch-site': '' },
    ];
    for (const headers of foreign) {
      const answer = await siteBrowser(app).form(
        '/m/login',
        { email: 'hanako@example.jp', password },
        headers,
      );
      expect(answer.status, JSON.stringify(headers)).toBe(403);
      expect(answer.headers.getSetCookie().join()).not.toContain('crm_session');
    }
    const own = { 'sec-fetch-site': '', origin: app.origin };
    const fine = await siteBrowser(app).form(
      '/m/login',
      { email: 'hanako@example.jp', password },
      own,
    );
    expect(fine.status).toBe(303);
  });
});

describe('a mailed link', () => {
  const ask = (email: string) => siteBrowser(app).form('/m/login/link/send', { email, next: '/' });
  const tokenOf = (link: string) => new URL(link, app.origin).searchParams.get('token') ?? '';

  it('logs in once; opening it logs nobody in', async () => {
    await ask('hanako@example.jp');
    const link = await mailedLink(app, smtp, 'hanako@example.jp');
    const browser = siteBrowser(app);
    expect((await browser.get(link)).text).toContain('ログインする');
    expect(browser.cookies.has('crm_session')).toBe(false);
    const token = tokenOf(link);
    const both = await Promise.all(
      [1, 2].map(() => siteBrowser(app).form('/m/login/link', { token })),
    );
    expect(both.map((answer) => answer.status).sort()).toEqual([303, 410]);
    expect((await browser.form('/m/login/link', { token })).status).toBe(410);
  });

  it('ends after fifteen minutes', async () => {
    await ask('hanako@example.jp');
    const token = tokenOf(await mailedLink(app, smtp, 'hanako@example.jp'));
    kernel()
      .clock(app.strapi)
      .advance(15 * 60_000 + 1);
    const answer = await siteBrowser(app).form('/m/login/link', { token });
    expect(answer.status).toBe(410);
    expect(answer.text).toContain('有効期限');
  });

  it('goes to nobody unknown, and the answer does not tell', async () => {
    const known = await ask('hanako@example.jp');
    const unknown = await ask('nobody@example.jp');
    expect(unknown.status).toBe(known.status);
    expect(unknown.headers.get('location')).toBe(known.headers.get('location'));
    await flushMails(app);
    expect(smtp.mails.flatMap((mail) => mail.to)).toEqual(['hanako@example.jp']);
  });
});

describe('sessions', () => {
  it('end at the next request when revoked, and only one’s own', async () => {
    const [phone, laptop, taro] = [
      await loggedIn(),
      await loggedIn(),
      await loggedIn('taro@example.jp'),
    ];
    const sessionsOf = async (browser: typeof phone) => {
      const { json } = await browser.get('/m/me', JSON_ONLY);
      return (json as { data: { account: { sessions: { id: number; current: boolean }[] } } }).data
        .account.sessions;
    };
    const own = (await sessionsOf(phone)).find((session) => session.current);
    await taro.form('/m/me/sessions/revoke', { session: String(own?.id) });
    expect(await statusOfMe(phone)).toBe(200);
    await laptop.form('/m/me/sessions/revoke', { session: String(own?.id) });
    expect(await statusOfMe(phone)).toBe(401);
    expect(await statusOfMe(laptop)).toBe(200);
  });

  it('end with logging out, after thirty days, and when the user is blocked', async () => {
    const browser = await loggedIn();
    const token = browser.cookies.get('crm_session') ?? '';
    expect((await browser.form('/m/logout', {})).status).toBe(303);
    expect(browser.cookies.has('crm_session')).toBe(false);
    browser.cookies.set('crm_session', token);
    expect(await statusOfMe(browser)).toBe(401);

    const later = await loggedIn('taro@example.jp');
    kernel()
      .clock(app.strapi)
      .advance(30 * 86_400_000 + 1);
    expect(await statusOfMe(later)).toBe(401);
    kernel().clock(app.strapi).reset();

    const blocked = await loggedIn('taro@example.jp');
    const users = app.strapi.db.query('plugin::users-permissions.user');
    await users.update({ where: { email: 'taro@example.jp' }, data: { blocked: true } });
    expect(await statusOfMe(blocked)).toBe(401);
    await users.update({ where: { email: 'taro@example.jp' }, data: { blocked: false } });
  });

  it('end everywhere else when the password changes, by whatever door', async () => {
    const [here, there] = [await loggedIn(), await loggedIn()];
    const wrong = await here.form('/m/me/password', {
      currentPassword: 'not this one',
      password: 'a new password',
    });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('現在のパスワードが違います');
    const changed = await here.form('/m/me/password', { currentPassword: password, password });
    expect(changed.status).toBe(303);
    expect(await statusOfMe(there)).toBe(401);
    expect(await statusOfMe(here)).toBe(200);

    const user = await app.strapi.db
      .query('plugin::users-permissions.user')
      .findOne({ where: { email: 'hanako@example.jp' } });
    await app.strapi.plugin('users-permissions').service('user').edit(user?.id, { password });
    expect(await statusOfMe(here)).toBe(401);
  });
});
