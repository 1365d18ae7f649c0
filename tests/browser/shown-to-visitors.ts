/** What an editor sets up by clicking, a visitor sees on the site: a test of pages, a banner. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { newPerson, screenshot } from '../support/browser';
import { choose, crm } from './editor';
import type { Stage } from './stage';

const NOW = Date.now();
const TEST = `ふたつのページ ${NOW}`;
const BANNER = `年末の営業 ${NOW}`;
/** At this address some people get the page about gifts instead. */
const TESTED = '/pages/about';

/** Every thousandth person gets the page as it was: so many in a row mean that the test is broken. */
const PEOPLE = 5;

/** Who writes, and where. */
interface Desk {
  readonly stage: Stage;
  readonly editor: Page;
}

async function startTest({ stage, editor }: Desk): Promise<void> {
  await editor.goto(crm(stage.demo, '/experiments/new'));
  await editor.getByLabel('名前').first().fill(TEST);
  await choose(editor.getByRole('combobox', { name: '比べるもの' }), 'ページ');
  const pages = editor.getByRole('combobox', { name: '表示するページ' });
  await choose(pages.nth(0), '縁レコードについて · ページ');
  await choose(pages.nth(1), '贈りもの · ページ');
  await editor.getByRole('textbox', { name: '割合' }).nth(1).fill('999');
  await screenshot(editor, 'shown-1-test');
  await editor.getByRole('button', { name: '開始する' }).click();
  await editor.getByRole('alertdialog').getByRole('button', { name: '開始する' }).click();
  await editor.getByText('まだ判断できません').waitFor();
}

/** The title of the tested page, as somebody new sees it who agreed to be recognised. */
async function titleForSomebody({ stage }: Desk): Promise<string> {
  const person = await newPerson(stage.browser);
  const page = await person.newPage();
  await page.goto(stage.demo.site + TESTED);
  await page.locator('#cookie-bar').getByRole('button', { name: '同意する' }).click();
  await page.locator('#cookie-bar').waitFor({ state: 'hidden' });
  await page.goto(stage.demo.site + TESTED);
  const title = await page.title();
  await page.reload();
  expect(await page.title(), 'the same page for the same person').toBe(title);
  await person.close();
  return title;
}

async function meetVisitors(desk: Desk): Promise<void> {
  const titles: string[] = [];
  while (titles.length < PEOPLE && !titles.some((title) => title.startsWith('贈りもの'))) {
    titles.push(await titleForSomebody(desk));
  }
  expect(titles.at(-1)).toMatch(/^贈りもの/);
}

async function endTest({ stage, editor }: Desk): Promise<void> {
  const people = async () => {
    await editor.reload();
    const row = editor.getByRole('row', { name: /B\. 新しい案/ }).first();
    return Number(await row.getByRole('gridcell').nth(1).innerText());
  };
  await expect.poll(people, { timeout: 60_000, interval: 1000 }).toBeGreaterThan(0);
  await editor.getByRole('button', { name: '終了する' }).click();
  await editor.getByRole('alertdialog').getByRole('button', { name: '終了する' }).click();
  await editor.getByRole('button', { name: '終了する' }).waitFor({ state: 'detached' });
  const answer = await fetch(stage.demo.site + TESTED);
  expect(await answer.text()).toContain('<title>縁レコードについて');
}

async function writeBanner({ stage, editor }: Desk): Promise<void> {
  await editor.goto(crm(stage.demo, '/onsite'));
  await editor.getByRole('link', { name: '新しく作成' }).first().click();
  await editor.getByLabel('名前（管理用）').fill(BANNER);
  await editor.getByLabel('見出し').fill(BANNER);
  await editor.getByLabel(/^表示するページ/).fill(TESTED);
  await screenshot(editor, 'shown-2-banner');
  await editor.getByRole('button', { name: '公開', exact: true }).click();
  await editor.waitForURL((url) => !url.pathname.endsWith('/create'));
}

async function meetBanner({ stage, editor }: Desk): Promise<void> {
  const person = await newPerson(stage.browser, { width: 375 });
  const visitor = await person.newPage();
  await visitor.goto(stage.demo.site + TESTED);
  await visitor.getByRole('region', { name: BANNER }).waitFor();
  await screenshot(visitor, 'shown-3-banner');
  await person.close();
  const shown = async () => {
    await editor.goto(crm(stage.demo, '/onsite'));
    return editor.getByRole('row', { name: BANNER }).getByRole('gridcell').nth(2).innerText();
  };
  await expect.poll(shown, { timeout: 60_000, interval: 1000 }).toBe('1');
}

export function shownToVisitors(desk: () => Desk): void {
  describe('an editor tests two pages', () => {
    it('sets the test up and starts it', () => startTest(desk()));
    it('which visitors see, the same page the same person', () => meetVisitors(desk()));
    it('whom it counts until the editor ends it', () => endTest(desk()));
  });

  describe('an editor puts up a banner', () => {
    it('writes and publishes it', () => writeBanner(desk()));
    it('which a visitor sees on that page, counted', () => meetBanner(desk()));
  });
}
