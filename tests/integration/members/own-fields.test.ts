/** Fields that an operator added, on the forms that members fill in. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { HANAKO, person, register, registerMember } from '../../support/member';
import { flushMails, siteBrowser } from '../../support/site-browser';

type Customers = typeof import('../../../src/plugins/crm/server/customers');

let smtp: FakeSmtp;
let app: TestApp;
let admin: AdminClient;

beforeAll(async () => {
  smtp = await startFakeSmtp();
  app = await startApp({
    env: { SMTP_PORT: String(smtp.port) },
    // As the Content-Type Builder leaves the type behind.
    extend: (strapi) => {
      const { attributes } = strapi.contentType('plugin::crm.customer');
      Object.assign(attributes, {
        favouriteGenre: { type: 'string' },
        records: { type: 'integer' },
        wantsCatalogue: { type: 'boolean' },
        anniversary: { type: 'date' },
        size: { type: 'enumeration', enum: ['S', 'M', 'L'] },
        creditLimit: { type: 'decimal' },
      });
    },
  });
  admin = await adminClient(app);
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
const customOf = async (email: string) =>
  (await customers().findByIdentity('email', email))?.custom ?? {};

const field = (name: string, label: string, more: object = {}) => ({
  name,
  label,
  labelEn: null,
  onRegistration: true,
  onMyPage: true,
  required: false,
  ...more,
});
const FIELDS = [
  field('favouriteGenre', '好きなジャンル', { labelEn: 'Favourite genre', required: true }),
  field('records', 'お持ちの枚数'),
  field('wantsCatalogue', 'カタログを希望する'),
  field('anniversary', '記念日', { onRegistration: false }),
  field('size', 'Tシャツのサイズ'),
];
const save = (fields: readonly object[]) => admin.put('/crm/member-fields', { fields });
const entered = {
  'custom.favouriteGenre': 'ｼﾞｬｽﾞ',
  'custom.records': '１，２００',
  'custom.wantsCatalogue': 'true',
  'custom.size': 'M',
};

describe('the setting', () => {
  it('offers what the operator added, and refuses anything else', async () => {
    const { body } = await admin.get('/crm/member-fields');
    expect(body).toMatchObject({ data: { fields: [] } });
    const names = (body as { data: { available: { name: string }[] } }).data.available.map(
      ({ name }) => name,
    );
    expect([...names].sort()).toEqual(
      ['anniversary', 'creditLimit', 'favouriteGenre', 'records', 'size', 'wantsCatalogue'].sort(),
    );
    for (const wrong of ['tier', 'email', 'nothing', '__proto__']) {
      expect((await save([field(wrong, 'X')])).status).toBe(400);
    }
    expect((await save([FIELDS[0], FIELDS[0]] as object[])).status).toBe(400);
    expect((await save([field('size', ' ')])).status).toBe(400);
    expect((await fetch(`${app.origin}/crm/member-fields`)).status).toBe(401);
  });

  it('shows nothing before it is saved, and each form its own fields after', async () => {
    const page = async (path: string, lang = 'ja') =>
      (await siteBrowser(app).get(path, { 'accept-language': lang })).text;
    expect(await page('/m/register')).not.toContain('custom.');
    expect((await save(FIELDS)).status).toBe(200);
    const shown = await page('/m/register');
    for (const label of [
      '好きなジャンル',
      'お持ちの枚数',
      'カタログを希望する',
      'Tシャツのサイズ',
    ]) {
      expect(shown).toContain(label);
    }
    expect(shown).not.toContain('記念日');
    expect(shown).not.toContain('creditLimit');
    expect(await page('/m/register', 'en')).toContain('Favourite genre');
  });
});

describe('registration', () => {
  it('stores each by its type, told by the member herself', async () => {
    await save(FIELDS);
    await registerMember(app, smtp, 'own@example.jp', entered);
    expect(await customOf('own@example.jp')).toMatchObject({
      favouriteGenre: 'ジャズ',
      records: 1200,
      wantsCatalogue: true,
      size: 'M',
      anniversary: null,
    });
    const id = (await customers().findByIdentity('email', 'own@example.jp'))?.id ?? 0;
    const told = JSON.stringify((await admin.get(`/crm/customers/${id}/sources`)).body);
    expect(told).toMatch(/custom\.size/);
    expect(told).toMatch(/"member"/);
  });

  it('says beside the field what is wrong with it, and keeps what was entered', async () => {
    await save(FIELDS);
    const answer = await siteBrowser(app).form('/m/register', {
      ...person('wrong@example.jp'),
      'custom.records': 'たくさん"><b>',
      'custom.wantsCatalogue': 'perhaps',
      'custom.size': 'XL',
    });
    expect(answer.status).toBe(400);
    for (const path of ['favouriteGenre', 'records', 'wantsCatalogue', 'size']) {
      expect(answer.text).toContain(`id="e-custom.${path}"`);
    }
    expect(answer.text).toContain('たくさん&#34;&gt;&lt;b&gt;');
    const json = await siteBrowser(app).json('/m/register', {
      ...person('wrong@example.jp'),
      custom: { favouriteGenre: 'あ'.repeat(256), records: 3_000_000_000, size: { $ne: 'S' } },
    });
    expect(json.status).toBe(400);
    await flushMails(app);
    expect(smtp.mails).toEqual([]);
  });

  it('takes no field that the setting does not name', async () => {
    await save([FIELDS[4]] as object[]);
    await registerMember(app, smtp, 'mass@example.jp', {
      ...entered,
      'custom.creditLimit': '1000000',
      'custom.tier': 'platinum',
      'custom.__proto__': 'x',
      creditLimit: '1000000',
    });
    const own = Object.entries(await customOf('mass@example.jp'));
    expect(own.filter(([, value]) => value !== null)).toEqual([['size', 'M']]);
    expect(await customers().findByIdentity('email', 'mass@example.jp')).toMatchObject({
      tier: 'regular',
    });
  });

  it('confirms whoever registered before the operator changed the field', async () => {
    await save(FIELDS);
    const { browser, token } = await register(app, smtp, 'late@example.jp', entered);
    const own = compiled<Customers>('customers')
      .customFields(app.strapi)
      .find(({ name }) => name === 'size') as unknown as { values: string[] };
    const before = own.values;
    own.values = ['S'];
    try {
      expect((await browser.form('/m/confirm', { token })).status).toBe(303);
    } finally {
      own.values = before;
    }
    expect(await customOf('late@example.jp')).toMatchObject({ records: 1200, size: null });
  });
});

describe('my page', () => {
  it('shows what is stored, changes it, and leaves what was not sent', async () => {
    await save(FIELDS);
    const { browser } = await registerMember(app, smtp, 'me@example.jp', entered);
    const page = (await browser.get('/m/me')).text;
    expect(page).toContain('name="custom.records"');
    expect(page).toMatch(/<option value="M" selected>/);
    expect(page).toMatch(/<option value="true" selected>/);
    expect(page).toContain('name="custom.anniversary"');

    const change = (fields: Record<string, string>) =>
      browser.form('/m/me/profile', { ...HANAKO, ...fields });
    const done = await change({
      'custom.favouriteGenre': 'ロック',
      'custom.records': '',
      'custom.wantsCatalogue': 'false',
      'custom.anniversary': '2020-04-01',
      'custom.creditLimit': '5',
    });
    expect(done.status).toBe(303);
    const stored = {
      favouriteGenre: 'ロック',
      records: null,
      wantsCatalogue: false,
      anniversary: '2020-04-01',
      size: 'M',
      creditLimit: null,
    };
    expect(await customOf('me@example.jp')).toEqual(stored);
    expect((await change({})).status).toBe(303);
    expect(await customOf('me@example.jp')).toEqual(stored);
    expect((await change({ 'custom.favouriteGenre': '' })).status).toBe(400);
    expect(await customOf('me@example.jp')).toEqual(stored);
    const json = await browser.get('/m/me', { accept: 'application/json' });
    expect(json.json).toMatchObject({
      data: {
        account: { ownFields: [{ name: 'favouriteGenre', value: 'ロック' }, {}, {}, {}, {}] },
      },
    });
    expect(json.text).not.toContain('creditLimit');
  });

  it('writes nothing once the operator has taken the field away', async () => {
    await save(FIELDS);
    const { browser } = await registerMember(app, smtp, 'gone@example.jp', entered);
    await save([]);
    await browser.form('/m/me/profile', { ...HANAKO, 'custom.size': 'L' });
    expect(await customOf('gone@example.jp')).toMatchObject({ size: 'M' });
    expect((await browser.get('/m/me')).text).not.toContain('custom.');
  });
});
