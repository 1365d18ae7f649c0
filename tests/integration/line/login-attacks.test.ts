/** Attacks on LINE Login: who is refused. */
import { createHmac } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type * as kernelModule from '../../../src/plugins/crm/server/kernel';
import { compiled, kernel } from '../../support/crm';
import { CHANNEL, openLoginWorld, type LoginWorld } from './login-world';

let site: LoginWorld;
beforeAll(async () => {
  site = await openLoginWorld();
});
afterAll(() => site.stop());
beforeEach(() => site.fresh());

describe('attacks', () => {
  it('a link with somebody else’s code logs nobody in', async () => {
    // The attacker's own code and state, opened in the victim's browser (log-in CSRF).
    const attacker = site.browse();
    const back = await site.agree(await site.begin(attacker), await site.world.person('攻撃者'));
    const victim = site.browse();
    expect((await victim.get(back)).status).toBe(400);
    // Also when the victim has begun a log-in of her own.
    await site.begin(victim);
    expect((await victim.get(back)).status).toBe(400);
    expect(await site.isIn(victim)).toBe(false);
  });

  it('a code works once, in the browser that began, within ten minutes', async () => {
    const { userId } = await site.newMember('いちど');
    const browser = site.browse();
    const back = await site.agree(await site.begin(browser), userId);
    const cookie = browser.cookies.get('crm_line_login') ?? '';
    expect((await browser.get(back)).status).toBe(303);
    const replay = site.browse();
    replay.cookies.set('crm_line_login', cookie);
    expect((await replay.get(back)).status).toBe(400);
    expect(await site.isIn(replay)).toBe(false);

    const late = site.browse();
    const lateBack = await site.agree(await site.begin(late), userId);
    kernel()
      .clock(site.world.app.strapi)
      .advance(10 * 60_000);
    expect((await late.get(lateBack)).status).toBe(400);
  });

  it('a forged cookie of what was begun, or of who waits, is worth nothing', async () => {
    const { sign } = compiled<typeof kernelModule>('kernel');
    const { userId } = await site.newMember('くっき');
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
    const forged = site.browse();
    forged.cookies.set('crm_line_login', sign('a'.repeat(32), 'line.login.begun', begun));
    expect((await forged.get('/m/line/login/callback?state=x&code=y')).status).toBe(400);
    for (const purpose of ['line.login.pending', 'line.login.begun']) {
      const secret = purpose.endsWith('begun') ? String(process.env.CRM_SECRET) : 'a'.repeat(32);
      forged.cookies.set('crm_line_pending', sign(secret, purpose, pending));
      expect((await site.register(forged)).status).toBe(400);
    }
    expect(await site.isIn(forged)).toBe(false);
  });

  it.each([
    ['https://evil.example/', '/m/me'],
    ['//evil.example', '/m/me'],
    ['/%5Cevil.example', '/%5Cevil.example'],
    ['/articles', '/articles'],
  ])('goes on to %s only on this site', async (next, expected) => {
    const { userId } = await site.newMember('つぎ');
    const done = await site.logIn(site.browse(), userId, `?next=${encodeURIComponent(next)}`);
    expect(done.headers.get('location')).toBe(expected);
  });

  it('a page of another site cannot register or join', async () => {
    const browser = site.browse();
    await site.logIn(browser, await site.world.person());
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
    const { userId } = await site.newMember('りふ');
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
      const browser = site.browse();
      expect((await browser.json('/m/line/login/id-token', { idToken })).status).toBe(400);
      expect(await site.isIn(browser)).toBe(false);
    }
    const browser = site.browse();
    const done = await browser.json('/m/line/login/id-token', { idToken: token(claims) });
    expect(done.json).toEqual({ data: { status: 'logged-in', to: '/m/me' } });
    expect(await site.isIn(browser)).toBe(true);
  });
});
