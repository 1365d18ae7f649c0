/** One browser, two people; one mail, two readers: nothing of the one becomes the other's. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { registerMember } from '../../support/member';
import { siteBrowser, type SiteBrowser } from '../../support/site-browser';
import { trackingOf } from './sending';

let app: TestApp;
let smtp: FakeSmtp;
beforeAll(async () => {
  smtp = await startFakeSmtp();
  app = await startApp({ env: { SMTP_PORT: String(smtp.port) } });
});
afterAll(async () => {
  await app.stop();
  await smtp.stop();
});

const db = () => kernel().database(app.strapi);
let sent = 0;

/** A page view as crm.js reports it, with the id that the browser has at that moment. */
async function sees(browser: SiteBrowser, path: string, visitorId?: string): Promise<void> {
  sent += 1;
  const call = {
    type: 'page',
    anonymousId: visitorId ?? browser.cookies.get('crm_visitor'),
    messageId: `seen-${sent}-0123456789`,
    properties: { path },
  };
  const headers = { 'sec-fetch-site': 'same-origin' };
  const answer = await browser.json('/api/crm/track/v1/batch', { batch: [call] }, headers);
  expect(answer.status).toBe(200);
}

let browsers = 0;
/** Said yes to being recognised. */
function consenting(): SiteBrowser {
  browsers += 1;
  const browser = siteBrowser(app);
  browser.cookies.set('crm_visitor', `visitor-0000-0000-${browsers}`);
  return browser;
}

async function idOf(email: string): Promise<number> {
  const row = await db()('crm_customers').where({ email }).first('id');
  return Number((row as { id: number }).id);
}

async function member(email: string): Promise<number> {
  await registerMember(app, smtp, email);
  return idOf(email);
}

const logIn = async (browser: SiteBrowser, email: string) => {
  const answer = await browser.form('/m/login', { email, password: 'たぬきのレコード' });
  expect([answer.status, browser.cookies.has('crm_session')]).toEqual([303, true]);
};

const pagesOf = async (customerId: number | null): Promise<string[]> => {
  const rows: { name: string }[] = await db()('crm_events')
    .where({ customer_id: customerId, type: 'page' })
    .orderBy('id')
    .select('name');
  return rows.map(({ name }) => name);
};

const recordOf = (id: number) =>
  db()('crm_customers').where({ id }).first('family_name', 'email', 'updated_at');
const consentsOf = (id: number) => db()('crm_consents').where({ customer_id: id }).orderBy('id');

describe('one browser', () => {
  it('gives what came before the login to who logs in, and nothing after the logout', async () => {
    const a = await member('a1@example.jp');
    const browser = consenting();
    await sees(browser, '/a-before');
    await logIn(browser, 'a1@example.jp');
    await sees(browser, '/a-inside');
    expect(await pagesOf(a)).toEqual(['/a-before', '/a-inside']);
    const before = browser.cookies.get('crm_visitor');
    await browser.form('/m/logout', {});
    expect(browser.cookies.get('crm_visitor')).toMatch(/^[\w-]{36}$/);
    expect(browser.cookies.get('crm_visitor')).not.toBe(before);
    await sees(browser, '/after');
    expect(await pagesOf(a)).toEqual(['/a-before', '/a-inside']);
  });

  it('A logs out, B logs in: no event, consent or name crosses', async () => {
    const a = await member('a2@example.jp');
    const b = await member('b2@example.jp');
    const untouched = [
      await recordOf(a),
      await consentsOf(a),
      await recordOf(b),
      await consentsOf(b),
    ];
    const browser = consenting();
    await sees(browser, '/a2-before');
    await logIn(browser, 'a2@example.jp');
    const ofA = browser.cookies.get('crm_visitor');
    await sees(browser, '/a2-inside');
    await browser.form('/m/logout', {});
    await sees(browser, '/b2-before');
    await logIn(browser, 'b2@example.jp');
    await sees(browser, '/b2-inside');
    // What A's page had kept and sends only now, in B's session.
    await sees(browser, '/a2-late', ofA);
    expect(await pagesOf(a)).toEqual(['/a2-before', '/a2-inside']);
    expect(await pagesOf(b)).toEqual(['/b2-before', '/b2-inside']);
    expect([
      await recordOf(a),
      await consentsOf(a),
      await recordOf(b),
      await consentsOf(b),
    ]).toEqual(untouched);
    expect((await browser.get('/m/me')).text).toContain('b2@example.jp');
    expect((await browser.get('/m/me')).text).not.toContain('a2@example.jp');
  });

  it("becomes another visitor when B logs in over A's session that nobody ended", async () => {
    const a = await member('a3@example.jp');
    const b = await member('b3@example.jp');
    const browser = consenting();
    await logIn(browser, 'a3@example.jp');
    await sees(browser, '/a3');
    browser.cookies.delete('crm_session');
    await sees(browser, '/whose');
    await logIn(browser, 'b3@example.jp');
    await sees(browser, '/b3');
    expect([await pagesOf(a), await pagesOf(b)]).toEqual([['/a3'], ['/b3']]);
  });
});

describe('a link in a mail', () => {
  let messages = 0;
  /** A person clicked it; the redirect of delivery does this. */
  const opens = async (browser: SiteBrowser, customerId: number, message?: number) => {
    messages += 1;
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const context = app.strapi.server.app.createContext(
      { headers: { cookie }, url: '/', socket: {} } as never,
      {} as never,
    );
    const proof = `message:${message ?? `m${messages}`}`;
    await trackingOf(app).openedOwnLink(context as never, { customerId, proof });
  };

  it('gives a visit to its reader, without logging her in', async () => {
    const a = await member('a4@example.jp');
    const browser = consenting();
    await sees(browser, '/a4-before');
    await opens(browser, a);
    await sees(browser, '/a4-after');
    expect(await pagesOf(a)).toEqual(['/a4-before', '/a4-after']);
    expect(browser.cookies.has('crm_session')).toBe(false);
    expect((await browser.get('/m/me')).status).toBe(302);
    kernel()
      .clock(app.strapi)
      .advance(3 * 60 * 60_000);
    await sees(browser, '/hours-later');
    expect(await pagesOf(a)).toEqual(['/a4-before', '/a4-after']);
    kernel().clock(app.strapi).reset();
  });

  it("opened by B: neither logs B in nor rewrites B, and A gets nothing of B's", async () => {
    const a = await member('a5@example.jp');
    const b = await member('b5@example.jp');
    const untouched = [await recordOf(b), await consentsOf(b), await recordOf(a)];
    const inside = consenting();
    await logIn(inside, 'b5@example.jp');
    const session = inside.cookies.get('crm_session');
    await opens(inside, a);
    await sees(inside, '/b5-inside');
    // And in a browser of B's in which B is not logged in at this moment.
    inside.cookies.delete('crm_session');
    await opens(inside, a);
    await sees(inside, '/b5-outside');
    inside.cookies.set('crm_session', session ?? '');
    await sees(inside, '/b5-again');
    expect(await pagesOf(a)).toEqual([]);
    expect(await pagesOf(b)).toEqual(['/b5-inside', '/b5-again']);
    expect([await recordOf(b), await consentsOf(b), await recordOf(a)]).toEqual(untouched);
  });

  it('forwarded to somebody unknown who then logs in is taken back from both', async () => {
    const a = await member('a6@example.jp');
    const b = await member('b6@example.jp');
    const browser = consenting();
    await opens(browser, a);
    await sees(browser, '/b6-unknown');
    expect(await pagesOf(a)).toEqual(['/b6-unknown']);
    await logIn(browser, 'b6@example.jp');
    await sees(browser, '/b6-known');
    expect([await pagesOf(a), await pagesOf(b)]).toEqual([[], ['/b6-known']]);
  });

  it('counts in the first browser only: the second is one it was forwarded to', async () => {
    const a = await member('a7@example.jp');
    const own = consenting();
    const other = consenting();
    await opens(own, a, 77);
    await opens(other, a, 77);
    await sees(own, '/a7-own');
    await sees(other, '/a7-forwarded');
    expect(await pagesOf(a)).toEqual(['/a7-own']);
  });

  it("of two people's mails in one browser: nobody's", async () => {
    const a = await member('a8@example.jp');
    const b = await member('b8@example.jp');
    const browser = consenting();
    await opens(browser, a);
    await sees(browser, '/8-first');
    await opens(browser, b);
    await sees(browser, '/8-second');
    expect([await pagesOf(a), await pagesOf(b)]).toEqual([[], []]);
  });
});
