/** A rule is built by clicking, read as a sentence, asked about one person, saved, and kept while used. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { screenshot } from '../support/browser';
import { find, tick } from './editor';
import { open, rows, type Office } from './office';

export const SEGMENT = '大阪の常連';

const panel = ({ editor }: Office, name: string): Locator => editor.getByRole('region', { name });

async function build(office: Office): Promise<void> {
  const { editor } = office;
  await open(office, '/segments/new');
  await editor.locator('input[name=name]').fill(SEGMENT);
  const field = editor.locator('input[aria-label="項目"]');
  const add = editor.getByRole('button', { name: '条件を追加' });
  await add.click();
  await find(field.nth(0), 'お客様の情報 › タグ');
  await tick(editor.getByRole('combobox', { name: 'タグ 値' }), '常連');
  const found = panel(office, '当てはまるお客様');
  await found.getByText('2人', { exact: true }).waitFor();
  await found.getByText('お客様全体（5人）の40%').waitFor();
  await add.click();
  await find(field.nth(1), '市区町村');
  await editor.getByRole('textbox', { name: '市区町村 値' }).fill('大阪市北区');
  await found.getByText('1人', { exact: true }).waitFor();
  await found.getByRole('link', { name: '佐藤 健' }).waitFor();
  const sentences = panel(office, '条件').getByRole('listitem');
  expect(await sentences.allInnerTexts()).toEqual([
    '次のすべてに当てはまる',
    'タグに「常連」のどれかがある',
    '市区町村が「大阪市北区」',
  ]);
}

async function askWhy(office: Office): Promise<void> {
  const why = panel(office, 'なぜ入る？なぜ入らない？');
  const ask = async (words: string, name: string) => {
    await why.getByRole('textbox', { name: 'お客様を検索' }).fill(words);
    const people = why.getByRole('button', { name });
    await people.waitFor();
    await expect.poll(() => why.getByRole('button').count()).toBe(1);
    await people.click();
  };
  await ask('たなか', '田中 一郎');
  await why.getByText('田中 一郎さんは、この条件に当てはまりません。').waitFor();
  const marks = () =>
    why.getByRole('img').evaluateAll((all) => all.map((mark) => mark.getAttribute('aria-label')));
  expect(await marks()).toEqual(['当てはまらない', '当てはまる', '当てはまらない']);
  await screenshot(office.editor, 'crm-1-segment');
  await why.getByRole('button', { name: '別のお客様を調べる' }).click();
  await ask('4444', '佐藤 健');
  await why.getByText('佐藤 健さんは、この条件に当てはまります。').waitFor();
  expect(await marks()).toEqual(['当てはまる', '当てはまる', '当てはまる']);
}

/** With many customers the answer takes its time, and what is under way must be seen. */
async function holdAnswer({ editor }: Office): Promise<{ release(): void }> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await editor.route(
    (url) => url.pathname === '/crm/segments',
    async (route) => {
      await released;
      await route.continue();
    },
    { times: 1 },
  );
  return { release };
}

async function save(office: Office): Promise<void> {
  const { editor } = office;
  const answered = await holdAnswer(office);
  await editor.getByRole('button', { name: '保存する' }).click();
  await editor.getByRole('status').getByText('保存しています。').waitFor();
  answered.release();
  await editor.getByText('保存しました。1人が当てはまります。').waitFor();
  await editor.waitForURL((url) => !url.pathname.endsWith('/new'));
  const stored = await rows<{ name: string; member_count: number }>(office, 'crm_segments');
  expect(stored).toMatchObject([{ name: SEGMENT, member_count: 1 }]);
  await panel(office, '使用先').getByText('まだどこでも使われていません。').waitFor();
}

/** Another segment asks about it: it cannot go before that one does. */
async function keepWhileUsed(office: Office): Promise<void> {
  const { editor, admin } = office;
  const id = new URL(editor.url()).pathname.split('/').at(-1) ?? '';
  const rule = { field: 'segment.member', operator: 'in', value: [id] };
  const { status } = await admin.post('/crm/segments', {
    name: '大阪の常連を含む',
    description: '',
    kind: 'dynamic',
    rule: { combinator: 'and', rules: [rule] },
  });
  expect(status).toBe(201);
  await editor.reload();
  const user = panel(office, '使用先').getByRole('link', { name: '大阪の常連を含む' });
  await user.waitFor();
  const remove = async () => {
    await editor.getByRole('button', { name: '削除する' }).click();
    const question = editor.getByRole('alertdialog', { name: 'セグメントを削除しますか？' });
    await question.getByRole('button', { name: '削除する' }).click();
  };
  await remove();
  await editor.getByText('このセグメントは1か所で使われているため、削除できません。').waitFor();
  await screenshot(editor, 'crm-2-segment-used');
  expect(await rows(office, 'crm_segments')).toHaveLength(2);
  await user.click();
  await editor.getByRole('heading', { name: '大阪の常連を含む', level: 1 }).waitFor();
  await remove();
  await editor.getByText('セグメントを削除しました').first().waitFor();
  expect(await rows(office, 'crm_segments')).toMatchObject([{ name: SEGMENT }]);
}

export function segmentSteps(office: () => Office): void {
  describe('a marketer describes people', () => {
    it('builds a rule of two clauses and sees whom it means', () => build(office()));
    it('asks why somebody is in and somebody is not', () => askWhy(office()));
    it('saves it', () => save(office()));
    it('cannot delete it while another segment asks about it', () => keepWhileUsed(office()));
  });
}
