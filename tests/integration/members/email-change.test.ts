/** Another address: proven first, never another person's, and the old one is told. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { HANAKO, registerMember } from '../../support/member';
import { flushMails, mailedLink, siteBrowser } from '../../support/site-browser';

type Customers = typeof import('../../../src/plugins/crm/server/customers');

let smtp: FakeSmtp;
let app: TestApp;

beforeAll(async () => {
  smtp = await startFakeSmtp();
  app = await startApp({ env: { SMTP_PORT: String(smtp.port) } });
});
afterAll(async () => {
  await app.stop();
  await smtp.stop();
});
beforeEach(async () => {
  smtp.clear();
  await app.strapi.db.connection('crm_rate_limits').delete();
});

const customers = () => compiled<Customers>('customers').customersService(app.strapi);
const { password } = HANAKO;
const subjects = async () => {
  await flushMails(app);
  const mails = smtp.mails.map(async (mail) => [mail.to[0], (await mail.parse()).subject ?? '']);
  return Object.fromEntries(await Promise.all(mails)) as Record<string, string>;
};
const tokenOf = (link: string) => new URL(link, app.origin).searchParams.get('token') ?? '';

it('counts once its link is pressed; looking changes nothing; the old address is told', async () => {
  const { browser } = await registerMember(app, smtp, 'old@example.jp');
  const id = (await customers().findByIdentity('email', 'old@example.jp'))?.id ?? 0;
  const ask = (fields: Record<string, string>, headers = {}) =>
    browser.form('/m/me/email', { email: 'NEW@example.jp', ...fields }, headers);
  expect((await ask({})).status).toBe(400);
  const foreign = { 'sec-fetch-site': 'cross-site' };
  expect((await ask({ currentPassword: password }, foreign)).status).toBe(403);
  smtp.clear();
  expect((await ask({ currentPassword: password, userId: '1' })).status).toBe(303);
  const link = await mailedLink(app, smtp, 'new@example.jp');
  expect((await browser.get(link)).text).toContain('メールアドレスを登録する');
  expect((await customers().find(id))?.email).toBe('old@example.jp');
  smtp.clear();
  const answers = await Promise.all(
    [1, 2].map(() => browser.form('/m/email', { token: tokenOf(link) })),
  );
  expect(answers.map((answer) => answer.status).sort()).toEqual([303, 410]);
  expect((await customers().find(id))?.email).toBe('new@example.jp');
  expect(await customers().findByIdentity('email', 'old@example.jp')).toBeNull();
  expect((await subjects())['old@example.jp']).toContain('変更されました');
  const logIn = (email: string) => siteBrowser(app).form('/m/login', { email, password });
  expect((await logIn('old@example.jp')).status).toBe(401);
  expect((await logIn('new@example.jp')).status).toBe(303);
});

it('is not tied to an account that its owner does not know', async () => {
  const { browser: attacker } = await registerMember(app, smtp, 'attacker@example.jp');
  const { browser: other } = await registerMember(app, smtp, 'other@example.jp');
  const before = await customers().findByIdentity('email', 'attacker@example.jp');
  await attacker.form('/m/me/email', { email: 'victim@example.jp', currentPassword: password });
  const link = await mailedLink(app, smtp, 'victim@example.jp');
  for (const victim of [siteBrowser(app), other]) {
    const page = await victim.get(link);
    expect(page.text).toContain('お心当たりのない場合');
    expect(page.text).not.toContain('action="/m/email"');
    const answer = await victim.form('/m/email', { token: tokenOf(link) });
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie().join()).not.toContain('crm_session');
  }
  expect(await customers().findByIdentity('email', 'victim@example.jp')).toBeNull();
  expect((await customers().find(before?.id ?? 0))?.email).toBe('attacker@example.jp');
});

it('is never another member’s, and the answer does not tell', async () => {
  const { browser } = await registerMember(app, smtp, 'curious@example.jp');
  await registerMember(app, smtp, 'owner@example.jp');
  smtp.clear();
  const ask = (email: string) => browser.json('/m/me/email', { email, currentPassword: password });
  const taken = await ask('owner@example.jp');
  const free = await ask('free@example.jp');
  expect(taken.text).toBe(free.text);
  expect((await subjects())['owner@example.jp']).toContain('すでに会員登録がお済みです');
});

it('does not take over the record of an imported customer, nor one taken meanwhile', async () => {
  await kernel().inTransaction(app.strapi, (unit) =>
    customers().create(unit, { customerNumber: 'I-1', email: 'imported@example.jp' }),
  );
  const { browser } = await registerMember(app, smtp, 'mover@example.jp');
  for (const email of ['imported@example.jp', 'meanwhile@example.jp']) {
    await browser.form('/m/me/email', { email, currentPassword: password });
    const token = tokenOf(await mailedLink(app, smtp, email));
    if (email.startsWith('meanwhile')) await registerMember(app, smtp, email);
    const answer = await browser.form('/m/email', { token });
    expect([409, 410]).toContain(answer.status);
    expect(answer.headers.getSetCookie().join()).not.toContain('crm_session');
  }
  const owner = await customers().findByIdentity('email', 'imported@example.jp');
  expect(owner).toMatchObject({ customerNumber: 'I-1' });
});
