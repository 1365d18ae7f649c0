/** From the message to the record, through the real `GET /r/…` and the site's own forms. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createArticle, customersModule } from '../../support/campaign';
import { kernel } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { person, registerMember } from '../../support/member';
import { mailedLink, siteBrowser, type SiteBrowser } from '../../support/site-browser';
import { startLineLab, type LineLab } from '../line/campaign-lab';

const PHONE = {
  'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Line/15.0',
};

let lab: LineLab;
let smtp: FakeSmtp;
beforeAll(async () => {
  smtp = await startFakeSmtp();
  lab = await startLineLab({ SMTP_PORT: String(smtp.port) });
});
afterAll(async () => {
  await lab.world.stop();
  await smtp.stop();
});

const app = () => lab.world.app;
const db = () => kernel().database(app().strapi);

let browsers = 0;
/** Said yes to being recognised. */
function consenting(): SiteBrowser {
  browsers += 1;
  const browser = siteBrowser(app());
  browser.cookies.set('crm_visitor', `own-links-visitor-${browsers}`);
  return browser;
}

let seen = 0;
/** A page view as crm.js reports it. */
async function sees(browser: SiteBrowser, path: string): Promise<void> {
  seen += 1;
  const call = {
    type: 'page',
    anonymousId: browser.cookies.get('crm_visitor'),
    messageId: `own-links-${seen}-0123456789`,
    properties: { path },
  };
  const headers = { 'sec-fetch-site': 'same-origin' };
  const answer = await browser.json('/api/crm/track/v1/batch', { batch: [call] }, headers);
  expect(answer.status).toBe(200);
}

const pagesOf = async (customerId: number): Promise<string[]> => {
  const rows: { name: string }[] = await db()('crm_events')
    .where({ customer_id: customerId, type: 'page' })
    .orderBy('id')
    .select('name');
  return rows.map(({ name }) => name);
};

async function idOf(where: object): Promise<number> {
  const row = await db()('crm_customers').where(where).first('id');
  return Number((row as { id: number }).id);
}

/** Where the clicks on her timeline led. */
async function clicksOf(customerId: number): Promise<unknown[]> {
  const { entries } = await customersModule()
    .customersService(app().strapi)
    .timeline(customerId, { limit: 50, kinds: ['message'] });
  return entries
    .filter(({ type }) => type === 'click')
    .map(({ detail }) => new URL(String(detail?.url)).pathname);
}

const linkIn = (message: string): string => {
  const link = /https?:\/\/[^"\s]+\/r\/[\w.-]+/.exec(message)?.[0];
  if (!link) throw new Error(`No link in ${message}`);
  return new URL(link).pathname;
};

/** Everything due has gone out, and long enough ago that no scanner would come only now. */
async function campaignBy(channel: 'line' | 'email'): Promise<void> {
  const campaign = await lab.createCampaign(await createArticle(app()), { channels: [channel] });
  const sent = await lab.send(campaign);
  expect(sent.status, JSON.stringify(sent.body)).toBe(200);
  await lab.drain();
  kernel().clock(app().strapi).advance(60_000);
}

/** What of a person no link may change. */
const recordOf = async (id: number) => [
  await db()('crm_customers').where({ id }).first('family_name', 'email', 'updated_at'),
  await db()('crm_consents').where({ customer_id: id }).orderBy('id'),
  await db()('crm_identities').where({ customer_id: id }).orderBy('id'),
];

describe('a LINE message', () => {
  it('has links of a person’s own: each click lands on the right member', async () => {
    const friends = await lab.friends(2);
    for (const userId of friends) await lab.registered(userId);
    await campaignBy('line');
    const ids: number[] = [];
    const links: string[] = [];
    for (const userId of friends) {
      ids.push(await idOf({ document_id: userId }));
      links.push(linkIn(JSON.stringify(await lab.world.inbox(userId))));
    }
    expect(new Set(links).size).toBe(2);
    const [first = 0, second = 0] = ids;

    const phone = consenting();
    await sees(phone, '/before-the-click');
    const opened = await phone.get(links[0] ?? '', PHONE);
    expect(opened.status).toBe(302);
    const { pathname } = new URL(opened.headers.get('location') ?? '');
    expect(pathname).toMatch(/^\/articles\/article-/);
    await sees(phone, pathname);
    expect([await clicksOf(first), await clicksOf(second)]).toEqual([[pathname], []]);

    const other = consenting();
    await other.get(links[1] ?? '', PHONE);
    await sees(other, '/of-the-other');
    expect([await clicksOf(first), await clicksOf(second)]).toEqual([[pathname], [pathname]]);
    expect(await pagesOf(first)).toEqual(['/before-the-click', pathname]);
    expect(await pagesOf(second)).toEqual(['/of-the-other']);
    expect(phone.cookies.has('crm_session')).toBe(false);
  });
});

describe('a mail that was passed on', () => {
  it('logs nobody in, rewrites nobody, and gives neither what is the other’s', async () => {
    const agreed = { consentEmail: 'on' };
    await registerMember(app(), smtp, 'writer@example.jp', agreed);
    const reader = consenting();
    const b = await registerIn(reader, 'reader@example.jp');
    const a = await idOf({ email: 'writer@example.jp' });
    smtp.clear();
    await campaignBy('email');
    const mail = smtp.mails.find(({ to }) => to.includes('writer@example.jp'));
    const link = linkIn((await mail?.parse())?.html ?? '');
    const untouched = [await recordOf(a), await recordOf(b)];
    const cookies = new Map(reader.cookies);

    const inside = await reader.get(link, PHONE);
    expect([inside.status, inside.headers.getSetCookie()]).toEqual([302, []]);
    await sees(reader, '/reader-inside');
    const page = await reader.get('/m/me');
    expect(page.text).toContain('reader@example.jp');
    expect(page.text).not.toContain('writer@example.jp');

    // Her browser still, but she is not logged in at this moment.
    reader.cookies.delete('crm_session');
    const outside = await reader.get(link, PHONE);
    expect([outside.status, outside.headers.getSetCookie()]).toEqual([302, []]);
    await sees(reader, '/reader-outside');
    expect((await reader.get('/m/me')).status).toBe(302);
    expect(reader.cookies.get('crm_visitor')).toBe(cookies.get('crm_visitor'));

    // Who has told us nothing is given no cookie by it either.
    const stranger = siteBrowser(app());
    expect((await stranger.get(link, PHONE)).status).toBe(302);
    expect([...stranger.cookies]).toEqual([]);

    expect([await recordOf(a), await recordOf(b)]).toEqual(untouched);
    expect([await pagesOf(a), await pagesOf(b)]).toEqual([[], ['/reader-inside']]);
    expect(await clicksOf(b)).toEqual([]);
  });
});

/** Fills in the form of the site and presses the button of the mail, all in this browser. */
async function registerIn(browser: SiteBrowser, email: string): Promise<number> {
  const asked = await browser.form('/m/register', { ...person(email), consentEmail: 'on' });
  expect(asked.status).toBe(303);
  const link = await mailedLink(app(), smtp, email);
  const token = new URL(link, app().origin).searchParams.get('token') ?? '';
  const done = await browser.form('/m/confirm', { token });
  expect([done.status, browser.cookies.has('crm_session')]).toEqual([303, true]);
  return idOf({ email });
}

describe('somebody who looks around and then registers', () => {
  it('has from the first what she looked at before, and nobody else’s', async () => {
    const browser = consenting();
    const neighbour = consenting();
    await sees(browser, '/articles/jazz');
    await sees(neighbour, '/of-the-neighbour');
    await sees(browser, '/products/winter');
    const member = await registerIn(browser, 'newcomer@example.jp');
    expect(await pagesOf(member)).toEqual(['/articles/jazz', '/products/winter']);
    await sees(browser, '/after');
    expect(await pagesOf(member)).toEqual(['/articles/jazz', '/products/winter', '/after']);
  });

  it('has no history where nobody was asked', async () => {
    const browser = siteBrowser(app());
    expect((await browser.get('/articles/jazz')).status).toBe(200);
    const member = await registerIn(browser, 'quiet@example.jp');
    expect(await pagesOf(member)).toEqual([]);
    expect(browser.cookies.has('crm_visitor')).toBe(false);
  });
});
