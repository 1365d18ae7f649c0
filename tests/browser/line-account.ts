/** What the official account shows and gives: a rich menu from a template, a coupon in a block. */
import { describe, expect, it } from 'vitest';

import { screenshot } from '../support/browser';
import { createArticle } from '../support/campaign';
import { kernel } from '../support/crm';
import { choose, crm } from './editor';
import type { House } from './house';

const MENU = '店舗メニュー';
const BUTTONS = ['新着入荷', '営業時間', '会員連携'];
const COUPON = '冬の500円引き';
const ARTICLES = '/content-manager/collection-types/api::article.article';

async function makeMenu({ editor, admin }: House): Promise<void> {
  await editor.goto(crm({ admin }, '/line/menus'));
  await editor.getByRole('link', { name: 'リッチメニューを作る' }).first().click();
  await editor.getByRole('textbox', { name: '名前', exact: true }).fill(MENU);
  await choose(editor.getByRole('combobox', { name: '配色' }), '朱');
  for (const [place, label] of BUTTONS.entries()) {
    const field = editor.getByRole('region', { name: `ボタン${place + 1}` });
    await field.getByRole('textbox', { name: '文字' }).fill(label);
  }
  const second = editor.getByRole('region', { name: 'ボタン2' });
  await choose(second.getByRole('combobox', { name: 'タップしたとき' }), 'メッセージを送る');
  await second.getByRole('textbox', { name: '送る文字' }).fill('営業時間は？');
  await editor.getByRole('checkbox', { name: '公開' }).click();
  await screenshot(editor, 'delivery-menu');
  await editor.getByRole('button', { name: '保存する' }).click();
  await editor.waitForURL((url) => !url.pathname.endsWith('/new'));
}

async function seeMenu({ editor, phone, world, db }: House): Promise<void> {
  await kernel().jobs(world.app.strapi).fire('line.rich-menus');
  await phone.reload();
  const menu = phone.locator('#rich-menu');
  const picture = menu.getByRole('img', { name: MENU });
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(2500);
  await screenshot(phone, 'delivery-menu-phone');
  await menu.getByRole('button').nth(1).click();
  await phone.locator('#log').getByText('営業時間は？').last().waitFor();
  await world.drain();
  expect(await db()('crm_line_menu_taps').select('place', 'taps')).toEqual([{ place: 1, taps: 1 }]);
  await editor.reload();
  await editor.getByText('表示中', { exact: true }).waitFor();
  await editor.getByRole('heading', { name: 'ボタン2（タップ1回）' }).waitFor();
}

async function makeCoupon({ editor, admin, world }: House): Promise<void> {
  await editor.goto(crm({ admin }, '/line/coupons'));
  await editor.getByRole('button', { name: 'クーポンを作る' }).first().click();
  await editor.getByRole('textbox', { name: 'クーポン名' }).fill(COUPON);
  await choose(editor.getByRole('combobox', { name: '特典' }), '割引（円）');
  await editor.getByLabel('金額（円）').fill('500');
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await editor.getByLabel('開始日').fill(day(-1));
  await editor.getByLabel(/^終了日/).fill(day(30));
  await screenshot(editor, 'delivery-coupon');
  await editor.getByRole('button', { name: 'LINEに作る' }).click();
  await editor.getByRole('heading', { name: COUPON }).waitFor();
  const made = [...world.emulator.platform.defaultChannel().coupons.values()];
  expect(made).toHaveLength(1);
  expect(JSON.stringify(made)).toContain(COUPON);
}

async function pickCoupon({ editor, admin, world }: House): Promise<void> {
  const article = await createArticle(world.app, { title: 'クーポンのご案内' });
  await editor.goto(`${admin}${ARTICLES}/${article}?plugins[i18n][locale]=ja`);
  await editor
    .getByRole('button', { name: /ブロックを追加|本文にコンポーネントを追加|追加/ })
    .last()
    .click();
  await editor.getByRole('button', { name: /^crm/i }).click();
  await screenshot(editor, 'delivery-coupon-blocks');
  await editor.getByRole('button', { name: /LINEクーポン/ }).click();
  await choose(editor.getByRole('combobox', { name: 'クーポン' }), COUPON);
  await editor.getByText('使えます').last().waitFor();
  await screenshot(editor, 'delivery-coupon-block');
  await editor.getByRole('button', { name: '公開', exact: true }).click();
}

export function lineAccount(house: () => House): void {
  describe('the rich menu', () => {
    it('is made from a template and published', () => makeMenu(house()));
    it('stands on the telephone, and its taps are counted', () => seeMenu(house()));
  });
  describe('a coupon', () => {
    it('is made on LINE', () => makeCoupon(house()));
    it('is picked in a block', () => pickCoupon(house()));
  });
}
