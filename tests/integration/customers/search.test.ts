import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { customerListSchema } from '../../../src/plugins/crm/shared/customers';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { people } from './people';

let app: TestApp;
let admin: AdminClient;
let crm: ReturnType<typeof people>;
beforeAll(async () => {
  app = await startApp();
  crm = people(app);
  admin = await adminClient(app);
  await crm.create({
    customerNumber: 'EN-0042',
    familyName: '髙橋',
    givenName: '裕子',
    familyNameKana: 'タカハシ',
    givenNameKana: 'ユウコ',
    email: 'yuko.t@docomo.ne.jp',
    phone: '090-1234-5678',
    tier: 'platinum',
  });
  await crm.create({
    customerNumber: 'EN-0043',
    familyName: '大野',
    givenName: '進',
    familyNameKana: 'オオノ',
    givenNameKana: 'ススム',
    company: '株式会社縁',
  });
  await crm.create({
    customerNumber: 'EN-0044',
    familyName: 'Smith',
    givenName: 'José',
    locale: 'en',
  });
});
afterAll(() => app.stop());

const numbersFor = async (text: string) =>
  (await crm.customers.search({ text })).customers.map((customer) => customer.customerNumber);

describe('one search box', () => {
  it.each([
    ['the name as written', '髙橋'],
    ['the common kanji', '高橋'],
    ['the whole name', '高橋裕子'],
    ['family and given name', '高橋　裕子'],
    ['given name first', '裕子 高橋'],
    ['the given name alone', '裕子'],
    ['katakana', 'タカハシ'],
    ['hiragana', 'たかはし ゆうこ'],
    ['half-width kana', 'ﾀｶﾊｼ'],
    ['the beginning of a reading', 'たか'],
    ['romaji', 'takahashi'],
    ['romaji, given name first', 'Yuko Takahashi'],
    ['long vowels written out', 'yuuko'],
    ['long vowels with a macron', 'Yūko'],
    ['Kunrei spelling', 'takahasi'],
    ['full-width Latin', 'ｔａｋａｈａｓｈｉ'],
    ['the phone number', '090-1234-5678'],
    ['full-width digits', '０９０１２３４'],
    ['the international form', '+81 90 1234 5678'],
    ['the last four digits', '5678'],
    ['the e-mail address', 'Yuko.T@docomo.ne.jp'],
    ['its beginning', 'yuko.t'],
    ['the customer number', 'en-0042'],
  ])('finds by %s', async (_name, text) => {
    expect(await numbersFor(text)).toContain('EN-0042');
  });

  it.each([
    ['oono', 'EN-0043'],
    ['ohno', 'EN-0043'],
    ['Ono', 'EN-0043'],
    ['縁', 'EN-0043'],
    ['株式会社縁', 'EN-0043'],
    ['jose smith', 'EN-0044'],
  ])('finds by %s', async (text, number) => {
    expect(await numbersFor(text)).toEqual([number]);
  });

  it.each(['%', '_', '*', "' or 1=1 --", '・', '。', '高橋 進', '999', '橋', '\u0000', '😀'])(
    'finds nobody by %j',
    async (text) => {
      expect(await numbersFor(text)).toEqual([]);
    },
  );

  it('finds everybody when empty', async () => {
    expect(await numbersFor('  ')).toHaveLength(3);
  });
});

describe('the list', () => {
  const list = async (query: string) => {
    const { status, body } = await admin.get(`/crm/customers?${query}`);
    expect(status).toBe(200);
    return customerListSchema.parse(body);
  };

  it.each(['newest', 'oldest', 'name'])(
    'pages without losing or repeating anybody: %s',
    async (sort) => {
      const whole = await list(`sort=${sort}`);
      const seen: number[] = [];
      let cursor = '';
      do {
        const page = await list(`sort=${sort}&limit=1&cursor=${cursor}`);
        seen.push(...page.data.map((customer) => customer.id));
        expect(page.page).toMatchObject({ total: 3, totalIsEstimate: false });
        cursor = page.page.next ?? '';
      } while (cursor !== '');
      expect(seen).toEqual(whole.data.map((customer) => customer.id));
      expect(new Set(seen).size).toBe(3);
    },
  );

  it('narrows by tier and consent, and shows consents beside people', async () => {
    const yuko = await crm.customers.findByIdentity('customer-number', 'EN-0042');
    const id = yuko?.id ?? 0;
    await crm.unit((unit) =>
      crm.consent.record(unit, {
        customerId: id,
        purpose: 'marketing',
        channel: 'email',
        granted: true,
        source: 'form',
      }),
    );
    expect((await list('tier=platinum')).data.map((customer) => customer.id)).toEqual([id]);
    const granted = await list('consent=email:granted');
    expect(granted.data.map((customer) => customer.id)).toEqual([id]);
    expect(granted.data[0]?.facts.consents).toMatchObject([{ channel: 'email', granted: true }]);
    for (const nobody of [
      'consent=email:withdrawn',
      'consent=fax:granted',
      'segment=nowhere',
      'tier=x',
    ]) {
      expect((await list(nobody)).page.total).toBe(0);
    }
  });

  it('answers wrong questions with what is wrong', async () => {
    expect((await admin.get('/crm/customers?limit=0')).status).toBe(400);
    expect((await admin.get('/crm/customers?sort=email')).status).toBe(400);
    expect((await admin.get('/crm/customers?tier=%00')).status).toBe(400);
    expect((await admin.get(`/crm/customers?q=${'あ'.repeat(201)}`)).status).toBe(400);
    expect((await list('cursor=forged')).data).toHaveLength(3);
  });
});
