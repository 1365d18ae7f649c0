/**
 * A campaign as its makers live it: composed from the article it is about, read on every channel as
 * one person gets it, a second subject tried, planned, agreed to by a colleague, sent, held up,
 * continued, and one that is taken back in time.
 */
import { describe, expect, it } from 'vitest';

import { screenshot } from '../support/browser';
import { createArticle, createSegment, paragraph, segmentsModule } from '../support/campaign';
import { kernel } from '../support/crm';
import { FRIEND } from './conversation';
import { choose, crm } from './editor';
import { createCrowd, createReachable, type House } from './house';

const HER = { email: 'shiraishi@example.jp', phone: '+819012345678' };
/** Two batches of a sender remain after a fifth has had the test. */
const CROWD = 299;
const EVERYBODY = CROWD + 1;
const TITLE = '港の灯り';
const SUBJECTS = ['冬の新入荷のご案内', '港に、冬の盤が届きました'];
const ONLY_HER = '白石さんだけ';
const NOWHERE = '/articles/nowhere';
const ARTICLES = '/content-manager/collection-types/api::article.article';

let article = '';

async function prepare(house: House): Promise<void> {
  const { world, db } = house;
  const [lineId = ''] = (await db()('crm_line_friends').pluck('user_id')) as string[];
  await createReachable(house, { familyName: '白石', consent: true, ...HER, lineId });
  await createCrowd(house, CROWD);
  await createSegment(world.app);
  article = await createArticle(world.app, {
    title: TITLE,
    blocks: [
      paragraph('{{ customer.familyName }}様、こんにちは。'),
      { __component: 'blocks.button', label: '商品を見る', url: '/products/winter' },
      { __component: 'blocks.button', label: '消えたページへ', url: NOWHERE },
    ],
  });
}

/** More than a hundred people need a second pair of eyes, and a minute is there to take it back. */
async function setRules({ editor, admin, db }: House): Promise<void> {
  await editor.goto(crm({ admin }, '/campaigns/rules'));
  await editor.getByLabel('承認が必要な人数').fill('100');
  await editor.getByLabel('配信前の取り消し時間（秒）').fill('60');
  await editor.getByRole('button', { name: '保存する' }).click();
  await editor.getByText('配信ルールを保存しました。').waitFor();
  const [rules = ''] = (await db()('crm_sending_rules').pluck('rules')) as string[];
  expect(JSON.parse(rules)).toMatchObject({ approvalAbove: 100, cancelWindowSeconds: 60 });
}

async function compose({ editor, admin }: House): Promise<void> {
  await editor.goto(`${admin}${ARTICLES}/${article}?plugins[i18n][locale]=ja`);
  await editor.getByRole('link', { name: 'この記事を配信する' }).click();
  await editor.getByRole('heading', { name: TITLE, level: 1 }).waitFor();
  await editor.getByRole('textbox', { name: '件名' }).fill(SUBJECTS[0] ?? '');
  await editor.getByLabel('A/Bテストを行う').click();
  await editor
    .getByRole('textbox', { name: '件名' })
    .nth(1)
    .fill(SUBJECTS[1] ?? '');
  await screenshot(editor, 'delivery-1-content');
  await editor.getByRole('button', { name: '配信先へ進む' }).click();
  const who = editor.getByRole('region', { name: 'だれに' });
  await choose(who.getByRole('combobox').first(), /^全員/);
  // Mail and LINE are chosen already.
  await editor.getByRole('checkbox', { name: 'SMS' }).click();
  await editor.getByRole('radio', { name: '届くチャネルすべてで配信する' }).click();
  await editor
    .getByRole('region', { name: '届く人数' })
    .getByText(`${EVERYBODY}人`)
    .first()
    .waitFor();
  await screenshot(editor, 'delivery-2-audience');
  await editor.getByRole('button', { name: '確認へ進む' }).click();
}

async function mendLink({ editor }: House): Promise<void> {
  const checks = editor.getByRole('region', { name: 'チェック' });
  await checks.getByText(`${NOWHERE}」のページはサイトにありません。`).first().waitFor();
  await screenshot(editor, 'delivery-3-broken-link');
  const send = editor.getByRole('button', { name: /人に配信する$/ });
  expect(await send.isDisabled(), 'nothing goes out that leads nowhere').toBe(true);
  await editor.getByRole('tab', { name: /内容/ }).click();
  await editor.getByRole('checkbox', { name: /消えたページへ/ }).click();
  await editor.getByRole('tab', { name: /確認/ }).click();
  await checks.getByText('サイトにありません').first().waitFor({ state: 'detached' });
  await expect.poll(() => send.isEnabled()).toBe(true);
}

async function review({ editor }: House): Promise<void> {
  await editor.getByPlaceholder(/お名前・フリガナ/).fill('白石');
  await editor.getByRole('option', { name: FRIEND }).first().click();
  const preview = editor.getByRole('region', { name: 'プレビュー' });
  // In the mail, in the bubble on LINE and in the short message.
  const mail = editor.frameLocator('iframe').first();
  await mail.getByText('白石様、こんにちは。').filter({ visible: true }).first().waitFor();
  await expect.poll(() => preview.getByText('白石様、こんにちは。').count()).toBe(2);
  await preview.getByText('通分').waitFor();
  await screenshot(editor, 'delivery-4-review');
  await editor.setViewportSize({ width: 375, height: 812 });
  await preview.getByText('通分').waitFor();
  const wide = await editor.evaluate(() => document.documentElement.scrollWidth);
  await screenshot(editor, 'delivery-4-review-phone');
  expect(wide).toBeLessThanOrEqual(375);
  await editor.setViewportSize({ width: 1280, height: 900 });
}

/** Tomorrow at ten. */
async function schedule({ editor, smtp, settle }: House): Promise<void> {
  const tomorrow = new Date(Date.now() + 33 * 3_600_000).toISOString().slice(0, 10);
  const when = editor.getByRole('region', { name: '配信', exact: true }).getByRole('combobox');
  await when.nth(0).fill(tomorrow.replaceAll('-', '/'));
  await when.nth(0).press('Enter');
  await choose(when.nth(1), '10:00');
  await editor.getByRole('button', { name: `${EVERYBODY}人への配信を予約する` }).click();
  await editor.getByRole('button', { name: '予約する', exact: true }).click();
  await editor.waitForURL((url) => !url.pathname.endsWith('/edit'));
  await editor.getByText('承認待ち').first().waitFor();
  await screenshot(editor, 'delivery-5-awaiting');
  await settle();
  expect(smtp.mails).toHaveLength(0);
}

async function approve({ editor, colleague, world, settle, smtp }: House): Promise<void> {
  await editor.getByRole('button', { name: '承認する' }).click();
  await editor
    .getByText(/別の担当者|ほかの担当者/)
    .first()
    .waitFor();
  await colleague.goto(editor.url());
  await colleague.getByText(`のうち${EVERYBODY}人に届きます。`).waitFor();
  await screenshot(colleague, 'delivery-6-approve');
  await colleague.getByRole('button', { name: '承認する' }).click();
  await colleague.getByText('予約中').first().waitFor();
  await settle();
  expect(smtp.mails, 'its time has not come').toHaveLength(0);
  kernel()
    .clock(world.app.strapi)
    .advance(34 * 3_600_000);
}

async function tryTwoSubjects({ editor, settle, smtp }: House): Promise<void> {
  await settle();
  await editor.reload();
  const test = editor.getByRole('region', { name: 'A/Bテスト' });
  await test.getByText('反応がよいパターンを選んで').waitFor();
  expect(smtp.mails).toHaveLength(EVERYBODY / 5);
  const subjects = await Promise.all(smtp.mails.map(async (mail) => (await mail.parse()).subject));
  expect(subjects.filter((subject) => subject === SUBJECTS[1])).toHaveLength(EVERYBODY / 10);
  await screenshot(editor, 'delivery-7-test');
}

/** The server of the mails takes the first fifty and then keeps everybody waiting. */
async function holdUp({ editor, settle, smtp, db }: House): Promise<void> {
  let open = (): void => undefined;
  const opened = new Promise<undefined>((resolve) => (open = () => resolve(undefined)));
  const before = smtp.mails.length;
  smtp.fault = ({ stage }) =>
    stage === 'data' && smtp.mails.length >= before + 50 ? opened : undefined;
  const test = editor.getByRole('region', { name: 'A/Bテスト' });
  await test.getByRole('button', { name: 'これにする' }).nth(1).click();
  await editor.getByRole('alertdialog').getByRole('button', { name: 'これにする' }).click();
  await test.getByText('パターンBに決まりました').waitFor();
  const sending = settle();
  await editor.reload();
  const progress = editor.getByRole('progressbar');
  const done = async () => Number(await progress.getAttribute('aria-valuenow'));
  // In percent: the fifth that was in the test, and some more.
  await expect.poll(done).toBeGreaterThan(20);
  expect(await done()).toBeLessThan(100);
  await screenshot(editor, 'delivery-8-sending');
  await editor.getByRole('button', { name: '一時停止' }).click();
  await editor.getByText('一時停止中').first().waitFor();
  open();
  await sending;
  smtp.fault = undefined;
  const left = await db()('crm_messages').whereIn('status', ['queued', 'retry']).count('* as n');
  expect(Number(left[0]?.n)).toBeGreaterThan(0);
  expect(smtp.mails.length).toBeLessThan(EVERYBODY);
  await screenshot(editor, 'delivery-9-paused');
}

async function goOn({ editor, settle, smtp, sms, phone }: House): Promise<void> {
  await editor.getByRole('button', { name: '再開する' }).click();
  await editor.getByText('配信中').first().waitFor();
  await settle();
  await editor.getByText('配信済み').first().waitFor();
  const people = new Set(smtp.mails.map(({ to }) => to[0]));
  expect([smtp.mails.length, people.size]).toEqual([EVERYBODY, EVERYBODY]);
  const last = await smtp.mails.at(-1)?.parse();
  expect(last?.subject).toBe(SUBJECTS[1]);
  expect(sms.messages.map(({ to }) => to)).toEqual([HER.phone]);
  await phone.locator('#log').getByText('白石様、こんにちは。').first().waitFor();
  await screenshot(phone, 'delivery-10-phone');
}

async function readReport({ editor }: House): Promise<void> {
  await editor.reload();
  const row = editor.getByRole('row', { name: /^メール/ });
  expect(await row.getByRole('gridcell').nth(1).innerText()).toBe(String(EVERYBODY));
  await editor.getByText('/products/winter').first().waitFor();
  await screenshot(editor, 'delivery-11-report');
}

/** To her alone, and nobody else has to agree. */
async function segmentOfHer({ world }: House): Promise<void> {
  const { documentId } = await world.app.strapi.documents('plugin::crm.segment' as never).create({
    data: {
      name: ONLY_HER,
      kind: 'dynamic',
      rule: {
        combinator: 'and',
        rules: [{ field: 'customer.familyName', operator: 'is', value: '白石' }],
      },
    } as never,
  });
  const refreshed = await segmentsModule().segmentsService(world.app.strapi).refresh(documentId);
  expect(refreshed.ok).toBe(true);
}

async function takeBack(house: House): Promise<void> {
  const { editor, admin, settle, smtp, world, db } = house;
  const before = smtp.mails.length;
  await segmentOfHer(house);
  const entry = `api::article.article~${article}~ja`;
  await editor.goto(crm({ admin }, `/campaigns/new?entry=${encodeURIComponent(entry)}`));
  await editor.getByRole('checkbox', { name: /消えたページへ/ }).click();
  await editor.getByRole('button', { name: '配信先へ進む' }).click();
  const who = editor.getByRole('region', { name: 'だれに' });
  await choose(who.getByRole('combobox').first(), new RegExp(ONLY_HER));
  await editor.getByRole('button', { name: '確認へ進む' }).click();
  await editor.getByRole('button', { name: '1人に配信する' }).click();
  await editor.getByRole('button', { name: '配信する', exact: true }).click();
  await editor.getByText('それまでは取り消すことができ').waitFor();
  await screenshot(editor, 'delivery-12-window');
  await editor.getByRole('button', { name: '配信を取り消す' }).click();
  await editor.getByRole('alertdialog').getByRole('button', { name: '配信を取り消す' }).click();
  await editor.getByText('取り消し', { exact: true }).first().waitFor();
  kernel().clock(world.app.strapi).advance(3_600_000);
  await settle();
  expect(smtp.mails.length).toBe(before);
  const last = (await db()('crm_campaigns').orderBy('id', 'desc').first('status')) as object;
  expect(last).toMatchObject({ status: 'cancelled' });
}

export function campaignStory(house: () => House): void {
  describe('a campaign', () => {
    it('obeys the rules of the house', async () => {
      await prepare(house());
      await setRules(house());
    });
    it('is composed from its article', () => compose(house()));
    it('does not go while a link leads nowhere', () => mendLink(house()));
    it('is read on every channel as one person gets it', () => review(house()));
    it('is planned, and waits for a second person', () => schedule(house()));
    it('is agreed to by a colleague', () => approve(house()));
    it('tries two subjects on a fifth of the people', () => tryTwoSubjects(house()));
    it('is held up in the middle, with its progress on the screen', () => holdUp(house()));
    it('goes on, and reaches everybody once', () => goOn(house()));
    it('has a report', () => readReport(house()));
    it('is taken back within its minute', () => takeBack(house()));
  });
}
