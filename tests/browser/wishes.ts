/** Her preference centre, reached from the mail: topics, how often, a rest. On a telephone. */
import { describe, expect, it } from 'vitest';

import { newPerson, screenshot } from '../support/browser';
import { kernel } from '../support/crm';
import { crm } from './editor';
import type { House } from './house';

const TOPIC = '新着のご案内';
const DAY = 86_400_000;

async function addTopic({ editor, admin }: House): Promise<void> {
  await editor.goto(crm({ admin }, '/campaigns/topics'));
  await editor.getByRole('button', { name: '話題を追加' }).first().click();
  await editor.getByRole('textbox', { name: '名前（日本語）' }).fill(TOPIC);
  await editor.getByRole('textbox', { name: '名前（英語）' }).fill('New arrivals');
  await editor.getByRole('button', { name: '保存する' }).click();
  await editor.getByRole('heading', { name: TOPIC }).waitFor();
}

async function wish({ browser, world, smtp, db, editor }: House): Promise<void> {
  const hers = smtp.mails.find(({ to }) => to.includes('shiraishi@example.jp'));
  const headers = (await hers?.parse())?.headers ?? [];
  const link = headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '';
  const { pathname } = new URL(link.replace(/[<>]/g, ''));
  const page = await (await newPerson(browser, { width: 375, height: 812 })).newPage();
  await page.goto(world.app.origin + pathname);
  await page.getByRole('checkbox', { name: TOPIC }).uncheck();
  await page.getByLabel('1週間に届く回数').selectOption({ label: '週に1通まで' });
  await page.getByLabel('配信のお休み').selectOption({ label: '今日から30日間お休みする' });
  await screenshot(page, 'delivery-wishes');
  await page.getByRole('button', { name: '設定を保存する' }).click();
  await page.getByRole('status').getByText('設定を保存しました。').waitFor();
  await page.getByText('までお休み中です（自動で再開します）').waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(375);
  await screenshot(page, 'delivery-wishes-saved');
  const now = kernel().clock(world.app.strapi).now().getTime();
  const [kept] = await db()('crm_contact_wishes').select('paused_until', 'weekly_max');
  expect(kept?.weekly_max).toBe(1);
  const days = (Number(kept?.paused_until) - now) / DAY;
  expect(days).toBeGreaterThan(28.9);
  expect(days).toBeLessThanOrEqual(30);
  expect(await db()('crm_topic_refusals').count('* as n')).toEqual([{ n: 1 }]);
  await editor.reload();
  await editor.getByText('受け取らない方：1人').waitFor();
}

export function wishes(house: () => House): void {
  describe('her wishes', () => {
    it('can name a topic that an editor made', () => addTopic(house()));
    it('are set on a telephone, from the link in her mail', () => wish(house()));
  });
}
