/** People are found, marked and unmarked in the list; a record is kept; two records become one and two again. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { screenshot } from '../support/browser';
import { choose } from './editor';
import { open, personByNumber, rows, tagsOf, type Office } from './office';
import { SEGMENT } from './segment-steps';

const VIEW = 'さとうさんの住まい';

/** The names that the list shows, as they stand; heading and empty rows have none. */
const names = ({ editor }: Office): Promise<string[]> =>
  editor.getByRole('row').getByRole('link').allInnerTexts();
const shows = (office: Office, expected: readonly string[]) =>
  expect.poll(async () => (await names(office)).sort()).toEqual([...expected].sort());
const ALL = ['佐藤 健', '田中 一郎', '鈴木 花子', '高橋 美咲', '高橋 美咲'];

async function keepView(office: Office): Promise<void> {
  const { editor } = office;
  await open(office, '/customers');
  await shows(office, ALL);
  await editor.getByPlaceholder(/たかはし/).fill('さとう');
  await shows(office, ['佐藤 健']);
  await editor.getByRole('button', { name: '表示する列' }).click();
  await editor.getByRole('checkbox', { name: '市区町村' }).click();
  await editor.getByRole('checkbox', { name: '会員ランク' }).click();
  await editor.keyboard.press('Escape');
  const place = editor.getByRole('gridcell', { name: '大阪府大阪市北区' });
  await place.waitFor();
  await editor.getByRole('button', { name: 'この条件をビューとして保存' }).click();
  const dialog = editor.getByRole('dialog', { name: 'この条件をビューとして保存' });
  await dialog.getByRole('textbox', { name: 'ビューの名前' }).fill(VIEW);
  await dialog.getByRole('button', { name: '保存する' }).click();
  const tab = editor.getByRole('tab', { name: VIEW });
  await tab.waitFor();
  await editor.getByRole('tab', { name: 'すべての顧客' }).click();
  await shows(office, ALL);
  await place.waitFor({ state: 'detached' });
  await open(office, '/customers');
  await tab.click();
  await shows(office, ['佐藤 健']);
  await place.waitFor();
  expect(await editor.getByRole('columnheader', { name: '会員ランク' }).count()).toBe(0);
  expect(await editor.getByPlaceholder(/たかはし/).inputValue()).toBe('さとう');
  await screenshot(editor, 'crm-3-view');
}

async function filterBySegment(office: Office): Promise<void> {
  const { editor } = office;
  await open(office, '/customers');
  await shows(office, ALL);
  await choose(editor.getByRole('combobox', { name: 'セグメント' }), SEGMENT);
  await shows(office, ['佐藤 健']);
  await editor.getByText(`セグメント：${SEGMENT}`).waitFor();
  await editor.getByRole('button', { name: 'この条件を外す' }).click();
  await shows(office, ALL);
}

async function markMany(office: Office): Promise<void> {
  const { editor } = office;
  await open(office, '/customers?columns=tags');
  for (const name of ['佐藤 健', '鈴木 花子'])
    await editor.getByRole('checkbox', { name: `${name}を選択` }).click();
  const bar = editor.getByRole('region', { name: 'まとめて操作' });
  await bar.getByText('2人を選択中').waitFor();
  await bar.getByRole('textbox', { name: 'タグを付ける' }).fill('春の案内');
  await bar.getByRole('button', { name: '実行する' }).click();
  const question = editor.getByRole('alertdialog', { name: 'タグを付ける' });
  await question.getByText('2人にタグ「春の案内」を付けます。').waitFor();
  await question.getByRole('button', { name: '実行する' }).click();
  await editor.getByRole('progressbar', { name: '2人を変更しました' }).waitFor();
  const shown = editor.getByRole('gridcell', { name: '常連、春の案内' });
  await shown.waitFor();
  await screenshot(editor, 'crm-4-bulk');
  expect(await tagsOf(office, 'B003')).toEqual(['常連', '春の案内']);
  expect(await tagsOf(office, 'B005')).toEqual(['春の案内']);
  expect(await tagsOf(office, 'B004')).toEqual(['常連']);
  await editor.getByRole('button', { name: '元に戻す' }).click();
  await editor.getByRole('progressbar', { name: '元に戻しました' }).waitFor();
  await shown.waitFor({ state: 'detached' });
  expect(await tagsOf(office, 'B003')).toEqual(['常連']);
  expect(await tagsOf(office, 'B005')).toEqual([]);
}

/** A note is a kind of its own on the timeline; the kinds that are chosen stand in the address. */
async function note(office: Office): Promise<void> {
  const { editor } = office;
  const id = await personByNumber(office, 'B003');
  await open(office, `/customers/${id}`);
  const timeline = editor.getByRole('region', { name: 'タイムライン' });
  const entries = timeline.getByRole('listitem');
  await timeline.getByText('O-1').waitFor();
  const notes = editor.getByRole('region', { name: 'メモ', exact: true });
  await notes.getByRole('textbox', { name: '新しいメモ' }).fill('入荷したら電話\n平日の午後');
  await notes.getByRole('button', { name: 'メモを残す' }).click();
  await notes.getByRole('listitem').filter({ hasText: '入荷したら電話' }).waitFor();
  expect(await rows(office, 'crm_notes')).toMatchObject([
    { customer_id: id, text: '入荷したら電話\n平日の午後' },
  ]);
  await timeline.getByText('入荷したら電話').waitFor();
  await timeline.getByRole('button', { name: '購入', exact: true }).click();
  await timeline.getByText('入荷したら電話').waitFor({ state: 'detached' });
  expect(await entries.count()).toBe(1);
  await timeline.getByRole('button', { name: 'メモ', exact: true }).click();
  await timeline.getByText('入荷したら電話').waitFor();
  expect(new URL(editor.url()).searchParams.get('kinds')).toBe('order,note');
  await editor.reload();
  await expect.poll(() => entries.count()).toBe(2);
}

async function printConsents({ editor, ...office }: Office): Promise<void> {
  const consents = editor.getByRole('region', { name: '配信の同意' });
  await consents.getByRole('button', { name: '同意の記録を印刷' }).click();
  const dialog = editor.getByRole('dialog', { name: '同意の記録' });
  await dialog.getByRole('button', { name: '文書を作成する' }).click();
  const paper = editor.frameLocator('iframe[title="同意の記録"]');
  await paper.getByText('佐藤 健').first().waitFor();
  await paper.getByText('同意', { exact: false }).first().waitFor();
  await screenshot(editor, 'crm-5-consent-record');
  // A printer's own dialog is nothing that a page can see or close.
  await editor.locator('iframe[title="同意の記録"]').evaluate((frame: HTMLIFrameElement) => {
    if (frame.contentWindow)
      frame.contentWindow.print = () => frame.setAttribute('data-printed', '');
  });
  await dialog.getByRole('button', { name: '印刷する' }).click();
  await editor.locator('iframe[data-printed]').waitFor({ state: 'attached' });
  await dialog.getByRole('button', { name: '閉じる' }).last().click();
  expect(await rows({ editor, ...office }, 'crm_consent_prints')).toHaveLength(1);
}

const pair = ({ editor }: Office): Locator => editor.getByRole('region', { name: '高橋 美咲' });
const company = async (office: Office): Promise<string | null> => {
  const where = { customer_number: 'B001' };
  const [kept] = await rows<{ company: string | null }>(office, 'crm_customers', where);
  return kept?.company ?? null;
};

async function putTogether(office: Office): Promise<void> {
  const { editor } = office;
  await open(office, '/customers/duplicates');
  await pair(office).getByText('電話番号と氏名が同じ').waitFor();
  await pair(office).getByText('氏名と生年月日が同じ').waitFor();
  await screenshot(editor, 'crm-6-duplicates');
  expect(await editor.getByRole('button', { name: 'こちらを残して統合' }).count()).toBe(2);
  await pair(office).getByRole('button', { name: 'こちらを残して統合' }).first().click();
  const question = editor.getByRole('alertdialog', { name: '統合する' });
  await question.getByText('すべて「高橋 美咲 · B001」にまとめます').waitFor();
  await question.getByRole('button', { name: '統合する' }).click();
  await editor.getByText('重複の候補は見つかりませんでした。').waitFor();
  expect(await rows(office, 'crm_customers', { family_name: '高橋' })).toHaveLength(1);
  expect(await company(office)).toBe('縁商店');
}

async function partAgain(office: Office): Promise<void> {
  const { editor } = office;
  await editor.getByRole('button', { name: '統合を元に戻す' }).click();
  await pair(office).getByText('電話番号と氏名が同じ').waitFor();
  await editor.getByRole('region', { name: '最近の統合' }).getByText('元に戻しました').waitFor();
  expect(await rows(office, 'crm_customers', { family_name: '高橋' })).toHaveLength(2);
  expect(await company(office)).toBeNull();
}

export function customerSteps(office: () => Office): void {
  describe('somebody works with customers', () => {
    it('finds them by kana, chooses columns, and comes back to a view', () => keepView(office()));
    it('sees those of a segment', () => filterBySegment(office()));
    it('tags two of them, and takes it back', () => markMany(office()));
    it('leaves a note and narrows the timeline', () => note(office()));
    it('prints what somebody agreed to', () => printConsents(office()));
    it('puts two records together', () => putTogether(office()));
    it('parts them again', () => partAgain(office()));
  });
}
