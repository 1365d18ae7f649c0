/** LINE Login against the emulated platform: who gets in, who is joined, and who is refused. */
import { createHmac } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type * as customersFeature from '../../../src/plugins/crm/server/customers';
import type * as kernelModule from '../../../src/plugins/crm/server/kernel';
import { compiled, kernel } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { HANAKO, registerMember } from '../../support/member';
import {
  flushMails,
  siteBrowser,
  type SiteAnswer,
  type SiteBrowser,
} from '../../support/site-browser';
import { startLineWorld, type LineWorld } from './world';

const CHANNEL = { id: '1657000002', secret: 'fedcba9876543210fedcba9876543210' };
const PUBLIC = 'http://127.0.0.1:1337';

let smtp: FakeSmtp;
let world: LineWorld;

beforeAll(async () => {
  smtp = await startFakeSmtp();
  world = await startLineWorld({
    env: {
      SMTP_PORT: String(smtp.port),
      PUBLIC_URL: PUBLIC,
      LINE_LOGIN_CHANNEL_ID: CHANNEL.id,
      LINE_LOGIN_CHANNEL_SECRET: CHANNEL.secret,
    },
  });
});
afterAll(async () => {
  await flushMails(world.app);
  await world.stop();
  await smtp.stop();
});
beforeEach(async () => {
  kernel().clock(world.app.strapi).reset();
  await world.app.strapi.db.connection('crm_rate_limits').delete();
});

const customers = () =>
  compiled<typeof customersFeature>('customers').customersService(world.app.strapi);
const users = () => world.rows('up_users');
const browse = () => siteBrowser(world.app);
const JSON_ONLY = { accept: 'application/json' };

/** From our button to LINE's page. */
async function begin(browser: SiteBrowser, query = ''): Promise<URL> {
  const answer = await browser.get(`/m/line/login${query}`);
  expect(answer.status).toBe(303);
  return new URL(answer.headers.get('location') ?? '');
}

/** She agrees at LINE; the address LINE sends her browser back to. */
async function agree(address: URL, userId: string): Promise<string> {
  address.searchParams.set('auto', '1');
  address.searchParams.set('user', userId);
  const answer = await fetch(address, { redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '');
  expect(back.origin).toBe(PUBLIC);
  return back.pathname + back.search;
}

async function logIn(browser: SiteBrowser, userId: string, query = ''): Promise<SiteAnswer> {
  return browser.get(await agree(await begin(browser, query), userId));
}

const register = (browser: SiteBrowser, more: Record<string, string> = {}) =>
  browser.form('/m/line/login/welcome', { as: 'new', ...more });

async function newMember(name: string) {
  const userId = await world.person(name);
  const browser = browse();
  await logIn(browser, userId);
  expect((await register(browser)).status).toBe(303);
  const customer = await customers().findByIdentity('line', userId);
  return { userId, browser, customerId: customer?.id ?? 0 };
}

const isIn = async (browser: SiteBrowser) => (await browser.get('/m/me', JSON_ONLY)).status === 200;

describe('logging in with LINE', () => {
  it('asks LINE with state, nonce and PKCE, and keeps them from scripts', async () => {
    const browser = browse();
    const answer = await browser.get('/m/line/login?next=/articles');
    const cookie = answer.headers.getSetCookie().join();
    expect(cookie).toMatch(/crm_line_login=[^;]+;.*path=\/m\/line\/login;.*httponly/i);
    const { searchParams } = new URL(answer.headers.get('location') ?? '');
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('scope')).toBe('openid profile');
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(searchParams.get(name)).toMatch(/^[\w-]{43}$/);
    }
    const again = await begin(browse());
    expect(again.searchParams.get('state')).not.toBe(searchParams.get('state'));
  });

  it('makes a member without an e-mail address, and logs her in again', async () => {
    const userId = await world.person('はなこ');
    await world.act('POST', `users/${userId}/follow`);
    await world.drain();
    const browser = browse();
    const arrived = await logIn(browser, userId, '?next=/articles');
    expect(arrived.headers.get('location')).toBe('/m/line/login/welcome');
    expect(await customers().findByIdentity('line', userId)).toBeNull();
    const page = await browser.get('/m/line/login/welcome');
    expect(page.text).toContain('はなこ');
    const done = await register(browser, { consent: 'on' });
    expect(done.headers.get('location')).toBe('/articles');

    const customer = await customers().findByIdentity('line', userId);
    expect(customer).toMatchObject({ givenName: 'はなこ', email: null, lifecycleStage: 'member' });
    const friend = (await world.rows('crm_line_friends')).find((row) => row.user_id === userId);
    expect(Number(friend?.customer_id)).toBe(customer?.id);
    const me = await browser.get('/m/me', JSON_ONLY);
    expect(me.json).toMatchObject({
      data: {
        account: {
          email: null,
          hasPassword: false,
          channels: expect.arrayContaining([
            expect.objectContaining({ channel: 'line', granted: true }),
          ]),
        },
      },
    });
    const before = (await users()).length;
    const second = browse();
    expect((await logIn(second, userId, '?next=/m/me')).headers.get('location')).toBe('/m/me');
    expect(await isIn(second)).toBe(true);
    expect(await users()).toHaveLength(before);
    // Her only way in is not taken away.
    const unlink = await second.json('/m/line/unlink', {});
    expect(unlink).toMatchObject({
      status: 409,
      json: { error: { code: 'line.unlink-locks-out' } },
    });
  });

  it('knows a friend who adds the account only later', async () => {
    const { userId, customerId } = await newMember('あとで');
    await world.act('POST', `users/${userId}/follow`);
    await world.drain();
    const friend = (await world.rows('crm_line_friends')).find((row) => row.user_id === userId);
    expect(Number(friend?.customer_id)).toBe(customerId);
  });

  it('makes one member when the button is pressed twice at once', async () => {
    const userId = await world.person('ふたりめ');
    const browser = browse();
    await logIn(browser, userId);
    const before = (await users()).length;
    const answers = await Promise.all([1, 2, 3].map(() => register(browser)));
    expect(answers.filter((answer) => answer.status === 303).length).toBeGreaterThan(0);
    expect(answers.every((answer) => [303, 409].includes(answer.status))).toBe(true);
    expect(await users()).toHaveLength(before + 1);
  });

  it('does not let in whom staff has blocked', async () => {
    const { userId, customerId } = await newMember('とめた');
    const identities = await customers().identities(customerId);
    const id = Number(identities.find(({ kind }) => kind === 'member')?.value);
    await world.app.strapi.db.connection('up_users').where({ id }).update({ blocked: true });
    const browser = browse();
    expect((await logIn(browser, userId)).status).toBe(403);
    expect(await isIn(browser)).toBe(false);
  });

  it('says so when she declines at LINE, and when LINE is away', async () => {
    const browser = browse();
    const address = await begin(browser);
    const state = address.searchParams.get('state') ?? '';
    const denied = await browser.get(`/m/line/login/callback?error=access_denied&state=${state}`);
    expect(denied.status).toBe(400);
    expect(denied.text).toContain('中止しました');
    const away = browse();
    const back = await agree(await begin(away), await world.person());
    await world.act('POST', 'faults', { kind: 'reset', path: '/oauth2/v2.1/token', count: 1 });
    expect((await away.get(back)).status).toBe(502);
    expect(await isIn(away)).toBe(false);
  });
});

describe('joining LINE to an account she has', () => {
  it('after logging in the old way, or from her page, and ends on her page', async () => {
    const email = 'join@example.jp';
    const { browser: mine } = await registerMember(world.app, smtp, email);
    const customer = await customers().findByIdentity('email', email);
    const userId = await world.person('じょいん');
    const browser = browse();
    await logIn(browser, userId);
    const refusedYet = await browser.form('/m/line/login/welcome', { as: 'mine' });
    expect(refusedYet.status).toBe(401);
    await browser.form('/m/login', {
      email,
      password: HANAKO.password,
      next: '/m/line/login/welcome',
    });
    expect((await browser.get('/m/line/login/welcome')).text).toContain(
      'この会員アカウントとつなぐ',
    );
    expect((await browser.form('/m/line/login/welcome', { as: 'mine' })).status).toBe(303);
    expect(await customers().findByIdentity('line', userId)).toMatchObject({ id: customer?.id });
    expect(await isIn(browse())).toBe(false);

    expect((await mine.form('/m/line/unlink', {})).status).toBe(303);
    expect(await customers().findByIdentity('line', userId)).toBeNull();
    const linked = await logIn(mine, userId, '?link=1');
    expect(linked.headers.get('location')).toContain('/m/me');
    expect(await customers().findByIdentity('line', userId)).toMatchObject({ id: customer?.id });
  });

  it('never takes a LINE account that is another member’s', async () => {
    const owner = await newMember('もちぬし');
    const { browser } = await registerMember(world.app, smtp, 'other@example.jp');
    expect((await logIn(browser, owner.userId, '?link=1')).status).toBe(409);
    const holder = await customers().findByIdentity('line', owner.userId);
    expect(holder?.id).toBe(owner.customerId);
  });

  it('does not join to whoever is logged in meanwhile', async () => {
    const { browser } = await registerMember(world.app, smtp, 'first@example.jp');
    await registerMember(world.app, smtp, 'second@example.jp');
    const userId = await world.person('だれ');
    const back = await agree(await begin(browser, '?link=1'), userId);
    await browser.form('/m/login', { email: 'second@example.jp', password: HANAKO.password });
    expect((await browser.get(back)).status).toBe(400);
    expect(await customers().findByIdentity('line', userId)).toBeNull();
  });
});

describe('attacks', () => {
  it('a link with somebody else’s code logs nobody in', async () => {
    // The attacker's own code and state, opened in the victim's browser (log-in CSRF).
    const attacker = browse();
    const back = await agree(await begin(attacker), await world.person('攻撃者'));
    const victim = browse();
    expect((await victim.get(back)).status).toBe(400);
    // Also when the victim has begun a log-in of her own.
    await begin(victim);
    expect((await victim.get(back)).status).toBe(400);
    expect(await isIn(victim)).toBe(false);
  });

  it('a code works once, in the browser that began, within ten minutes', async () => {
    const { userId } = await newMember('いちど');
    const browser = browse();
    const back = await agree(await begin(browser), userId);
    const cookie = browser.cookies.get('crm_line_login') ?? '';
    expect((await browser.get(back)).status).toBe(303);
    const replay = browse();
    replay.cookies.set('crm_line_login', cookie);
    expect((await replay.get(back)).status).toBe(400);
    expect(await isIn(replay)).toBe(false);

    const late = browse();
    const lateBack = await agree(await begin(late), userId);
    kernel()
      .clock(world.app.strapi)
      .advance(10 * 60_000);
    expect((await late.get(lateBack)).status).toBe(400);
  });

  it('a forged cookie of what was begun, or of who waits, is worth nothing', async () => {
    const { sign } = compiled<typeof kernelModule>('kernel');
    const { userId } = await newMember('くっき');
    const begun = JSON.stringify({
      state: 'x',
      nonce: 'x',
      verifier: 'x',
      next: '/',
      linkTo: null,
      expiresAt: Date.now() + 60_000,
    });
    const pending = JSON.stringify({
      userId,
      name: 'x',
      next: '/',
      expiresAt: Date.now() + 60_000,
    });
    const forged = browse();
    forged.cookies.set('crm_line_login', sign('a'.repeat(32), 'line.login.begun', begun));
    expect((await forged.get('/m/line/login/callback?state=x&code=y')).status).toBe(400);
    for (const purpose of ['line.login.pending', 'line.login.begun']) {
      const secret = purpose.endsWith('begun') ? String(process.env.CRM_SECRET) : 'a'.repeat(32);
      forged.cookies.set('crm_line_pending', sign(secret, purpose, pending));
      expect((await register(forged)).status).toBe(400);
    }
    expect(await isIn(forged)).toBe(false);
  });

  it.each([
    ['https://evil.example/', '/m/me'],
    ['//evil.example', '/m/me'],
    ['/%5Cevil.example', '/%5Cevil.example'],
    ['/articles', '/articles'],
  ])('goes on to %s only on this site', async (next, expected) => {
    const { userId } = await newMember('つぎ');
    const done = await logIn(browse(), userId, `?next=${encodeURIComponent(next)}`);
    expect(done.headers.get('location')).toBe(expected);
  });

  it('a page of another site cannot register or join', async () => {
    const browser = browse();
    await logIn(browser, await world.person());
    const foreign = { 'sec-fetch-site': 'cross-site' };
    for (const as of ['new', 'mine']) {
      const answer = await browser.form('/m/line/login/welcome', { as }, foreign);
      expect(answer.status).toBe(403);
    }
    expect((await browser.json('/m/line/login/id-token', { idToken: 'x' }, foreign)).status).toBe(
      403,
    );
  });
});

describe('an ID token from LINE’s app', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = (claims: object, secret = CHANNEL.secret) => {
    const input = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  };
  const claimsOf = (sub: string) => {
    const now = Math.floor(Date.now() / 1000);
    const iss = 'https://access.line.me';
    return { iss, sub, aud: CHANNEL.id, iat: now, exp: now + 600, amr: ['linesso'] };
  };

  it('logs in, and no other one does', async () => {
    const { userId } = await newMember('りふ');
    const claims = claimsOf(userId);
    const wrong = [
      token(claims, 'another-secret'),
      token({ ...claims, aud: '1657000099' }),
      token({ ...claims, exp: claims.iat - 1 }),
      token({ ...claims, iss: 'https://evil.example' }),
      `${part({ alg: 'none' })}.${part(claims)}.`,
      'hello',
    ];
    for (const idToken of wrong) {
      const browser = browse();
      expect((await browser.json('/m/line/login/id-token', { idToken })).status).toBe(400);
      expect(await isIn(browser)).toBe(false);
    }
    const browser = browse();
    const done = await browser.json('/m/line/login/id-token', { idToken: token(claims) });
    expect(done.json).toEqual({ data: { status: 'logged-in', to: '/m/me' } });
    expect(await isIn(browser)).toBe(true);
  });
});
