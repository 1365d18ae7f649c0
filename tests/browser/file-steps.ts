/** A file of customers comes in by the wizard and goes again; a file goes out with chosen columns. */
import { readFileSync } from 'node:fs';

import { encode } from 'iconv-lite';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { screenshot } from '../support/browser';
import { choose } from './editor';
import { open, rows, type Office } from './office';

/** The heading that no guess knows is given a field by hand; the third row has no e-mail address. */
const FILE = [
  '会員番号,お名前,フリガナ,メール,ご要望',
  'N001,山本 由美,ヤマモト ユミ,yumi@example.com,紙袋は不要',
  'N002,小林 誠,コバヤシ マコト,makoto@example.com,',
  'N003,壊田 例,コワレダ レイ,ここはメールではない,',
];

const newcomers = async (office: Office): Promise<(string | null)[]> =>
  (await rows<{ customer_number: string; note: string | null }>(office, 'crm_customers'))
    .filter(({ customer_number: number }) => number.startsWith('N'))
    .map(({ customer_number: number, note }) => `${number} ${note ?? ''}`.trim());

const field = ({ editor }: Office, heading: string): Locator =>
  editor.getByRole('combobox', { name: `「${heading}」の取り込み先` });

async function upload(office: Office): Promise<void> {
  const { editor } = office;
  await open(office, '/customers/imports');
  await editor.getByRole('button', { name: 'ファイルを選ぶ' }).waitFor();
  await editor.locator('input[type=file]').setInputFiles({
    name: '名簿.csv',
    mimeType: 'text/csv',
    buffer: encode(FILE.join('\r\n'), 'Shift_JIS'),
  });
  await editor.getByRole('heading', { name: '名簿.csv', level: 1 }).waitFor();
  await field(office, '会員番号').waitFor();
}

/** Beside what is chosen stands the way to choose nothing. */
const takenFor = (office: Office): Promise<string[]> =>
  Promise.all(
    (FILE[0] ?? '').split(',').map(async (heading) => {
      const [chosen = ''] = (await field(office, heading).innerText()).split('\n');
      return chosen;
    }),
  );
const GUESSED = ['顧客番号', '氏名', '氏名カナ', 'メール'];

const count = ({ editor }: Office, name: string): Locator =>
  editor.getByRole('status').getByText(name, { exact: true }).locator('xpath=../*[2]');

async function tryOut(office: Office): Promise<void> {
  const { editor } = office;
  await upload(office);
  await editor.getByText('見出しと中身から、割り当て先を推測しました。').waitFor();
  expect(await takenFor(office)).toEqual([...GUESSED, '取り込まない']);
  await choose(field(office, 'ご要望'), 'メモ');
  await screenshot(editor, 'crm-7-mapping');
  await editor.getByRole('button', { name: '取り込みを確認する' }).click();
  const reason = '4行目・メール：メールアドレスの形が正しくありません。';
  await editor.getByText(reason).waitFor();
  expect(await count(office, '新規').innerText()).toBe('2');
  expect(await count(office, '取り込めない行').innerText()).toBe('1');
  await screenshot(editor, 'crm-8-tried');
  expect(await newcomers(office)).toEqual([]);
}

async function bringIn(office: Office): Promise<void> {
  const { editor } = office;
  await editor.getByRole('button', { name: 'この内容で取り込む' }).click();
  await editor.getByRole('region', { name: '完了' }).waitFor();
  await editor.getByRole('progressbar', { name: '3行を処理しました' }).waitFor();
  await screenshot(editor, 'crm-9-imported');
  expect(await newcomers(office)).toEqual(['N001 紙袋は不要', 'N002']);
  const [download] = await Promise.all([
    editor.waitForEvent('download'),
    editor.getByRole('button', { name: '取り込めない1行をダウンロード' }).click(),
  ]);
  const [, bad, ...more] = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  expect(bad).toContain('N003,壊田 例,コワレダ レイ,ここはメールではない');
  expect(bad).toContain('メールアドレスの形が正しくありません。');
  expect(more).toEqual([]);
}

async function takeBack(office: Office): Promise<void> {
  const { editor } = office;
  await editor.getByRole('button', { name: '取り込みを元に戻す' }).click();
  const question = editor.getByRole('alertdialog', { name: '取り込みを元に戻す' });
  await question.getByText('新規2件を削除し').waitFor();
  await question.getByRole('button', { name: '取り込みを元に戻す' }).click();
  await editor.getByText('2件を元に戻しました。').waitFor();
  expect(await newcomers(office)).toEqual([]);
}

async function bringAgain(office: Office): Promise<void> {
  await upload(office);
  const { editor } = office;
  await editor.getByText('前回、同じ見出しのファイルで選んだ割り当てを使っています。').waitFor();
  expect(await takenFor(office)).toEqual([...GUESSED, 'メモ']);
}

async function takeOut(office: Office): Promise<void> {
  const { editor } = office;
  await open(office, `/customers?q=${encodeURIComponent('さとう')}`);
  await editor.getByRole('link', { name: '佐藤 健' }).waitFor();
  await editor.getByRole('button', { name: '書き出す' }).click();
  const dialog = editor.getByRole('dialog', { name: '書き出す' });
  for (const name of ['電話', '名', 'タグ'])
    await dialog.getByRole('checkbox', { name, exact: true }).click();
  await screenshot(editor, 'crm-10-export');
  const [download] = await Promise.all([
    editor.waitForEvent('download'),
    dialog.getByRole('button', { name: 'ダウンロードする' }).click(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  const [heading = '', person = ''] = lines;
  expect(lines).toHaveLength(2);
  expect(heading).toMatch(/^\uFEFF顧客番号,姓,セイ,メイ,/);
  expect(heading.split(',')).not.toContain('電話');
  expect(heading.split(',')).not.toContain('タグ');
  expect(person).toMatch(/^B003,佐藤,サトウ,ケン,/);
  const [log] = await rows<{ fields: string }>(office, 'crm_customer_exports');
  expect(String(log?.fields)).not.toContain('phone');
}

export function fileSteps(office: () => Office): void {
  describe('somebody works with files', () => {
    it('has a file looked at, and what is wrong with it', () => tryOut(office()));
    it('brings it in, and takes the rows kept out along', () => bringIn(office()));
    it('takes it back', () => takeBack(office()));
    it('finds the columns as they were chosen', () => bringAgain(office()));
    it('takes customers out with the columns of her choice', () => takeOut(office()));
  });
}
