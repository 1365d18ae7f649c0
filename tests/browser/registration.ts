/** What she types into the registration form; the address comes from the postal code. */
import { expect } from 'vitest';
import type { Page } from 'playwright-core';

import { HER } from './cast';

export async function fillRegistration(page: Page): Promise<void> {
  await page.getByLabel('メールアドレス').fill(HER.email);
  await page.getByLabel('パスワード').fill(HER.password);
  await page.getByLabel('姓', { exact: true }).fill(HER.family);
  await page.getByLabel('名', { exact: true }).fill(HER.given);
  await page.getByLabel('セイ').fill('さくらい');
  await page.getByLabel('メイ').fill('ﾕｲ');
  await page.getByLabel('郵便番号').fill('150-0001');
  await page.getByLabel('郵便番号').blur();
  await expect.poll(() => page.getByLabel('都道府県').inputValue()).toBe('東京都');
  expect(await page.getByLabel('市区町村').inputValue()).toBe('渋谷区');
  await page.getByRole('checkbox', { name: 'メール' }).check();
}
