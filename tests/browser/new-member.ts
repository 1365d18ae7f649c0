/**
 * The story of a new member, in either language: she meets a gated article, registers, reads it,
 * sets up her page, logs out, and comes back without a password.
 */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { newPerson, screenshot } from '../support/browser';
import { linkIn, mailboxOf } from './mailbox';
import { NEW_MEMBERS, type NewMember } from './new-member-cast';
import type { Stage } from './stage';

interface Part {
  readonly lang: 'ja' | 'en';
  readonly width: number;
  /** How she comes back. */
  readonly by: 'code' | 'link';
}

/** Where a step plays, and what she has read so far. */
interface Scene {
  readonly part: Part;
  readonly she: NewMember;
  readonly stage: Stage;
  readonly person: BrowserContext;
  readonly page: Page;
}

const articleOf = ({ lang }: Part) => `${lang === 'ja' ? '' : '/en'}/articles/cutting-engineer`;

/** Nothing sticks out at the side, and the page says which language it is in. */
async function look({ page, part: { lang, width } }: Scene, name: string): Promise<void> {
  await screenshot(page, `member-${lang}-${width}-${name}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide, name).toBeLessThanOrEqual(width);
  expect(await page.locator('html').getAttribute('lang')).toBe(lang);
}

async function isRefused(scene: Scene): Promise<void> {
  const { page, she, stage, part } = scene;
  await page.goto(stage.demo.site + articleOf(part));
  await look(scene, 'teaser');
  await page.locator('.invitation').getByRole('link', { name: she.says.join }).click();
  await page.getByRole('button', { name: she.says.send }).click();
  await page.locator('#e-email').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('f-email');
  await look(scene, 'refused');
}

async function registers(scene: Scene): Promise<void> {
  const { page, she, stage, part } = scene;
  const values = { email: she.email, password: she.password, ...she.names };
  for (const [name, value] of Object.entries(values)) await page.locator(`#f-${name}`).fill(value);
  await page.getByRole('button', { name: she.says.send }).click();
  await page.waitForURL('**/m/check-mail**');
  await look(scene, 'check-mail');
  const mail = await mailboxOf(stage.demo).newest(she.email);
  await page.goto(linkIn(mail, /\/m\/confirm/));
  await page.getByRole('button', { name: she.says.finish }).click();
  await page.waitForURL(`**${articleOf(part)}`);
  expect(await page.locator('.invitation').count()).toBe(0);
  await look(scene, 'article');
}

async function choosesChannels(scene: Scene): Promise<void> {
  const { page, she } = scene;
  await page.getByRole('link', { name: she.says.myPage }).first().click();
  await isOnHerPage(scene);
  await look(scene, 'my-page');
  const mail = page.getByRole('checkbox', { name: she.says.email });
  await mail.check();
  await page.locator('#channels').getByRole('button', { name: she.says.save }).click();
  await page.getByText(she.says.saved).waitFor();
  expect(await mail.isChecked()).toBe(true);
}

async function isToldWhatIsMissing(scene: Scene): Promise<void> {
  const { page, she } = scene;
  const name = page.locator('#f-familyName');
  await name.fill('');
  await page.locator('#profile').getByRole('button', { name: she.says.save }).click();
  await page.locator('#e-familyName').waitFor();
  expect(await name.inputValue(), 'as she left it').toBe('');
  await look(scene, 'my-page-refused');
}

async function logsOut({ page, person, she, stage, part: { lang } }: Scene): Promise<void> {
  await page.goto(`${stage.demo.site}/m/me`);
  await page.getByRole('button', { name: she.says.logOut }).click();
  await page.waitForURL(stage.demo.site + (lang === 'ja' ? '/' : '/en'));
  expect(await page.locator('html').getAttribute('lang')).toBe(lang);
  expect((await person.cookies()).some(({ name }) => name === 'crm_session')).toBe(false);
}

async function comesBack(scene: Scene): Promise<void> {
  const { page, she, stage, part } = scene;
  await page.goto(`${stage.demo.site}/m/login?lang=${part.lang}`);
  await page.locator('#f-link-email').fill(she.email);
  await page.getByRole('button', { name: she.says.withoutPassword }).click();
  await page.locator('#f-code').waitFor();
  await look(scene, 'code');
  const mail = await mailboxOf(stage.demo).newest(she.email, she.says.linkMail);
  if (part.by === 'code') {
    await page.locator('#f-code').fill(/\b\d{6}\b/.exec(mail.text ?? '')?.[0] ?? '');
  } else {
    await page.goto(linkIn(mail, /\/m\/login\/link/));
  }
  await page.locator('main').getByRole('button', { name: she.says.logIn }).click();
  await isOnHerPage(scene);
  await page.goto(stage.demo.site + articleOf(part));
  expect(await page.locator('.invitation').count()).toBe(0);
}

const isOnHerPage = ({ page, she }: Scene) =>
  page.getByRole('heading', { level: 1, name: new RegExp(she.names.givenName) }).waitFor();

/** One story, in order: each step stands on the one before. */
export function newMemberStory(stage: () => Stage, part: Part): void {
  describe(`a new member, ${part.lang} at ${part.width} px`, () => {
    let scene: Scene;
    beforeAll(async () => {
      const locale = part.lang === 'ja' ? 'ja-JP' : 'en-US';
      const person = await newPerson(stage().browser, { locale, width: part.width });
      const page = await person.newPage();
      scene = { part, she: NEW_MEMBERS[part.lang], stage: stage(), person, page };
    });
    afterAll(() => scene.person.close());

    it('is invited by the article, and led to the first wrong field', () => isRefused(scene));
    it('registers, confirms, and reads on where she was', () => registers(scene));
    it('chooses on her page how to hear from the shop', () => choosesChannels(scene));
    it('is told beside the field what is missing', () => isToldWhatIsMissing(scene));
    it('logs out and stays in her language', () => logsOut(scene));
    it(`comes back by ${part.by}, without her password`, () => comesBack(scene));
  });
}
