/** A pop-up and a banner in a real browser: by keyboard, by name, as often as allowed. */
import { mkdirSync } from 'node:fs';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../support/app';
import { launchBrowser, newPerson, screenshot, SCREENSHOTS } from '../support/browser';
import { kernel } from '../support/crm';

let app: TestApp;
let browser: Browser;
let popup: string;
let banner: string;

interface Documents {
  create(params: object): Promise<{ documentId: string }>;
}

async function publish(data: object): Promise<string> {
  const documents = app.strapi.documents(
    'plugin::crm.onsite-message' as never,
  ) as unknown as Documents;
  const created = await documents.create({ status: 'published', locale: 'ja', data });
  return created.documentId;
}

beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  app = await startApp({ env: { SEED_DEMO: 'true' } });
  popup = await publish({
    name: '初回特典',
    kind: 'popup',
    heading: '<img src=x onerror="document.title=1">はじめての方へ',
    text: '会員登録で送料が無料になります。',
    buttonLabel: '登録する',
    buttonUrl: '/m/register',
    paths: '/products',
  });
  banner = await publish({
    name: '年末',
    kind: 'banner',
    heading: '年末の営業について',
    paths: '/',
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

const counted = async (message: string): Promise<string[]> => {
  const rows: { type: string }[] = await kernel()
    .database(app.strapi)('crm_onsite_events')
    .where({ message })
    .orderBy('id')
    .select('type');
  return rows.map(({ type }) => type);
};

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

describe('a pop-up', () => {
  it.each([
    [1280, 'wide'],
    [375, 'narrow'],
  ])(
    'is a dialog with its name, keeps the focus, closes with Esc, and comes once (%i px)',
    async (width, size) => {
      const before = (await counted(popup)).length;
      const person = await newPerson(browser, { width });
      const page = await person.newPage();
      await page.goto(`${app.origin}/products`);
      const dialog = page.getByRole('dialog', { name: 'はじめての方へ' });
      await dialog.waitFor();
      await screenshot(page, `onsite-popup-${size}`);
      expect(await page.title()).not.toBe('1');
      for (let step = 0; step < 4; step += 1) {
        await page.keyboard.press('Tab');
        expect(['登録する', '閉じる', null, '']).toContain(
          await focused(page).then((text) => (text && text.length < 9 ? text : '')),
        );
        const outside = await page.evaluate(
          () =>
            document.activeElement !== document.body && !document.activeElement?.closest('dialog'),
        );
        expect(outside).toBe(false);
      }
      const { width: drawn = 0 } = (await dialog.boundingBox()) ?? {};
      expect(drawn).toBeLessThanOrEqual(width - 16);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await expect
        .poll(async () => (await counted(popup)).slice(before))
        .toEqual(['shown', 'closed']);
      // A script's load event follows its run: by then a pop-up that is due would stand there.
      await page.addInitScript(() => {
        const note = ({ target }: Event) => {
          if (!(target instanceof HTMLScriptElement) || !target.src.endsWith('/onsite.js')) return;
          document.documentElement.dataset.onsiteRan = 'yes';
        };
        document.addEventListener('load', note, true);
      });
      await page.reload();
      await page.locator('html[data-onsite-ran]').waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
      await person.close();
    },
  );
});

describe('a banner', () => {
  it('is a named region that takes no focus and closes with its button', async () => {
    const person = await newPerson(browser);
    const page = await person.newPage();
    await page.goto(`${app.origin}/`);
    const region = page.getByRole('region', { name: '年末の営業について' });
    await region.waitFor();
    await screenshot(page, 'onsite-banner');
    const bar = await page.locator('#cookie-bar').boundingBox();
    const box = await region.boundingBox();
    expect(
      (box?.y ?? 0) + (box?.height ?? 0),
      'not over the question about cookies',
    ).toBeLessThanOrEqual(bar?.y ?? 0);
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    await region.getByRole('button', { name: '閉じる' }).click();
    await region.waitFor({ state: 'detached' });
    await expect.poll(() => counted(banner)).toEqual(['shown', 'closed']);
    const cookies = await person.cookies();
    expect(cookies.filter(({ name }) => name.startsWith('crm'))).toEqual([]);
    await person.close();
  });
});
