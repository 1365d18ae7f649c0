/**
 * The list goes out as a file; on a record a plan is granted, and at the person's wish everything
 * about her goes.
 */
import { readFileSync } from 'node:fs';

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { screenshot } from '../support/browser';
import { choose, crm } from './editor';
import type { Stage } from './stage';

/** Who works at the records, and where. */
export interface Desk {
  readonly stage: Stage;
  readonly editor: Page;
}

const FAMILY = '伊藤';

/** Opens the first record of a family; gives back the name as the heading says it. */
export async function openSomebody({ stage, editor }: Desk, family = FAMILY): Promise<string> {
  await editor.goto(crm(stage.demo, `/customers?q=${encodeURIComponent(family)}`));
  await editor.getByRole('link', { name: family }).first().click();
  await editor.waitForURL(/\/customers\/\d+/);
  const heading = editor.getByRole('heading', { name: family, level: 1 });
  await heading.waitFor();
  return heading.innerText();
}

async function grantPlan(desk: Desk): Promise<void> {
  const { editor } = desk;
  await openSomebody(desk);
  const plans = editor.getByRole('region', { name: 'プラン', exact: true });
  const button = plans.getByRole('button', { name: 'プランを付与する' });
  await button.click();
  const dialog = editor.getByRole('alertdialog', { name: 'プランを付与する' });
  await dialog.waitFor();
  await editor.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await button.click();
  await screenshot(editor, 'record-1-plan');
  await dialog.getByRole('button', { name: 'プランを付与する' }).click();
  await plans.getByText('利用中', { exact: true }).waitFor();
}

async function erase(desk: Desk): Promise<void> {
  const { editor } = desk;
  const name = await openSomebody(desk);
  const panel = editor.getByRole('region', { name: '個人情報の消去' });
  await panel.getByRole('button', { name: '個人情報を消去する' }).click();
  const dialog = editor.getByRole('alertdialog', { name: '個人情報を消去する' });
  const confirm = dialog.getByRole('button', { name: '個人情報を消去する' });
  await dialog.getByRole('textbox').fill('違う名前');
  expect(await confirm.isDisabled(), 'not by the wrong name').toBe(true);
  await dialog.getByRole('textbox').fill(name);
  await screenshot(editor, 'record-2-erase');
  await confirm.click();
  await panel.getByText('このお客様の個人情報は、消去されています。').waitFor();
  const address = editor.url();
  await editor.reload();
  await panel.getByText('このお客様の個人情報は、消去されています。').waitFor();
  expect(editor.url()).toBe(address);
  expect(await editor.locator('main').innerText()).not.toContain(name);
  await screenshot(editor, 'record-3-erased');
}

/** The bytes of a file, and not what a program that expects JSON made of them. */
async function takeFile({ stage, editor }: Desk): Promise<void> {
  await editor.goto(crm(stage.demo, `/customers?q=${encodeURIComponent(FAMILY)}`));
  await editor.getByRole('link', { name: FAMILY }).first().waitFor();
  await editor.getByRole('button', { name: '書き出す' }).click();
  const dialog = editor.getByRole('dialog', { name: '書き出す' });
  await choose(dialog.getByRole('combobox', { name: '文字コード' }), /Shift_JIS/);
  await dialog.getByRole('button', { name: '書き出せない文字を確かめる' }).click();
  await dialog.getByRole('status').waitFor();
  await screenshot(editor, 'record-0-export');
  const [download] = await Promise.all([
    editor.waitForEvent('download'),
    dialog.getByRole('button', { name: 'ダウンロードする' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('customers.csv');
  const [head = '', ...people] = new TextDecoder('shift_jis', { fatal: true })
    .decode(readFileSync(await download.path()))
    .trimEnd()
    .split('\r\n');
  expect(head).toMatch(/^顧客番号,姓,名,/);
  expect(people.length).toBeGreaterThan(1);
  for (const person of people) expect(person).toContain(FAMILY);
}

export function onTheRecord(desk: () => Desk): void {
  describe('with customers', () => {
    it('an editor takes those whom she sees as a file', () => takeFile(desk()));
    it('an editor grants a plan, or thinks better of it with Esc', () => grantPlan(desk()));
    it('an editor erases her by her name, and what remains says so', () => erase(desk()));
  });
}
