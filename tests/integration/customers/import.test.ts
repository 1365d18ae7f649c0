import { encode } from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { importRunsSchema } from '../../../src/plugins/crm/shared/imports';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { BYTES, bring, counts, CUSTOMERS, ORDERS, reasons } from './importing';
import { people } from './people';

let app: TestApp;
let admin: AdminClient;
let crm: ReturnType<typeof people>;
beforeAll(async () => {
  app = await startApp();
  crm = people(app);
  admin = await adminClient(app);
});
afterAll(() => app.stop());

const byNumber = (number: string) => crm.customers.findByIdentity('customer-number', number);

describe('the encoding of a file', () => {
  const fileOf = (number: string) =>
    '会員番号,氏名,フリガナ,メールアドレス,電話番号,〒,メルマガ\n' +
    `${number},髙橋\u3000美咲,ﾀｶﾊｼ ﾐｻｷ,ＭＩＳＡＫＩ－${number}＠example.jp,０９０－１２３４－５６７８,150-0001,希望する\n`;

  it.each([
    ['S1', 'Shift_JIS, as Excel saves CSV', (text: string) => encode(text, 'cp932')],
    ['S2', 'UTF-8 with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['S3', 'Windows line ends', (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))],
    [
      'S4',
      'UTF-16, as Excel saves Unicode text',
      (text: string) => encode(text.replaceAll(',', '\t'), 'utf16le', { addBOM: true }),
    ],
  ])('is told from its bytes (%s: %s)', async (number, _name, bytes) => {
    const result = await bring(admin, CUSTOMERS, bytes(fileOf(number)));
    expect(counts(result)).toEqual([1, 0, 0, 0]);
    expect(await byNumber(number)).toMatchObject({
      familyName: '髙橋',
      givenName: '美咲',
      familyNameKana: 'タカハシ',
      givenNameKana: 'ミサキ',
      email: `misaki-${number.toLowerCase()}@example.jp`,
      phone: '+819012345678',
      postalCode: '1500001',
    });
    const asText = await bring(admin, CUSTOMERS, bytes(fileOf(number)), 'text/csv');
    expect(counts(asText)).toEqual([0, 0, 1, 0]);
  });

  it('is refused when it is no text, empty, without headings we need, or no file at all', async () => {
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 0, 0, 0, 13]);
    const brokenWorkbook = Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 1, 2, 0]);
    const refused = async (content: string | Uint8Array, type = BYTES) =>
      (await admin.upload(`${CUSTOMERS}?lang=en`, content, type)) as {
        status: number;
        body: { error: { code: string; message: string } };
      };
    expect(await refused(picture)).toMatchObject({
      status: 415,
      body: { error: { code: 'customers.import.not-text' } },
    });
    expect(await refused(brokenWorkbook)).toMatchObject({
      status: 415,
      body: { error: { code: 'customers.import.not-a-workbook' } },
    });
    expect(await refused('\n\n')).toMatchObject({
      body: { error: { code: 'customers.import.empty' } },
    });
    expect(await refused('{"a":1}', 'application/json')).toMatchObject({
      status: 400,
      body: { error: { code: 'customers.import.no-file' } },
    });
    const { status, body } = await refused('りんご,みかん\n1,2\n');
    expect(status).toBe(400);
    expect(body.error.message).toContain('顧客コード');
    expect(body.error.message).toContain('りんご');
  });
});

describe('rows', () => {
  it('that are broken are kept out by line, the others go in', async () => {
    const result = await bring(
      admin,
      CUSTOMERS,
      [
        'customerNumber,lastName,email,phone,postalCode,birthday,memo',
        'B-1,良子,b1@example.jp,03-1234-5678,1500001,1990/4/1,ok',
        'B-2,電話,b2@example.jp,12,,,',
        ',鍵なし,,,,,',
        'B-4,多い,b4@example.jp,,,,,余り',
        'B-5,"二行の\n名前",b5@example.jp,,,,"引用 ""符"""',
        'B-6,日付,b6@example.jp,,,1990-02-30,',
        'B-7,7" single,b7@example.jp,,,,',
        `B-8,${'長'.repeat(300)},b8@example.jp,,,,`,
        'B-9,壊\ufffdれ,b9@example.jp,,,,',
        'B-10,a@b,not-an-address,,99,,',
        'B-11,"閉じない引用,b11@example.jp,,,,',
        'B-12,次の行,b12@example.jp,,,,',
      ].join('\n'),
    );
    expect(counts(result)).toEqual([4, 0, 0, 8]);
    expect(reasons(result)).toEqual([
      [3, 'phone', 'invalid-phone'],
      [4, null, 'no-key'],
      [5, null, 'column-count'],
      [8, 'birthday', 'invalid-date'],
      [10, 'lastName', 'too-long'],
      [11, null, 'broken-characters'],
      [12, 'email', 'invalid-email'],
      [12, 'postalCode', 'invalid-postal-code'],
      [13, null, 'unclosed-quote'],
    ]);
    expect((await byNumber('B-5'))?.familyName).toBe('二行の 名前');
    expect((await byNumber('B-7'))?.familyName).toBe('7" single');
    expect(await byNumber('B-12')).not.toBeNull();
  });

  it('that are broken come back as a file Excel opens, formulas defused', async () => {
    const result = await bring(admin, CUSTOMERS, '顧客番号,氏名,電話番号\nX-1,=cmd|calc,12\n');
    const { status, body } = await admin.get(`/crm/imports/${result.id}/errors?lang=ja`);
    expect(status).toBe(200);
    // fetch() takes the byte order mark off again.
    expect(String(body).replace('\ufeff', '')).toBe(
      "行,取り込めなかった理由,顧客番号,氏名,電話番号\r\n2,電話番号: 電話番号が正しくありません。,X-1,'=cmd|calc,12\r\n",
    );
    expect((await admin.get('/crm/imports/999999/errors')).status).toBe(404);
  });

  it('may hold hostile text, which is stored as text', async () => {
    const hostile = `"'; drop table crm_customers; --<script>alert(1)</script>{{ 7|times:7 }}😀"`;
    const result = await bring(admin, CUSTOMERS, `number,customerNumber,name\n1,H-1,${hostile}\n`);
    expect(counts(result)).toEqual([1, 0, 0, 0]);
    const stored = await byNumber('H-1');
    expect(`${stored?.familyName} ${stored?.givenName}`).toContain('<script>alert(1)</script>');
    const found = await crm.customers.search({ text: "'; drop" });
    expect(found.customers.map((customer) => customer.customerNumber)).toEqual(['H-1']);
  });

  it('need nothing but a customer number', async () => {
    const result = await bring(admin, CUSTOMERS, 'customer_id\n00001\n00002\n00001\n');
    expect(counts(result)).toEqual([2, 0, 1, 0]);
    expect((await crm.customers.search({ text: '00002' })).total).toBe(1);
  });

  it('that point to two people are refused: in doubt nobody is merged', async () => {
    await bring(admin, CUSTOMERS, 'customerNumber,email\nD-1,d1@example.jp\nD-2,d2@example.jp\n');
    const result = await bring(
      admin,
      CUSTOMERS,
      'customerNumber,email\nD-1,d2@example.jp\nD-3,d1@example.jp\n,d2@example.jp\n',
    );
    expect(counts(result)).toEqual([0, 0, 1, 2]);
    expect(reasons(result)).toEqual([
      [2, 'email', 'email-taken'],
      [3, 'email', 'email-taken'],
    ]);
  });
});

describe('a file', () => {
  const file =
    'customerNumber,lastName,email,tags\nR-1,一,r1@example.jp,jazz\nR-2,二,r2@example.jp,\n';

  it('tried in a dry run changes nothing and says what it would do', async () => {
    const before = await crm.customers.search({});
    const result = await bring(admin, `${CUSTOMERS}?dryRun=true`, file);
    expect(counts(result)).toEqual([2, 0, 0, 0]);
    expect(result.dryRun).toBe(true);
    expect((await crm.customers.search({})).total).toBe(before.total);
    expect(await byNumber('R-1')).toBeNull();
  });

  it('brought in again changes nothing; a changed cell is taken, an empty one is not', async () => {
    expect(counts(await bring(admin, CUSTOMERS, file))).toEqual([2, 0, 0, 0]);
    expect(counts(await bring(admin, CUSTOMERS, file, 'text/csv'))).toEqual([0, 0, 2, 0]);
    const changed = file.replace('一,r1@', '壱,r1-new@').replace('二', '').replace('jazz', 'soul');
    expect(counts(await bring(admin, CUSTOMERS, changed))).toEqual([0, 1, 1, 0]);
    expect(await byNumber('R-1')).toMatchObject({
      familyName: '壱',
      email: 'r1-new@example.jp',
      tags: ['jazz', 'soul'],
    });
    expect(await byNumber('R-2')).toMatchObject({ familyName: '二' });
    expect(await crm.customers.findByIdentity('email', 'r1@example.jp')).toBeNull();
    expect((await crm.customers.search({ text: '壱' })).total).toBe(1);
  });

  it('sent twice at once makes everyone once', async () => {
    const rows = Array.from({ length: 1500 }, (_, index) => `T-${index},t${index}@example.jp`);
    const twice = ['customerNumber,email', ...rows].join('\n');
    const results = await Promise.all([
      bring(admin, CUSTOMERS, twice),
      bring(admin, CUSTOMERS, twice),
    ]);
    const sum = (key: 'created' | 'unchanged' | 'failed') =>
      results.reduce((total, result) => total + result[key], 0);
    expect([sum('created'), sum('unchanged'), sum('failed')]).toEqual([1500, 1500, 0]);
    expect((await crm.customers.search({ text: 't-1499' })).total).toBe(1);
  });

  it('is told to others as one event a batch', async () => {
    const count = async (type: string) =>
      (await app.strapi.db.connection('crm_domain_events').where({ type })).length;
    const before = await count('customer.created');
    const rows = Array.from({ length: 1200 }, (_, index) => `V-${index}`);
    await bring(admin, CUSTOMERS, ['customerNumber', ...rows].join('\n'));
    expect(await count('customer.created')).toBe(before + 2);
  });

  it('stands among the last imports', async () => {
    const { body } = await admin.get('/crm/imports');
    const [latest] = importRunsSchema.parse(body).data;
    expect(latest).toMatchObject({ kind: 'customers', status: 'done', rows: 1200, created: 1200 });
  });

  it('is refused to staff without the permission', async () => {
    const reader = await adminClient(app, ['customers.read']);
    expect((await reader.upload(CUSTOMERS, file, BYTES)).status).toBe(403);
    expect((await reader.upload(ORDERS, file, BYTES)).status).toBe(403);
    expect((await reader.get('/crm/imports')).status).toBe(403);
    expect((await reader.get('/crm/customers')).status).toBe(200);
  });
});

describe('consents in a file', () => {
  const withConsent = (email: string, line: string, at: string) =>
    `顧客番号,メルマガ,LINE配信,同意文言,同意日\nK-1,${email},${line},2025-07,${at}\n`;

  it('are recorded once with their wording and date, and never bring back who has left', async () => {
    await bring(admin, CUSTOMERS, withConsent('はい', '', '2025-07-01'));
    const id = (await byNumber('K-1'))?.id ?? 0;
    const july = Date.parse('2025-07-01T00:00:00+09:00');
    expect(await crm.consent.states(id)).toEqual([
      { purpose: 'marketing', channel: 'email', granted: true, changedAt: july },
    ]);
    await bring(admin, CUSTOMERS, withConsent('はい', '', '2025-07-01'));
    expect(await crm.consent.history(id)).toMatchObject([
      { channel: 'email', granted: true, wordingVersion: '2025-07', source: 'import' },
    ]);
    await crm.unit((unit) =>
      crm.consent.record(unit, {
        customerId: id,
        purpose: 'marketing',
        channel: 'email',
        granted: false,
        source: 'unsubscribe',
      }),
    );
    await bring(admin, CUSTOMERS, withConsent('はい', '', '2025-07-01'));
    await bring(admin, CUSTOMERS, withConsent('はい', '', ''));
    expect((await crm.consent.states(id))[0]?.granted).toBe(false);
    expect(await crm.consent.history(id)).toHaveLength(2);
  });

  it('that cannot be read keep the row out', async () => {
    const result = await bring(admin, CUSTOMERS, withConsent('たぶん', 'いいえ', '昨日'));
    expect(reasons(result)).toEqual([
      [2, 'メルマガ', 'invalid-consent'],
      [2, '同意日', 'invalid-date'],
    ]);
  });
});
