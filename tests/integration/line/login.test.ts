/** LINE Login against the emulated platform: who gets in, and who is joined. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { HANAKO, registerMember } from '../../support/member';
import { JSON_ONLY, openLoginWorld, type LoginWorld } from './login-world';

let site: LoginWorld;
beforeAll(async () => {
  site = await openLoginWorld();
});
afterAll(() => site.stop());
beforeEach(() => site.fresh());

const users = () => site.world.rows('up_users');

describe('logging in with LINE', () => {
  it('asks LINE with state, nonce and PKCE, and keeps them from scripts', async () => {
    const browser = site.browse();
    const answer = await browser.get('/m/line/login?next=/articles');
    const cookie = answer.headers.getSetCookie().join();
    expect(cookie).toMatch(/crm_line_login=[^;]+;.*path=\/m\/line\/login;.*httponly/i);
    const { searchParams } = new URL(answer.headers.get('location') ?? '');
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('scope')).toBe('openid profile');
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(searchParams.get(name)).toMatch(/^[\w-]{43}$/);
    }
    const again = await site.begin(site.browse());
    expect(again.searchParams.get('state')).not.toBe(searchParams.get('state'));
  });

  it('makes a member without an e-mail address, and logs her in again', async () => {
    const userId = await site.world.person('はなこ');
    await site.world.act('POST', `users/${userId}/follow`);
    await site.world.drain();
    const browser = site.browse();
    const arrived = await site.logIn(browser, userId, '?next=/articles');
    expect(arrived.headers.get('location')).toBe('/m/line/login/welcome');
    expect(await site.customers().findByIdentity('line', userId)).toBeNull();
    const page = await browser.get('/m/line/login/welcome');
    expect(page.text).toContain('はなこ');
    const done = await site.register(browser, { consent: 'on' });
    expect(done.headers.get('location')).toBe('/articles');

    const customer = await site.customers().findByIdentity('line', userId);
    expect(customer).toMatchObject({ givenName: 'はなこ', email: null, lifecycleStage: 'member' });
    const friend = (await site.world.rows('crm_line_friends')).find(
      (row) => row.user_id === userId,
    );
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
    const second = site.browse();
    expect((await site.logIn(second, userId, '?next=/m/me')).headers.get('location')).toBe('/m/me');
    expect(await site.isIn(second)).toBe(true);
    expect(await users()).toHaveLength(before);
    // Her only way in is not taken away.
    const unlink = await second.json('/m/line/unlink', {});
    expect(unlink).toMatchObject({
      status: 409,
      json: { error: { code: 'line.unlink-locks-out' } },
    });
  });

  it('knows a friend who adds the account only later', async () => {
    const { userId, customerId } = await site.newMember('あとで');
    await site.world.act('POST', `users/${userId}/follow`);
    await site.world.drain();
    const friend = (await site.world.rows('crm_line_friends')).find(
      (row) => row.user_id === userId,
    );
    expect(Number(friend?.customer_id)).toBe(customerId);
  });

  it('makes one member when the button is pressed twice at once', async () => {
    const userId = await site.world.person('ふたりめ');
    const browser = site.browse();
    await site.logIn(browser, userId);
    const before = (await users()).length;
    const answers = await Promise.all([1, 2, 3].map(() => site.register(browser)));
    expect(answers.filter((answer) => answer.status === 303).length).toBeGreaterThan(0);
    expect(answers.every((answer) => [303, 409].includes(answer.status))).toBe(true);
    expect(await users()).toHaveLength(before + 1);
  });

  it('does not let in whom staff has blocked', async () => {
    const { userId, customerId } = await site.newMember('とめた');
    const identities = await site.customers().identities(customerId);
    const id = Number(identities.find(({ kind }) => kind === 'member')?.value);
    await site.world.app.strapi.db.connection('up_users').where({ id }).update({ blocked: true });
    const browser = site.browse();
    expect((await site.logIn(browser, userId)).status).toBe(403);
    expect(await site.isIn(browser)).toBe(false);
  });

  it('says so when she declines at LINE, and when LINE is away', async () => {
    const browser = site.browse();
    const address = await site.begin(browser);
    const state = address.searchParams.get('state') ?? '';
    const denied = await browser.get(`/m/line/login/callback?error=access_denied&state=${state}`);
    expect(denied.status).toBe(400);
    expect(denied.text).toContain('中止しました');
    const away = site.browse();
    const back = await site.agree(await site.begin(away), await site.world.person());
    await site.world.act('POST', 'faults', { kind: 'reset', path: '/oauth2/v2.1/token', count: 1 });
    expect((await away.get(back)).status).toBe(502);
    expect(await site.isIn(away)).toBe(false);
  });
});

describe('joining LINE to an account she has', () => {
  it('after logging in the old way, or from her page, and ends on her page', async () => {
    const email = 'join@example.jp';
    const { browser: mine } = await registerMember(site.world.app, site.smtp, email);
    const customer = await site.customers().findByIdentity('email', email);
    const userId = await site.world.person('じょいん');
    const browser = site.browse();
    await site.logIn(browser, userId);
    const refusedYet = await browser.form('/m/line/login/welcome', { as: 'mine' });
    expect(refusedYet.status).toBe(401);
    await browser.form('/m/login', {
      email,
      password: HANAKO.password,
      next: '/m/line/login/welcome',
    });
    const offer = (await browser.get('/m/line/login/welcome')).text;
    for (const word of ['この会員アカウントとつなぐ', 'じょいん', HANAKO.familyName]) {
      expect(offer).toContain(word);
    }
    expect(offer, 'one thing to decide, not a choice of two').not.toContain('どちらか');
    expect((await browser.form('/m/line/login/welcome', { as: 'mine' })).status).toBe(303);
    expect(await site.customers().findByIdentity('line', userId)).toMatchObject({
      id: customer?.id,
    });
    expect(await site.isIn(site.browse())).toBe(false);

    expect((await mine.form('/m/line/unlink', {})).status).toBe(303);
    expect(await site.customers().findByIdentity('line', userId)).toBeNull();
    const linked = await site.logIn(mine, userId, '?link=1');
    expect(linked.headers.get('location')).toContain('/m/me');
    expect(await site.customers().findByIdentity('line', userId)).toMatchObject({
      id: customer?.id,
    });
  });

  it('never takes a LINE account that is another member’s', async () => {
    const owner = await site.newMember('もちぬし');
    const { browser } = await registerMember(site.world.app, site.smtp, 'other@example.jp');
    expect((await site.logIn(browser, owner.userId, '?link=1')).status).toBe(409);
    const holder = await site.customers().findByIdentity('line', owner.userId);
    expect(holder?.id).toBe(owner.customerId);
  });

  it('is what proves an id that only a file has told', async () => {
    const email = 'told@example.jp';
    const { browser: mine } = await registerMember(site.world.app, site.smtp, email);
    const customer = await site.customers().findByIdentity('email', email);
    const userId = await site.world.person('ふぁいる');
    await site.world.app.strapi.db.connection('crm_identities').insert({
      ...{ customer_id: customer?.id, kind: 'line', value: userId },
      ...{ verified_at: null, import_id: 1, created_at: Date.now() },
    });
    const stranger = site.browse();
    await site.logIn(stranger, userId);
    expect(await site.isIn(stranger), 'a wrong row of a file must open nobody’s page').toBe(false);
    await site.logIn(mine, userId, '?link=1');
    const back = site.browse();
    await site.logIn(back, userId);
    expect(await site.isIn(back)).toBe(true);
  });

  it('does not join to whoever is logged in meanwhile', async () => {
    const { browser } = await registerMember(site.world.app, site.smtp, 'first@example.jp');
    await registerMember(site.world.app, site.smtp, 'second@example.jp');
    const userId = await site.world.person('だれ');
    const back = await site.agree(await site.begin(browser, '?link=1'), userId);
    await browser.form('/m/login', { email: 'second@example.jp', password: HANAKO.password });
    expect((await browser.get(back)).status).toBe(400);
    expect(await site.customers().findByIdentity('line', userId)).toBeNull();
  });
});
