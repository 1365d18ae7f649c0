/**
 * An editor gates an article, sees beside the form and in the list who may read it, and looks at it
 * as a stranger and as a member, in Japanese and in English, on a desk and on a phone. Then what she
 * sets up is seen by visitors, a plan is granted and a person erased on their records, and two people
 * become members. One demo for all of it.
 */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { newPerson, screenshot, SCREENSHOTS } from '../support/browser';
import { choose, logIn } from './editor';
import { newMemberStory } from './new-member';
import { onTheRecord } from './on-the-record';
import { shownToVisitors } from './shown-to-visitors';
import { sideBySide } from './side-by-side';
import { openStage, type Stage } from './stage';

let stage: Stage;
let editor: Page;

const ARTICLES = '/content-manager/collection-types/api::article.article';
/** Open to all until the editor gates it. */
const TITLE = '水で洗う、という選択';

beforeAll(async () => {
  stage = await openStage();
  editor = await (await newPerson(stage.browser)).newPage();
  await logIn(editor, stage.demo);
}, 600_000);

afterAll(() => stage.end());

const row = (page: Page, title: string): Locator => page.getByRole('row', { name: title });

async function openArticle(page: Page): Promise<void> {
  await page.goto(stage.demo.admin + ARTICLES);
  await row(page, TITLE).getByText(TITLE).click();
  await page.getByRole('button', { name: /プレビューを開く|Open preview/ }).waitFor();
}

/** The words of the page inside the preview. */
const previewed = (page: Page, frame: string) => page.frameLocator(`iframe[title="${frame}"]`);

describe('an editor', () => {
  it('sees in the list that everybody may read the article', async () => {
    await editor.goto(stage.demo.admin + ARTICLES);
    await editor.locator('th', { hasText: '閲覧できる人' }).waitFor();
    await row(editor, TITLE).getByText('全員').waitFor();
    await screenshot(editor, 'preview-1-list');
  });

  it('gates it with the keyboard, and reads at once who sees what', async () => {
    await openArticle(editor);
    await editor.getByRole('button', { name: '変更' }).first().focus();
    await editor.keyboard.press('Enter');
    const dialog = editor.getByRole('dialog');
    await dialog.getByText('会員だけが見られます').waitFor();
    await dialog.getByRole('button', { name: '決定' }).click();
    const panel = editor.getByRole('complementary').filter({ hasText: 'だれに見えるか' });
    await panel.getByText('会員だけが見られます').waitFor();
    await editor.getByText('保存していない変更は、プレビューに反映されません。').waitFor();
    await screenshot(editor, 'preview-2-who');
    await editor.getByRole('button', { name: '公開', exact: true }).click();
    await editor.getByText('お客様ひとりひとりに').waitFor();
  });

  it('sees the badge in the list', async () => {
    await editor.goto(stage.demo.admin + ARTICLES);
    await row(editor, TITLE).getByText('会員', { exact: true }).waitFor();
    await screenshot(editor, 'preview-3-badge');
  });

  it('goes from the article to a campaign that is made of it', async () => {
    await openArticle(editor);
    await editor.getByRole('link', { name: 'この記事を配信する' }).click();
    await editor.getByRole('heading', { name: TITLE, level: 1 }).waitFor();
    const chosen = editor.getByRole('combobox', { name: 'コンテンツ' });
    await expect.poll(() => chosen.inputValue()).toContain(TITLE);
    expect(await editor.getByRole('textbox', { name: '件名' }).inputValue()).toBe(TITLE);
    await screenshot(editor, 'preview-3-send');
  });

  it('looks as a stranger: the beginning only, and why', async () => {
    await openArticle(editor);
    await editor.getByRole('button', { name: 'プレビューを開く' }).click();
    await previewed(editor, 'プレビューの画面').getByText('会員登録').first().waitFor();
    await editor.getByText('「会員」に当てはまらないので、見られません。').waitFor();
    await screenshot(editor, 'preview-4-stranger');
  });

  it('looks as a platinum member: the whole, in the shop’s own look', async () => {
    const dialog = editor.getByRole('dialog');
    await choose(dialog.getByRole('combobox', { name: 'だれとして見ますか' }), '条件に合う会員');
    await choose(dialog.getByRole('combobox', { name: '会員ランク' }), 'プラチナ');
    await editor.getByText('「会員」に当てはまるので、見られます。').waitFor();
    const page = previewed(editor, 'プレビューの画面');
    await page.getByText('マイページ').first().waitFor();
    expect(await page.locator('.invitation').count()).toBe(0);
    await screenshot(editor, 'preview-5-platinum');
  });

  it('looks as a real customer, found by any spelling, at the width of a phone', async () => {
    const dialog = editor.getByRole('dialog');
    await dialog.getByRole('button', { name: /スマートフォン/ }).click();
    await choose(dialog.getByRole('combobox', { name: 'だれとして見ますか' }), '実在のお客様');
    await dialog.getByText('お客様を選ぶと').waitFor();
    const picker = dialog.getByPlaceholder(/お名前/);
    await picker.click();
    await picker.fill('ﾀｶﾊｼ');
    await editor
      .getByRole('option', { name: /高橋|髙橋/ })
      .first()
      .click();
    await dialog.getByText('ログインできる会員登録がない').waitFor();
    const frame = dialog.locator('iframe');
    await expect.poll(() => frame.evaluate((element) => element.clientWidth)).toBe(375);
    await screenshot(editor, 'preview-6-person');
  });

  it('runs no script and follows no link in the preview', async () => {
    const frame = editor.getByRole('dialog').locator('iframe');
    expect(await frame.getAttribute('sandbox')).toBe('allow-same-origin');
    const inside = previewed(editor, 'プレビューの画面');
    await inside.locator('#cookie-bar').waitFor({ state: 'hidden' });
    const before = await frame.getAttribute('src');
    await inside.getByRole('link', { name: '会員登録' }).first().click();
    expect(await inside.locator('.article-head').count()).toBe(1);
    expect(await frame.getAttribute('src')).toBe(before);
    await editor.getByRole('dialog').getByRole('button', { name: '閉じる' }).click();
    await editor.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  it('gives the fields inside blocks Japanese names', async () => {
    await editor.getByRole('button', { name: /本文/ }).first().click();
    await editor.getByText('表示する相手').first().waitFor();
    await screenshot(editor, 'preview-7-block');
  });
});

/** By the keyboard: brings the focus there and presses. */
async function press(where: Locator, key: string): Promise<void> {
  await where.focus();
  await where.page().keyboard.press(key);
}

/** The language of the admin is the account's own. */
async function speak(language: 'ja' | 'en'): Promise<void> {
  const token = (await editor.context().cookies()).find(({ name }) => name === 'jwtToken')?.value;
  const answer = await editor.request.put(`${stage.demo.admin}/users/me`, {
    headers: { authorization: `Bearer ${token}` },
    data: { preferedLanguage: language },
  });
  expect(answer.ok()).toBe(true);
}

describe('on a phone, in English', () => {
  it('has the panels in the drawer, and the preview on the whole screen', async () => {
    await speak('en');
    await editor.setViewportSize({ width: 375, height: 812 });
    await editor.evaluate(() => localStorage.setItem('strapi-admin-language', 'en'));
    await editor.goto(stage.demo.admin + ARTICLES);
    await editor.getByText(TITLE).first().click();
    await editor.getByRole('button', { name: /^Open .*actions$/ }).click();
    await editor.getByText('Who sees what').waitFor();
    await screenshot(editor, 'preview-8-phone-panel');
    await editor.getByRole('button', { name: 'Open preview' }).click();
    await editor.getByText('Closed: this viewer is not among members.').waitFor();
    const wide = await editor.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(375);
    await editor.screenshot({ path: `${SCREENSHOTS}/preview-9-phone-preview.png` });
    await editor.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  });

  it('keeps it for platinum members, with the keyboard alone', async () => {
    await editor.goto(stage.demo.admin + ARTICLES);
    await editor.getByText(TITLE).first().click();
    await press(editor.getByRole('button', { name: 'Change', exact: true }).first(), 'Enter');
    const dialog = editor.getByRole('dialog');
    await press(dialog.getByRole('combobox', { name: 'Shown to' }), 'Enter');
    await press(editor.getByRole('option', { name: 'Members of certain tiers' }), 'Enter');
    await press(dialog.getByRole('combobox', { name: 'Tiers' }), 'Enter');
    await press(editor.getByRole('option', { name: 'Platinum' }), 'Enter');
    await editor.keyboard.press('Escape');
    await dialog.getByText('Only Platinum members may see this.').waitFor();
    await editor.screenshot({ path: `${SCREENSHOTS}/preview-10-phone-access.png` });
    await press(dialog.getByRole('button', { name: 'Done' }), 'Enter');
    await editor.getByRole('button', { name: 'Publish', exact: true }).click();
    await editor.getByRole('button', { name: /^Open .*actions$/ }).click();
    await editor.getByText('Only Platinum members may see this.').last().waitFor();
  });

  it('sees as a platinum member that it opens', async () => {
    await editor.getByRole('button', { name: 'Open preview' }).click();
    await editor.getByText('Closed: this viewer is not among Platinum members.').waitFor();
    const dialog = editor.getByRole('dialog');
    await choose(dialog.getByRole('combobox', { name: 'Through whose eyes?' }), 'A member who');
    await choose(dialog.getByRole('combobox', { name: 'Tier' }), 'Platinum');
    await editor.getByText('Open: this viewer is among Platinum members.').waitFor();
    await editor.screenshot({ path: `${SCREENSHOTS}/preview-11-phone-platinum.png` });
    await speak('ja');
  });

  it('opens the article to everybody again', async () => {
    await editor.setViewportSize({ width: 1280, height: 900 });
    await editor.evaluate(() => localStorage.setItem('strapi-admin-language', 'ja'));
    await openArticle(editor);
    await editor.getByRole('button', { name: '全員に戻す' }).first().click();
    await editor.getByRole('button', { name: '公開', exact: true }).click();
    await editor.getByText('お客様ひとりひとりに').waitFor();
  });
});

shownToVisitors(() => ({ stage, editor }));
sideBySide(() => ({ stage, editor }));
onTheRecord(() => ({ stage, editor }));
newMemberStory(() => stage, { lang: 'ja', width: 1280, by: 'code' });
newMemberStory(() => stage, { lang: 'en', width: 375, by: 'link' });
