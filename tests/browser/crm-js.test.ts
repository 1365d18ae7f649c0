/** `crm.js` in a real browser: what it keeps and sends, from before the answer until the page is left. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { startApp, type TestApp } from '../support/app';
import { launchBrowser, newPerson } from '../support/browser';
import { kernel } from '../support/crm';

let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  app = await startApp({ env: { SEED_DEMO: 'true' } });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

interface Seen {
  readonly type: string;
  readonly name: string;
  readonly visitor_id: string;
  readonly properties: string;
}

const events = (): Promise<Seen[]> =>
  kernel()
    .database(app.strapi)('crm_events')
    .whereLike('message_id', 'web:%')
    .orderBy('id')
    .select('type', 'name', 'visitor_id', 'properties');
const pages = async () =>
  (await events()).filter(({ type }) => type === 'page').map(({ name }) => name);
const dwelled = async () =>
  (await events())
    .filter(({ name }) => name === 'Page Dwelled')
    .map(({ properties }) => JSON.parse(properties) as { path: string; seconds: number });

const moveTo = (page: Page, path: string) =>
  page.evaluate((to) => history.pushState(null, '', to), path);
const keptBy = (page: Page) =>
  page.evaluate(() => ({
    cookies: document.cookie,
    local: { ...localStorage },
    session: { ...sessionStorage },
  }));

it('keeps nothing before a yes, then tells pages without a load, and the time when one leaves', async () => {
  const person = await newPerson(browser);
  const page = await person.newPage();
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/crm/track/')) sent.push(request.method());
  });
  const open = async () => {
    await page.goto(`${app.origin}/products`);
    await page.waitForFunction(() => 'crm' in window);
  };
  await open();
  // What it does on the way counts, too: moving, doing something, going out of sight.
  await moveTo(page, '/before-the-answer');
  await page.evaluate(() => {
    (window as unknown as { crm: { track(name: string): void } }).crm.track('Too Early');
    window.dispatchEvent(new Event('pagehide'));
  });
  await open();
  expect(await keptBy(page)).toEqual({ cookies: '', local: {}, session: {} });
  expect(await person.cookies()).toEqual([]);
  expect(sent).toEqual([]);

  await page.locator('#cookie-bar [data-consent=yes]').click();
  await expect.poll(pages).toEqual(['/products']);
  await moveTo(page, '/moved-without-a-load');
  await expect.poll(pages).toEqual(['/products', '/moved-without-a-load']);
  // The view was sent after a second in sight, so there is something to tell.
  await page.goto('about:blank');
  await expect
    .poll(dwelled)
    .toContainEqual({ path: '/moved-without-a-load', seconds: expect.any(Number) as number });
  const cookie = (await person.cookies()).find(({ name }) => name === 'crm_visitor');
  const all = await events();
  expect(new Set(all.map(({ visitor_id }) => visitor_id))).toEqual(new Set([cookie?.value]));
  expect(all.map(({ name }) => name)).not.toContain('Too Early');
  for (const { seconds } of await dwelled()) expect(seconds).toBeGreaterThan(0);
  await person.close();
});
