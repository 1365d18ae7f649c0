/** What an editor does in the admin, by the words on the screen. */
import { expect } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { z } from 'zod';

import type { DemoSummary } from '../demo/demo-process';
import { screenshot } from '../support/browser';
import { HER } from './cast';

/** Where the admin is, and who works there. */
export type Admin = Pick<DemoSummary, 'admin' | 'adminEmail' | 'adminPassword'>;

export const crm = (demo: Pick<Admin, 'admin'>, path = '') => `${demo.admin}/plugins/crm${path}`;

export async function logIn(page: Page, demo: Admin): Promise<void> {
  await page.addInitScript(() => localStorage.setItem('strapi-admin-language', 'ja'));
  await page.goto(`${demo.admin}/auth/login`);
  await page.locator('input[name=email]').fill(demo.adminEmail);
  await page.locator('input[name=password]').fill(demo.adminPassword);
  await page.locator('button[type=submit]').click();
  await page.waitForURL((url) => !url.pathname.includes('/auth/'));
}

/** Searches the list of customers for her and opens her record. */
export async function openRecord(
  page: Page,
  demo: DemoSummary,
  words: string,
  pictureOfList?: string,
): Promise<void> {
  await page.goto(crm(demo, '/customers'));
  await page.getByPlaceholder(/たかはし/).fill(words);
  const row = page.getByText(`${HER.family} ${HER.given}`).first();
  await row.waitFor();
  if (pictureOfList) await screenshot(page, pictureOfList);
  await row.click();
  await page.waitForURL('**/customers/*');
  await page.getByRole('heading', { name: new RegExp(HER.family), level: 1 }).waitFor();
}

/** Opens a select or a combobox and takes the option with these words. */
export async function choose(box: Locator, option: string | RegExp): Promise<void> {
  await box.click();
  await box.page().getByRole('option', { name: option }).first().click();
}

/** Types into a searchable list and takes the entry that ends with these words. */
export async function find(box: Locator, words: string): Promise<void> {
  await box.click();
  await box.fill(words);
  await box
    .page()
    .getByRole('option', { name: new RegExp(words) })
    .first()
    .click();
}

/** Ticks one option of a list where several can be chosen. */
export async function tick(box: Locator, option: string): Promise<void> {
  await choose(box, option);
  await box.page().keyboard.press('Escape');
}

/** "platinum, or bought for at least ¥10,000 in the last 12 months, and opted in", by clicking. */
export async function buildGoodCustomersRule(page: Page): Promise<void> {
  const addRule = page.getByRole('button', { name: '条件を追加' });
  // By attribute: while one list is open, the others are hidden from the accessibility tree.
  const field = page.locator('input[aria-label="項目"]');
  await addRule.first().click();
  await find(field.nth(0), 'メール配信の同意');
  await tick(page.getByRole('combobox', { name: 'メール配信の同意 値' }), '同意済み');

  await page.getByRole('button', { name: 'グループを追加' }).first().click();
  await choose(page.getByRole('combobox', { name: '条件のつなぎ方' }).nth(1), 'どれかに当てはまる');
  await find(field.nth(1), '会員ランク');
  await tick(page.getByRole('combobox', { name: '会員ランク 値' }), 'プラチナ');

  await addRule.nth(1).click();
  await find(field.nth(2), '購入金額の合計');
  await page.getByLabel('金額（円）').fill('10000');
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
      { timeout: 60_000, interval: 800 },
    )
    .toBe(true);
  return Number((/([\d,]+)人/.exec(last)?.[1] ?? '').replaceAll(',', ''));
}

const campaign = z.looseObject({ documentId: z.string(), name: z.string() });
const campaignList = z.object({ data: z.array(campaign) });
const oneCampaign = z.object({ data: campaign });

/** The same campaign once more, by these channels, over the API that the composer uses; its name. */
export async function sendAgain(
  demo: DemoSummary,
  name: string,
  channels: readonly string[],
): Promise<string> {
  const credentials = { email: demo.adminEmail, password: demo.adminPassword };
  const login = z.object({ data: z.object({ token: z.string() }) });
  const { token } = login.parse(await call(demo, '/admin/login', { body: credentials })).data;
  const { data } = campaignList.parse(await call(demo, '/crm/campaigns', { token }));
  const first = campaign.parse(data.find((candidate) => candidate.name === name));
  const one = await call(demo, `/crm/campaigns/${first.documentId}`, { token });
  const { subject, source, segment } = oneCampaign.parse(one).data;
  const body = { name: `${name} 再び`, subject, source, segment, channels };
  const created = oneCampaign.parse(await call(demo, '/crm/campaigns', { token, body })).data;
  await call(demo, `/crm/campaigns/${created.documentId}/send`, { token, body: {} });
  return body.name;
}

async function call(
  demo: DemoSummary,
  path: string,
  { token, body }: { readonly token?: string; readonly body?: object },
): Promise<unknown> {
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
}
