/** Two customers are open at once, and the telephone opens a third without anybody looking for her. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { screenshot } from '../support/browser';
import { crm } from './editor';
import { openSomebody, type Desk } from './on-the-record';

const field = (editor: Page, label: string) =>
  editor.getByRole('textbox', { name: label, exact: true });

/** Opens her record and the form on it. */
async function editSomebody(desk: Desk, family: string): Promise<string> {
  const name = await openSomebody(desk, family);
  await desk.editor.getByRole('button', { name: 'プロフィールを編集' }).click();
  return name;
}

async function switchBetween(desk: Desk): Promise<void> {
  const { editor } = desk;
  const company = field(editor, '会社名');
  const one = await editSomebody(desk, '伊藤');
  await company.fill('縁商店');
  const other = await editSomebody(desk, '佐藤');
  const usual = await company.inputValue();
  expect(usual).not.toBe('縁商店');
  const tabs = editor.getByRole('navigation', { name: '開いているお客様' });
  const turnTo = async (name: string) => {
    await tabs.getByRole('link', { name }).click();
    await editor.getByRole('heading', { name, level: 1 }).waitFor();
  };
  await turnTo(one);
  await expect.poll(() => company.inputValue()).toBe('縁商店');
  await tabs.getByText('（編集中）').waitFor();
  await screenshot(editor, 'record-4-side-by-side');
  await turnTo(other);
  await expect.poll(() => company.inputValue()).toBe(usual);
  await tabs.getByRole('button', { name: `${one}を閉じる` }).click();
  const question = editor.getByRole('alertdialog', { name: '保存せずに閉じる' });
  await question.getByRole('button', { name: '保存せずに閉じる' }).click();
  // One alone needs no tabs.
  await tabs.waitFor({ state: 'detached' });
  await editSomebody(desk, '伊藤');
  expect(await company.inputValue()).not.toBe('縁商店');
  await editor.getByRole('button', { name: '編集をやめる' }).click();
}

async function takeCall(desk: Desk): Promise<void> {
  const { stage, editor } = desk;
  const name = await editSomebody(desk, '伊藤');
  const record = new URL(editor.url()).pathname;
  const phone = await field(editor, '電話番号').inputValue();
  expect(phone).toMatch(/^0[\d-]+$/);
  // As a telephone system tells it, and not as the screen shows it.
  const caller = encodeURIComponent(phone.replaceAll('-', '').replace(/^0/, '+81'));
  await editor.goto(crm(stage.demo, `/customers?tel=${caller}`));
  await editor.waitForURL((url) => url.pathname === record);
  await editor.getByRole('heading', { name, level: 1 }).waitFor();
}

/** Where it stands against the screen: the first field of a long form, the last of many tabs. */
async function isInSight(editor: Page, what: Locator): Promise<boolean> {
  const [box, screen] = [await what.boundingBox(), editor.viewportSize()];
  if (!box || !screen) return false;
  const fits = (from: number, length: number, most: number) => from >= 0 && from + length <= most;
  return fits(box.x, box.width, screen.width) && fits(box.y, box.height, screen.height);
}

async function workOnPhone(desk: Desk): Promise<void> {
  const { editor } = desk;
  const desktop = editor.viewportSize() ?? { width: 1280, height: 800 };
  await editor.setViewportSize({ width: 375, height: 812 });
  for (const family of ['伊藤', '佐藤']) await openSomebody(desk, family);
  const name = await editSomebody(desk, '高橋');
  const tabs = editor.getByRole('navigation', { name: '開いているお客様' });
  await expect.poll(() => isInSight(editor, tabs.getByRole('link', { name }))).toBe(true);
  const mail = field(editor, 'メールアドレス');
  await mail.fill('no-mail');
  await editor.getByRole('button', { name: '保存する' }).click();
  await editor.getByText('1か所をご確認ください').waitFor();
  await expect.poll(() => isInSight(editor, mail)).toBe(true);
  expect(await mail.evaluate((element) => element === document.activeElement)).toBe(true);
  await editor.getByRole('button', { name: '編集をやめる' }).click();
  await editor.setViewportSize(desktop);
}

export function sideBySide(desk: () => Desk): void {
  describe('with several customers', () => {
    it('an editor goes from one to another and back, and what she typed is still there', () =>
      switchBetween(desk()));
    it('an editor has the caller before her', () => takeCall(desk()));
    it('an editor on a phone is brought to what was refused', () => workOnPhone(desk()));
  });
}
