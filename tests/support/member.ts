/** People who register on the site the way people do. */
import { expect } from 'vitest';

import type { TestApp } from './app';
import type { FakeSmtp } from './fake-smtp';
import { mailedLink, siteBrowser, type SiteAnswer, type SiteBrowser } from './site-browser';

export const HANAKO = {
  email: 'hanako@example.jp',
  password: 'たぬきのレコード',
  familyName: '山田',
  givenName: '花子',
  familyNameKana: 'やまだ',
  givenNameKana: 'ﾊﾅｺ',
  postalCode: '150-0001',
  prefecture: '東京都',
  city: '渋谷区',
  street: '神宮前１−２−３',
  phone: '090-1234-5678',
  birthday: '1990-04-01',
};

export const person = (email: string) => ({ ...HANAKO, email });

export interface Registered {
  readonly browser: SiteBrowser;
  /** Path of the mailed link. */
  readonly link: string;
  readonly token: string;
}

/** Filled in the form and got the mail; not confirmed yet. */
export async function register(
  app: TestApp,
  smtp: FakeSmtp,
  email: string,
  more: Record<string, string> = {},
): Promise<Registered> {
  const browser = siteBrowser(app);
  const answer = await browser.form('/m/register', { ...person(email), ...more });
  expect(answer.status).toBe(303);
  const link = await mailedLink(app, smtp, email);
  return { browser, link, token: new URL(link, app.origin).searchParams.get('token') ?? '' };
}

/** Pressed the button of the mailed link: a member, logged in in `browser`. */
export async function registerMember(
  app: TestApp,
  smtp: FakeSmtp,
  email: string,
  more: Record<string, string> = {},
): Promise<Registered & { readonly answer: SiteAnswer }> {
  const registered = await register(app, smtp, email, more);
  const answer = await registered.browser.form('/m/confirm', { token: registered.token });
  expect(answer.status).toBe(303);
  return { ...registered, answer };
}
