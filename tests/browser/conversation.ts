/** A friend writes on LINE; an operator sees it, answers, and hands over to the automatic replies. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { screenshot } from '../support/browser';
import { crm } from './editor';
import { befriend, type House } from './house';

export const FRIEND = '白石 花子';
const QUESTION = '在庫はありますか';
const ANSWER = 'ございます。お取り置きしましょうか。';
const HOURS = '11時から20時まで営業しております。';

async function say({ phone, world }: House, words: string): Promise<void> {
  await phone.bringToFront();
  await phone.locator('#composer-text').fill(words);
  await phone.locator('#composer').getByRole('button', { name: '送信' }).click();
  await phone.locator('#log').getByText(words).first().waitFor();
  await world.drain();
}

/** A rule of the automatic replies, in the Content Manager. */
async function writeRule({ editor, admin, db }: House): Promise<void> {
  await editor.goto(crm({ admin }, '/line/chats'));
  await editor.getByRole('link', { name: '自動応答の設定' }).click();
  await editor.getByRole('link', { name: '新しいエントリーを作成' }).first().click();
  await editor.getByRole('textbox', { name: '名前（管理用）' }).fill('営業時間');
  const when = editor.getByRole('combobox', { name: '返すとき' });
  await when.click();
  // Words, and not the values as they are stored.
  await editor.getByRole('option', { name: '友だち追加のあいさつ' }).waitFor();
  await editor.getByRole('option', { name: 'キーワードを含む' }).click();
  await editor.getByRole('textbox', { name: 'キーワード（1行に1つ）' }).fill('営業時間\n何時まで');
  await editor.getByRole('textbox', { name: '返す文章' }).fill(HOURS);
  await screenshot(editor, 'delivery-chat-rule');
  await editor.getByRole('button', { name: '保存', exact: true }).click();
  await editor.waitForURL((url) => !url.pathname.endsWith('/create'));
  expect(await db()('crm_line_auto_replies').select('match', 'reply')).toEqual([
    { match: 'contains', reply: HOURS },
  ]);
}

const status = (editor: Page) => editor.locator('main').getByRole('status');

async function answerFriend(house: House): Promise<void> {
  const { editor, phone, admin, db, world } = house;
  const her = await befriend(house, FRIEND);
  await say(house, QUESTION);
  await editor.goto(crm({ admin }, '/line/chats'));
  await editor.getByLabel('未読1件').waitFor();
  await screenshot(editor, 'delivery-chat-list');
  await editor.getByRole('button', { name: FRIEND }).click();
  await editor.getByLabel('メッセージ', { exact: true }).getByText(QUESTION).waitFor();
  await status(editor).getByText('自動応答が有効です。').waitFor();
  await editor.getByText('までは無料で返信できます。').waitFor();
  await editor.getByRole('textbox', { name: '返信' }).fill(ANSWER);
  await editor.getByRole('button', { name: '送信する' }).click();
  // She who answers has the conversation.
  await status(editor).getByText('担当者が対応中です。').waitFor();
  await phone.locator('#log').getByText(ANSWER).waitFor();
  await screenshot(editor, 'delivery-chat-thread');
  expect(await world.inbox(her)).toContainEqual(
    expect.objectContaining({ via: 'reply', message: { type: 'text', text: ANSWER } }),
  );
  expect(await db()('crm_line_friends').pluck('unread')).toEqual([0]);
}

async function handOver(house: House): Promise<void> {
  const { editor, phone } = house;
  const answered = () => phone.locator('#log').getByText(HOURS).count();
  await say(house, '営業時間は？');
  await editor.getByLabel('メッセージ', { exact: true }).getByText('営業時間は？').waitFor();
  expect(await answered(), 'the bot is silent while an operator answers').toBe(0);
  await editor.getByRole('button', { name: '自動応答に戻す' }).click();
  await status(editor).getByText('自動応答が有効です。').waitFor();
  await say(house, '何時までですか');
  await phone.locator('#log').getByText(HOURS).waitFor();
  await editor.getByRole('button', { name: '担当する' }).click();
  await status(editor).getByText('担当者が対応中です。').waitFor();
  await say(house, '何時まで');
  expect(await answered(), 'and silent again').toBe(1);
  await screenshot(phone, 'delivery-chat-phone');
}

export function conversation(house: () => House): void {
  describe('a conversation on LINE', () => {
    it('has an automatic reply, written in the Content Manager', () => writeRule(house()));
    it('is answered by an operator for nothing', () => answerFriend(house()));
    it('goes to the automatic replies and back', () => handOver(house()));
  });
}
