/**
 * The main job, as people click it: a visitor becomes a member and a LINE friend, an editor finds
 * her, builds a segment and sends a campaign, she opens, clicks and unsubscribes. One story, in
 * order: each step stands on the one before, so it is one file however long it gets.
 */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { newPerson, screenshot } from '../support/browser';
import { EDITOR_MAIL, HER, MEMBERS_ARTICLE, SEGMENT, SUBJECT } from './cast';
import {
  buildGoodCustomersRule,
  choose,
  crm,
  find,
  logIn,
  openRecord,
  sendAgain,
  settledNumber,
} from './editor';
import { linkIn, mailboxOf, oneClickLink, type Mailbox } from './mailbox';
import { fillRegistration } from './registration';
import { openStage, type Stage } from './stage';

/** A sentence behind the teaser of the members' article; the test reads it as a member first. */
let secret = '';

let stage: Stage;
let mailbox: Mailbox;
let visitor: BrowserContext;
let page: Page;
let editor: Page;
let phone: Page;

beforeAll(async () => {
  stage = await openStage();
  mailbox = mailboxOf(stage.demo);
  visitor = await newPerson(stage.browser);
  page = await visitor.newPage();
}, 600_000);

afterAll(() => stage.end());

const site = (path: string) => stage.demo.site + path;

describe('1. a visitor', () => {
  it('sees the top page with the block meant for visitors', async () => {
    await page.goto(site('/'));
    await page.getByRole('link', { name: '無料で会員登録' }).waitFor();
    await screenshot(page, '1-top-visitor');
  });

  it('gets the teaser of a members-only article and an invitation to register', async () => {
    await page.goto(site(MEMBERS_ARTICLE));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page
      .locator('.invitation')
      .getByRole('link', { name: /会員登録/ })
      .waitFor();
    await screenshot(page, '1-article-teaser');
  });

  it('is asked to log in for the platinum page', async () => {
    const answer = await page.goto(site('/pages/platinum'));
    expect(answer?.status()).toBe(401);
  });
});

describe('2. she registers', () => {
  it('is told beside the fields what is missing', async () => {
    await page.goto(site(`/m/register?next=${encodeURIComponent(MEMBERS_ARTICLE)}`));
    await page.getByRole('button', { name: '確認メールを受け取る' }).click();
    await page.locator('#e-email').waitFor();
    expect(await page.locator('#f-email').getAttribute('aria-invalid')).toBe('true');
    await screenshot(page, '2-register-errors');
  });

  it('has her address filled from the postal code and sends the form', async () => {
    await page.goto(site(`/m/register?next=${encodeURIComponent(MEMBERS_ARTICLE)}`));
    await fillRegistration(page);
    await page.getByRole('button', { name: '確認メールを受け取る' }).click();
    await page.waitForURL('**/m/check-mail**');
    await screenshot(page, '2-check-mail');
  });

  it('is not confirmed by a prefetch, but by her own click, and is logged in', async () => {
    const mail = await mailbox.newest(HER.email);
    const link = linkIn(mail, /\/m\/confirm/);
    for (const method of ['HEAD', 'GET']) {
      const prefetch = await fetch(link, { method, headers: { 'sec-purpose': 'prefetch' } });
      expect(prefetch.headers.getSetCookie().join()).not.toContain('crm_session');
    }
    await page.goto(link);
    await page.getByRole('button', { name: '登録を完了する' }).click();
    await page.waitForURL(`**${MEMBERS_ARTICLE}`);
    const session = (await visitor.cookies()).find(({ name }) => name === 'crm_session');
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  });

  it('reads the whole article, of which a visitor gets not one byte, in HTML and JSON', async () => {
    const paragraphs = page.locator('.article-body p');
    secret = (await paragraphs.last().innerText()).slice(0, 24);
    expect(secret.length).toBeGreaterThan(10);
    expect(await page.locator('.invitation').count()).toBe(0);
    await screenshot(page, '2-article-member');
    const stranger = await newPerson(stage.browser);
    for (const path of [MEMBERS_ARTICLE, `${MEMBERS_ARTICLE}.json`]) {
      const answer = await stranger.request.get(site(path));
      expect(await answer.text()).not.toContain(secret);
    }
    await stranger.close();
  });

  it('sees the block meant for members on the top page', async () => {
    await page.goto(site('/'));
    expect(await page.getByRole('link', { name: '無料で会員登録' }).count()).toBe(0);
    await screenshot(page, '2-top-member');
  });

  it('is told that the platinum page is for platinum members', async () => {
    const answer = await page.goto(site('/pages/platinum'));
    expect(answer?.status()).toBe(403);
  });
});

describe('3. on her phone', () => {
  it('adds the account on LINE and is greeted at no cost', async () => {
    const context = await newPerson(stage.browser);
    phone = await context.newPage();
    await phone.goto(stage.demo.line);
    await phone.locator('#new-person input').fill(`${HER.family} ${HER.given}`);
    await phone.locator('#new-person button').click();
    await phone.getByRole('button', { name: '友だち追加' }).click();
    await phone.locator('#log').getByText('会員とつなぐ', { exact: true }).waitFor();
    await phone.locator('#panel').getByText('reply').first().waitFor();
    await screenshot(phone, '3-line-greeting');
  });

  it('taps the button, logs in on the site, agrees, and is linked', async () => {
    await phone.locator('#log').getByText('会員とつなぐ', { exact: true }).click();
    const inside = phone.frameLocator('#browser iframe');
    await inside.locator('#f-email').fill(HER.email);
    await inside.locator('#f-password').fill(HER.password);
    await inside.getByRole('button', { name: 'ログイン', exact: true }).click();
    await inside.getByRole('button', { name: '連携して、お知らせも受け取る' }).waitFor();
    await screenshot(phone, '3-line-consent');
    await inside.getByRole('button', { name: '連携して、お知らせも受け取る' }).click();
    await page.goto(site('/m/me'));
    await expect
      .poll(async () => (await page.reload(), page.locator('main').innerText()), {
        timeout: 60_000,
        interval: 1000,
      })
      .toContain('連携中');
    await screenshot(page, '3-my-page');
  });
});

describe('4. an editor finds her', () => {
  it('logs in to the admin and sees Home', async () => {
    const context = await newPerson(stage.browser);
    editor = await context.newPage();
    await logIn(editor, stage.demo);
    await editor.goto(crm(stage.demo));
    await editor.getByRole('heading', { name: 'ホーム', level: 1 }).waitFor();
    await screenshot(editor, '4-home');
  });

  it('searches by kana, in half-width too, and opens the record', async () => {
    await openRecord(editor, stage.demo, 'ｻｸﾗｲ', '4-customers');
  });

  it('reads everything above on one timeline, newest first', async () => {
    await editor.getByText('会員登録を申し込みました').waitFor();
    const text = await editor.locator('main').innerText();
    expect(text).toContain(HER.email);
    const line = text.indexOf('LINE', text.indexOf('タイムライン'));
    const registered = text.lastIndexOf('会員登録');
    expect(line).toBeGreaterThan(-1);
    expect(registered).toBeGreaterThan(line);
    await screenshot(editor, '4-record');
  });

  it('makes her platinum, and her next page shows it', async () => {
    await choose(editor.getByRole('combobox', { name: '会員ランク' }).first(), 'プラチナ');
    await editor.getByText('手動で設定中').waitFor();
    const answer = await page.goto(site('/pages/platinum'));
    expect(answer?.status()).toBe(200);
    await screenshot(page, '4-platinum');
  });
});

describe('5. the editor sends', () => {
  it('builds a segment in sentences, with a live count and a sample', async () => {
    await editor.goto(crm(stage.demo, '/segments/new'));
    await editor.locator('input[name=name]').fill(SEGMENT);
    await buildGoodCustomersRule(editor);
    const count = await settledNumber(editor.getByRole('region', { name: '当てはまるお客様' }));
    expect(count).toBeGreaterThan(10);
    await screenshot(editor, '5-segment');
    await editor.getByRole('button', { name: '保存する' }).click();
    await editor.waitForURL((url) => !url.pathname.endsWith('/new'));
  });

  it('composes a campaign from the blocks of an article', async () => {
    await editor.goto(crm(stage.demo, '/campaigns/new'));
    await find(editor.getByPlaceholder('記事やページを選ぶ'), '港の灯り');
    await editor.locator('input[name=name]').fill('港の灯り');
    await editor.locator('input[name=subject]').fill(SUBJECT);
    await screenshot(editor, '5-content');
    await editor.getByRole('button', { name: '配信先へ進む' }).click();
    const who = editor.getByRole('region', { name: 'だれに' });
    await choose(who.getByRole('combobox'), new RegExp(SEGMENT));
    await editor.getByText('届かない方と理由').or(editor.getByText('人のうち')).first().waitFor();
    await editor.getByRole('radio', { name: '届くチャネルすべてで配信する' }).click();
    await screenshot(editor, '5-audience');
    await editor.getByRole('button', { name: '確認へ進む' }).click();
  });

  it('sees mail and LINE side by side as she would get them', async () => {
    await editor.getByPlaceholder(/お名前・フリガナ/).fill(HER.family);
    await editor
      .getByRole('option', { name: new RegExp(`${HER.family} ${HER.given}`) })
      .first()
      .click();
    await editor.getByText(`${HER.family}様へ`).first().waitFor();
    const mail = editor.frameLocator('iframe').first();
    await mail.getByText('港の灯り').filter({ visible: true }).first().waitFor();
    await screenshot(editor, '5-review');
  });

  it('test-sends to a colleague', async () => {
    await editor.locator('input[name=address]').fill(EDITOR_MAIL);
    await editor.getByRole('button', { name: 'テスト配信する' }).click();
    const mail = await mailbox.newest(EDITOR_MAIL);
    expect(mail.subject).toContain('港の灯り');
  });

  it('sends to everyone once, and lists who cannot be reached', async () => {
    await editor.getByRole('button', { name: /人に配信する$/ }).click();
    await editor.getByRole('button', { name: '配信する', exact: true }).click();
    await editor.waitForURL((url) => !url.pathname.endsWith('/edit'));
    await editor.getByText('配信済み').first().waitFor({ timeout: 180_000 });
    await screenshot(editor, '5-report');
    await phone.bringToFront();
    const inside = phone.frameLocator('#browser iframe');
    await inside.getByText('トークに戻る').click();
    await phone.locator('#log').getByText('港の灯り').first().waitFor();
    await screenshot(phone, '5-line');
    const mail = await mailbox.newest(HER.email, /港の灯り/);
    expect(mail.subject).toBe(`${HER.family}様へ、港の灯り`);
    expect(await mailbox.count(HER.email, /港の灯り/)).toBe(1);
  });
});

describe('6. what came of it', () => {
  it('knows that she opened and clicked', async () => {
    const mail = await mailbox.newest(HER.email, /港の灯り/);
    // Who fetches within two seconds of delivery is taken for a scanner; a person is never that quick.
    const sinceSent = () => Date.now() - new Date(mail.receivedAt).getTime();
    await expect.poll(sinceSent).toBeGreaterThan(3_000);
    const pixel = /https?:[^"]*\/o\/[^"]+/.exec(mail.html ?? '')?.[0] ?? '';
    expect((await visitor.request.get(pixel)).status()).toBe(200);
    await page.goto(linkIn(mail, /\/r\//));
    expect(page.url()).toContain(stage.demo.site);
    await openRecord(editor, stage.demo, HER.email);
    const main = editor.locator('main');
    await main.getByText('のリンクをクリックしました').first().waitFor();
    await main.getByText('を開封しました').first().waitFor();
    await screenshot(editor, '6-timeline');
  });

  it('is unsubscribed by the one-click header, which only a POST uses', async () => {
    const mail = await mailbox.newest(HER.email, /港の灯り/);
    const link = oneClickLink(await mailbox.raw(mail.id));
    expect((await fetch(link)).status).toBe(200);
    await page.goto(site('/m/me'));
    const switches = page.getByRole('checkbox', { name: 'メール' });
    expect(await switches.isChecked(), 'looking changes nothing').toBe(true);
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    expect((await fetch(link, { method: 'POST', body })).status).toBe(200);
    await page.reload();
    expect(await switches.isChecked()).toBe(false);
  });

  it('is not written to by the next campaign, which reaches the others', async () => {
    const before = await mailbox.count(HER.email);
    const name = await sendAgain(stage.demo, '港の灯り', ['email']);
    await editor.goto(crm(stage.demo, '/campaigns'));
    await editor.getByRole('link', { name }).first().click();
    // The list shows the first campaign as sent: only on the report does the word mean this one.
    await editor.getByRole('heading', { name, level: 1 }).waitFor();
    await editor.getByText('配信済み').first().waitFor({ timeout: 180_000 });
    // Not the row of headings, which speaks of mails too.
    const report = editor.getByRole('row', { name: /^メール/ });
    // The table fills itself again until the last row is written.
    const delivered = async () => {
      const [, cell = ''] = await report.getByRole('gridcell').allInnerTexts();
      return Number(cell.replaceAll(',', ''));
    };
    await expect.poll(delivered, { timeout: 120_000, interval: 500 }).toBeGreaterThan(10);
    await screenshot(editor, '6-next-report');
    expect(await mailbox.count(HER.email)).toBe(before);
  });
});
