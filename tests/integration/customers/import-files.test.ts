/** Files of every make and malice: workbooks, and what somebody sends to break the import. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ImportDraft } from '../../../src/plugins/crm/shared/imports';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';
import { NAUGHTY } from '../../support/naughty';
import { sheetXml, workbookOf, zipOf } from '../../support/workbook';
import { BYTES, bring, codeOf, counts, CUSTOMERS, importJobs, reasons } from './importing';
import { people } from './people';

let app: TestApp;
let admin: AdminClient;
let crm: ReturnType<typeof people>;
let imports: ReturnType<typeof importJobs>;
beforeAll(async () => {
  app = await startApp();
  crm = people(app);
  admin = await adminClient(app);
  imports = importJobs(app, admin);
});
afterAll(() => app.stop());

const byNumber = (number: string) => crm.customers.findByIdentity('customer-number', number);

const refused = async (file: Buffer) => {
  const { status, body } = await admin.upload('/crm/imports', file, BYTES);
  return [status, (body as { error?: { code: string } }).error?.code];
};

describe('a workbook', () => {
  it('is read like a CSV file: dates as days, the first sheet that is not hidden', async () => {
    const sheet = sheetXml([
      ['会員番号', '氏名', 'メールアドレス', '誕生日', 'メモ'],
      ['X-1', '山田 太郎', 'x1@example.jp', { day: 32964 }, '"引用", 改行\nあり & <記号>'],
      [],
      ['X-2', '＝危険', 'x2@example.jp', '', 12345.5],
    ]);
    const draft = await imports.upload(workbookOf(sheet));
    expect(draft.encoding).toBe('xlsx');
    expect(draft.sample[0]?.[3]).toBe('1990-04-01');
    expect(counts(await imports.start(draft))).toEqual([2, 0, 0, 0]);
    expect(await byNumber('X-1')).toMatchObject({
      familyName: '山田',
      givenName: '太郎',
      birthday: '1990-04-01',
      note: '"引用", 改行\nあり & <記号>',
    });
    expect((await byNumber('X-2'))?.note).toBe('12345.5');
  });

  it('whose rows are broken gives them back by their line', async () => {
    const draft = await imports.upload(
      workbookOf(
        sheetXml([
          ['会員番号', '電話番号'],
          ['X-9', 'abc'],
        ]),
      ),
    );
    const run = await imports.start(draft);
    expect(reasons(run)).toEqual([[2, '電話番号', 'invalid-phone']]);
    const { body } = await admin.get(`/crm/imports/${run.id}/errors?lang=ja`);
    expect(String(body)).toContain('2,電話番号: 電話番号が正しくありません。,X-9,abc');
  });

  it('that is a bomb is refused before it is unpacked', async () => {
    const bomb = Buffer.alloc(64 * 1024 * 1024, 'a');
    const before = process.memoryUsage().rss;
    expect(
      await refused(workbookOf('<worksheet/>', [{ name: 'xl/sharedStrings.xml', content: bomb }])),
    ).toEqual([415, 'customers.import.workbook-too-large']);
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  });

  it('that lies about its size, expands entities, or is another zip is refused', async () => {
    const entities =
      '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>';
    expect(await refused(workbookOf(entities))).toEqual([415, 'customers.import.not-a-workbook']);
    expect(await refused(zipOf([{ name: 'a.txt', content: 'hello' }]))).toEqual([
      415,
      'customers.import.not-a-workbook',
    ]);
    expect(await refused(Buffer.from('PK\u0003\u0004 broken'))).toEqual([
      415,
      'customers.import.not-a-workbook',
    ]);
    const lie = zipOf([
      { name: 'xl/worksheets/sheet1.xml', content: 'a'.repeat(100_000), claimedSize: 10 },
    ]);
    expect(await refused(lie)).toEqual([415, 'customers.import.not-a-workbook']);
  });
});

describe('a hostile file', () => {
  it('of nothing but quotes, or of one endless line, costs itself only', async () => {
    const quotes = await imports.upload(`会員番号,メモ\n${'"'.repeat(5_000_000)}\nQ-1,ok\n`);
    expect(counts(await imports.start(quotes))).toEqual([1, 0, 0, 1]);
    const line = await imports.upload(`会員番号,メモ\nL-1,${'x'.repeat(20_000_000)}\nL-2,ok\n`);
    const run = await imports.start(line);
    expect(counts(run)).toEqual([1, 0, 0, 1]);
    expect(reasons(run)).toEqual([[2, null, 'line-too-long']]);
  });

  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;

  it('with hostile text in every field stores it as text or says which field cannot hold it', async () => {
    const texts = [
      '姓',
      '名',
      '会社',
      '市区町村',
      '番地',
      '建物名',
      '性別',
      'ステージ',
      'タグ',
      'メモ',
    ];
    const rows = NAUGHTY.map((bad, index) =>
      [`N-${index}`, ...texts.map(() => cell(bad))].join(','),
    );
    const run = await imports.start(
      await imports.upload([`会員番号,${texts.join(',')}`, ...rows].join('\n')),
    );
    expect(counts(run)).toEqual([NAUGHTY.length, 0, 0, 0]);
    for (const [index, bad] of NAUGHTY.entries()) {
      const stored = await byNumber(`N-${index}`);
      expect(stored?.note, bad).toBe(bad.replace('\r\n', '\n'));
      expect(stored?.company, bad).toBe(stored?.familyName);
    }
    expect((await crm.customers.search({ text: `';droptable` })).total).toBe(1);
    const strict = ['メールアドレス', '電話番号', '郵便番号', '生年月日', '登録日', 'セイ'];
    const wrong = NAUGHTY.map((bad, index) =>
      [`NS-${index}`, ...strict.map(() => cell(bad))].join(','),
    );
    const keptOut = await imports.start(
      await imports.upload([`会員番号,${strict.join(',')}`, ...wrong].join('\n')),
    );
    expect(counts(keptOut)).toEqual([0, 0, 0, NAUGHTY.length]);
    expect(new Set(keptOut.errors.map(({ column }) => column))).toEqual(new Set(strict));
    expect(await byNumber('NS-0')).toBeNull();
  });

  it('with hostile headings is a draft like any other', async () => {
    const file = [
      ['会員番号', ...NAUGHTY.map(cell)],
      ['NH-1', ...NAUGHTY.map(() => 'x')],
    ];
    const draft = await imports.upload(file.map((row) => row.join(',')).join('\n'));
    expect(draft.headings).toHaveLength(NAUGHTY.length + 1);
    const mapping = draft.headings.map((_, index) =>
      index === 0 ? 'customerNumber' : index === 1 ? 'note' : null,
    );
    expect(counts(await imports.start(draft, { mapping }))).toEqual([1, 0, 0, 0]);
    expect((await byNumber('NH-1'))?.note).toBe('x');
  });

  it('in two encodings loses the lines of the other one only', async () => {
    const utf8 = Buffer.from(`会員番号,姓\n${'E-1,佐藤\n'.repeat(50)}`);
    const shiftJis = Buffer.concat([
      Buffer.from('E-2,'),
      Buffer.from([0x8d, 0xb2, 0x93, 0xa1, 0x0a]),
    ]);
    const run = await imports.start(
      await imports.upload(Buffer.concat([utf8, shiftJis, Buffer.from('E-3,鈴木\n')])),
    );
    expect([run.created, run.failed]).toEqual([2, 1]);
    expect(reasons(run)).toEqual([[52, null, 'broken-characters']]);
    expect((await byNumber('E-3'))?.familyName).toBe('鈴木');
  });

  it('with NUL bytes is no text; after its first megabyte they are left out', async () => {
    expect(await refused(Buffer.from('会員番号,姓\nNUL-1,a\u0000b\n'))).toEqual([
      415,
      'customers.import.not-text',
    ]);
    const filler = `NUL-2,${'x'.repeat(9000)}\n`.repeat(120);
    const run = await imports.start(
      await imports.upload(`会員番号,メモ\n${filler}NUL-3,a\u0000b\n`),
    );
    expect(run.failed).toBe(0);
    expect((await byNumber('NUL-3'))?.note).toBe('ab');
  });

  it('of ten thousand columns is refused before it is read', async () => {
    const headings = Array.from({ length: 10_000 }, (_, index) => `c${index}`);
    const file = `会員番号,${headings.join(',')}\nC-1,${headings.join(',')}\n`;
    expect(await refused(Buffer.from(file))).toEqual([400, 'customers.import.too-many-columns']);
    const { status, body } = await admin.upload(CUSTOMERS, file, BYTES);
    expect([status, codeOf({ body })]).toEqual([400, 'customers.import.too-many-columns']);
    expect(await byNumber('C-1')).toBeNull();
  });

  it('with one heading twice takes the first', async () => {
    const draft = await imports.upload('会員番号,姓,姓\nW-1,一,二\n');
    expect(draft.mapping).toEqual(['customerNumber', 'familyName', null]);
    await imports.start(draft);
    expect((await byNumber('W-1'))?.familyName).toBe('一');
  });
});

describe('a column for each tag', () => {
  it('adds the tag where it says yes; what is neither yes nor no keeps the row out', async () => {
    await bring(admin, CUSTOMERS, '会員番号,タグ\nTG-1,前から\nTG-2,VIP客\n');
    const rows = '会員番号,VIP客,来店済み\nTG-1,1,0\nTG-2,0,○\nTG-3,,はい\nTG-4,たぶん,1\n';
    const draft = await imports.upload(rows);
    expect(draft.mapping).toEqual(['customerNumber', null, null]);
    const mapping = ['customerNumber', 'tag:VIP客', 'tag:来店済み'];
    const result = await imports.start(draft, { mapping });
    expect(counts(result)).toEqual([1, 2, 0, 1]);
    expect(result.errors[0]).toMatchObject({ line: 5, column: 'VIP客', code: 'invalid-value' });
    expect((await byNumber('TG-1'))?.tags).toEqual(['前から', 'VIP客']);
    expect((await byNumber('TG-2'))?.tags).toEqual(['VIP客', '来店済み']);
    expect((await byNumber('TG-3'))?.tags).toEqual(['来店済み']);
    expect((await imports.upload(rows)).mapping).toEqual(mapping);
  });

  it('is no other tag than its heading, and no column of other files', async () => {
    const broken = async (draft: ImportDraft, mapping: (string | null)[]) =>
      codeOf(await admin.post(`/crm/imports/${draft.id}/start`, { mapping }));
    const people = await imports.upload('会員番号,常連\nTG-9,1\n');
    const orders = await imports.upload('注文番号,会員番号,注文日,合計金額,常連\n', 'orders');
    const refused = 'customers.import.broken-mapping';
    expect(await broken(people, ['customerNumber', 'tag:別のタグ'])).toBe(refused);
    const known = ['orderNumber', 'customerNumber', 'orderedAt', 'total'];
    expect(await broken(orders, [...known, 'tag:常連'])).toBe(refused);
  });
});

describe('what an import kept', () => {
  it('of people in files is gone after ninety days, the run itself stays', async () => {
    const draft = await imports.upload('会員番号,電話番号\nOLD-1,090-1111-2222\nOLD-2,12\n');
    await imports.start(draft);
    const kept = async () => {
      const tables = ['crm_import_changes', 'crm_import_errors'];
      const db = app.strapi.db.connection;
      return Promise.all(
        tables.map(async (table) => (await db(table).where({ import_id: draft.id })).length),
      );
    };
    expect(await kept()).toEqual([1, 1]);
    const clock = kernel().clock(app.strapi);
    const day = 24 * 3_600_000;
    for (const [days, left] of [
      [89, [1, 1]],
      [91, [0, 0]],
    ] as const) {
      clock.set(new Date(Date.now() + days * day));
      await kernel().jobs(app.strapi).fire('customers.imports-tidy');
      expect(await kept(), `after ${days} days`).toEqual(left);
    }
    clock.reset();
    expect(await imports.find(draft.id)).toMatchObject({ created: 1, failed: 1 });
  });
});
