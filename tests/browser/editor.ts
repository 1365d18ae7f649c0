/** What an editor does in the admin, by the words on the screen. */
import { expect } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { z } from 'zod';

import type { DemoSummary } from '../demo/demo-process';

export const crm = (demo: DemoSummary, path = '') => `${demo.admin}/plugins/crm${path}`;

export async function logIn(page: Page, demo: DemoSummary): Promise<void> {
  await page.addInitScript(() => localStorage.setItem('strapi-admin-language', 'ja'));
  await page.goto(`${demo.admin}/auth/login`);
  await page.locator('input[name=email]').fill(demo.adminEmail);
  await page.locator('input[name=password]').fill(demo.adminPassword);
  await page.locator('button[type=submit]').click();
  await page.waitForURL((url) => !url.pathname.includes('/auth/'));
}

/** Opens a select or a combobox and takes the option with these words. */
export async function choose(box: Locator, option: string | RegExp): Promise<void> {
  await box.click();
  await box.page().getByRole('option', { name: option }).first().click();
}

/** Ticks one option of a list where several can be chosen. */
export async function tick(box: Locator, option: string): Promise<void> {
  await choose(box, option);
  await box.page().keyboard.press('Escape');
}

/** "platinum, or bought for at least ¥10,000 in the last 12 months, and opted in", by clicking. */
export async function buildGoodCustomersRule(page: Page): Promise<void> {
  const addRule = page.getByRole('button', { name: '条件を追加' });
  const field = page.getByRole('combobox', { name: '項目' });
  await addRule.first().click();
  await choose(field.nth(0), /メール配信の同意$/);
  await tick(page.getByRole('combobox', { name: 'メール配信の同意 値' }), '同意済み');

  await page.getByRole('button', { name: 'グループを追加' }).first().click();
  await choose(page.getByRole('combobox', { name: '条件のつなぎ方' }).nth(1), 'どれかに当てはまる');
  await choose(field.nth(1), /会員ランク$/);
  await tick(page.getByRole('combobox', { name: '会員ランク 値' }), 'プラチナ');

  await addRule.nth(1).click();
  await choose(field.nth(2), /購入金額の合計$/);
  await page.getByRole('textbox', { name: '購入金額の合計 基準の値' }).fill('10000');
  await choose(page.getByRole('combobox', { name: '期間' }), 'か月');
}

/** The number that the preview panel shows, once it has settled. */
export async function settledNumber(panel: Locator): Promise<number> {
  let last = '';
  await expect
    .poll(
      async () => {
        const text = await panel.innerText();
        const same = text === last && /[\d,]+人/.test(text);
        last = text;
        return same;
      },
      { timeout: 20_000, interval: 800 },
    )
    .toBe(true);
  return Number((/([\d,]+)人/.exec(last)?.[1] ?? '').replaceAll(',', ''));
}

const list = z.object({
  data: z.array(
    z.looseObject({ documentId: z.string(), name: z.string(), segment: z.string().nullable() }),
  ),
});
const single = z.object({ data: z.looseObject({ documentId: z.string() }) });

/** The same campaign once more under another name, by the API that the screens use. */
export async function sendAgain(
  demo: DemoSummary,
  name: string,
  channels: readonly string[],
): Promise<string> {
  const call = async (path: string, body?: object, token?: string): Promise<unknown> => {
    const answer = await fetch(demo.site + path, {
      method: body ? 'POST' : 'GET',
      headers: {
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const credentials = { email: demo.adminEmail, password: demo.adminPassword };
  const login = z.object({ data: z.object({ token: z.string() }) });
  const { token } = login.parse(await call('/admin/login', credentials)).data;
  const campaigns = list.parse(await call('/crm/campaigns', undefined, token)).data;
  const { documentId } = z
    .looseObject({ documentId: z.string() })
    .parse(campaigns.find((campaign) => campaign.name === name));
  const first = single.parse(await call(`/crm/campaigns/${documentId}`, undefined, token)).data;
  const { subject, source, segment } = first;
  const again = { name: `${name} 再び`, subject, source, segment, channels };
  const created = single.parse(await call('/crm/campaigns', again, token)).data;
  await call(`/crm/campaigns/${created.documentId}/send`, {}, token);
  return again.name;
}
