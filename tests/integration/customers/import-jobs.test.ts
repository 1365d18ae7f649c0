import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  importDraftSchema,
  importResultSchema,
  type ImportDraft,
  type ImportResult,
  type ImportStart,
} from '../../../src/plugins/crm/shared/imports';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';
import { sheetXml, workbookOf, zipOf } from '../../support/workbook';
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
const idle = () => kernel().jobs(app.strapi).idle();

async function upload(
  content: string | Uint8Array,
  kind: 'customers' | 'orders' = 'customers',
): Promise<ImportDraft> {
  const { status, body } = await admin.upload(`/crm/imports?kind=${kind}&lang=ja`, content, BYTES);
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return importDraftSchema.parse(body).data;
}

async function find(id: number): Promise<ImportResult> {
  return importResultSchema.parse((await admin.get(`/crm/imports/${id}`)).body).data;
}

async function start(draft: ImportDraft, choice: Partial<ImportStart> = {}): Promise<ImportResult> {
  const body = { mapping: draft.mapping, ...choice };
  const answer = await admin.post(`/crm/imports/${draft.id}/start`, body);
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  await idle();
  return find(draft.id);
}

const command = (id: number, name: string) => admin.post(`/crm/imports/${id}/${name}`);
const codeOf = ({ body }: { body: unknown }) => (body as { error: { code: string } }).error.code;

describe('a draft', () => {
  const file =
    'No.,お客様,連絡先,郵便\n1,佐藤 葵,aoi@example.jp,150-0001\n2,鈴木 健,ken@example.jp,\n';

  it('guesses columns by heading, then by what stands in them, and remembers what was chosen', async () => {
    const draft = await upload(file);
    expect(draft.headings).toEqual(['No.', 'お客様', '連絡先', '郵便']);
    expect(draft.mapping).toEqual([null, null, 'email', 'postalCode']);
    expect(draft.sample[0]).toEqual(['1', '佐藤 葵', 'aoi@example.jp', '150-0001']);
    expect(draft.columns).toContainEqual({ key: 'fullName', label: '氏名' });
    const mapping = ['customerNumber', 'fullName', 'email', null];
    expect(counts(await start(draft, { mapping }))).toEqual([2, 0, 0, 0]);
    expect(await byNumber('1')).toMatchObject({ familyName: '佐藤', postalCode: null });
    const again = await upload(file.replace('葵', '楓'));
    expect(again.isRemembered).toBe(true);
    expect(again.mapping).toEqual(mapping);
  });

  it('is tried without a trace, then started; a broken mapping is refused', async () => {
    const draft = await upload('会員番号,電話番号\nTRY-1,090-1234-5678\nTRY-2,12\n');
    const tried = await start(draft, { dryRun: true });
    expect([tried.status, ...counts(tried)]).toEqual(['draft', 1, 0, 0, 1]);
    expect(reasons(tried)).toEqual([[3, '電話番号', 'invalid-phone']]);
    expect(await byNumber('TRY-1')).toBeNull();
    const done = await start(draft);
    expect([done.status, ...counts(done)]).toEqual(['done', 1, 0, 0, 1]);
    expect(await byNumber('TRY-1')).not.toBeNull();
    const other = await upload('会員番号,電話番号\nTRY-3,\n');
    const refused = async (mapping: unknown) =>
      codeOf(await admin.post(`/crm/imports/${other.id}/start`, { mapping }));
    expect(await refused(['email', 'email'])).toBe('customers.import.broken-mapping');
    expect(await refused(['customerNumber'])).toBe('customers.import.broken-mapping');
    expect(await refused(['password', null])).toBe('customers.import.broken-mapping');
    expect(await refused([null, 'phone'])).toBe('customers.import.missing-columns');
    expect(codeOf(await admin.post('/crm/imports/999999/start', { mapping: [] }))).toBe(
      'customers.import.not-found',
    );
    expect(codeOf(await command(draft.id, 'pause'))).toBe('customers.import.not-now');
    expect(codeOf(await command(draft.id, 'resume'))).toBe('customers.import.file-gone');
  });

  it('says what happens to people who are known', async () => {
    await bring(admin, CUSTOMERS, '会員番号,姓,市区町村\nPO-1,旧姓,\n');
    const rows = '会員番号,姓,市区町村\nPO-1,新姓,渋谷区\nPO-2,初,\n';
    expect(counts(await start(await upload(rows), { policy: 'skip' }))).toEqual([1, 0, 1, 0]);
    expect(await byNumber('PO-1')).toMatchObject({ familyName: '旧姓', city: null });
    expect(counts(await start(await upload(rows), { policy: 'fill' }))).toEqual([0, 1, 1, 0]);
    expect(await byNumber('PO-1')).toMatchObject({ familyName: '旧姓', city: '渋谷区' });
    await start(await upload(rows), { policy: 'update' });
    expect(await byNumber('PO-1')).toMatchObject({ familyName: '新姓' });
  });

  it('is closed to staff without the permission', async () => {
    const reader = await adminClient(app, ['customers.read']);
    expect((await reader.upload('/crm/imports', file, BYTES)).status).toBe(403);
    expect((await reader.get('/crm/imports/1')).status).toBe(403);
    expect((await reader.post('/crm/imports/1/undo')).status).toBe(403);
  });
});

describe('a long import', () => {
  const SIZE = 20_000;
  const long = (prefix: string) =>
    ['会員番号,メールアドレス,電話番号']
      .concat(
        Array.from({ length: SIZE }, (_, index) =>
          index % 1000 === 7
            ? `${prefix}-${index},${prefix}${index}@example.jp,12`
            : `${prefix}-${index},${prefix}${index}@example.jp,`,
        ),
      )
      .join('\n');

  /** Begins to import and asks for a pause as soon as something is in; null when that came too late. */
  async function tryToPause(prefix: string): Promise<ImportResult | null> {
    const draft = await upload(long(prefix));
    await admin.post(`/crm/imports/${draft.id}/start`, { mapping: draft.mapping });
    while ((await find(draft.id)).rows === 0);
    const { status } = await command(draft.id, 'pause');
    await idle();
    return status === 200 ? find(draft.id) : null;
  }

  /** Stops an import somewhere in its middle; one that was over before is begun anew with others. */
  async function pauseInTheMiddle(name: string): Promise<ImportResult & { prefix: string }> {
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      const prefix = `${name}${attempt}`;
      const paused = await tryToPause(prefix);
      if (!paused) continue;
      expect(paused.status).toBe('paused');
      expect(paused.rows).toBeGreaterThan(0);
      expect(paused.rows).toBeLessThan(SIZE);
      expect(paused.bytesDone).toBeGreaterThan(0);
      return { ...paused, prefix };
    }
    throw new Error('No import could be paused before it was over');
  }

  const whole = async (prefix: string, id: number) => {
    const done = await find(id);
    expect([done.status, done.rows, ...counts(done)]).toEqual(['done', SIZE, SIZE - 20, 0, 0, 20]);
    const stored = await app.strapi.db
      .connection('crm_customers')
      .where('customer_number', 'like', `${prefix}-%`)
      .count({ count: '*' });
    expect(Number(stored[0]?.count)).toBe(SIZE - 20);
  };

  it('is paused and goes on, every row once', async () => {
    const { id, prefix } = await pauseInTheMiddle('pause');
    await command(id, 'resume');
    await idle();
    await whole(prefix, id);
  });

  it('whose process died goes on where it stood', async () => {
    const { id, prefix } = await pauseInTheMiddle('died');
    // What a killed process leaves behind: a run that says it runs, under a lease that nobody renews.
    await app.strapi.db
      .connection('crm_imports')
      .where({ id })
      .update({ status: 'running', lease_until: 1, lease_owner: 'gone', finished_at: null });
    await kernel().jobs(app.strapi).fire('customers.imports-sweep');
    await idle();
    await whole(prefix, id);
  });

  it('is cancelled and taken back', async () => {
    const { id, created, prefix } = await pauseInTheMiddle('gone');
    expect(created).toBeGreaterThan(0);
    await command(id, 'cancel');
    expect((await find(id)).status).toBe('cancelled');
    await command(id, 'undo');
    await idle();
    expect(await find(id)).toMatchObject({ status: 'undone', undone: created, kept: 0 });
    expect(await byNumber(`${prefix}-0`)).toBeNull();
    expect((await crm.customers.search({ text: `${prefix}-` })).total).toBe(0);
    expect(await crm.customers.findByIdentity('email', `${prefix}0@example.jp`)).toBeNull();
  });
});

describe('undo', () => {
  it('restores what was, keeps what somebody has changed or used since', async () => {
    await bring(admin, CUSTOMERS, '会員番号,姓,タグ\nU-1,前,a\nU-2,前,\n');
    const rows =
      '会員番号,姓,メールアドレス,タグ,メルマガ\nU-1,後,u1@example.jp,b,はい\nU-2,後,,,\nU-3,新,u3@example.jp,,はい\nU-4,新,,,\nU-5,新,u5@example.jp,,\n';
    const { id } = await start(await upload(rows));
    const [one, two, four, five] = await Promise.all(['U-1', 'U-2', 'U-4', 'U-5'].map(byNumber));
    await crm.unit(async (unit) => {
      await crm.customers.update(unit, two?.id ?? 0, { familyName: '手直し' });
      await crm.customers.update(unit, four?.id ?? 0, { note: '電話あり' });
      await crm.customers.attachIdentity(unit, {
        customerId: five?.id ?? 0,
        kind: 'email',
        value: 'u5@example.jp',
        verifiedAt: new Date(),
      });
    });
    await command(id, 'undo');
    await idle();
    expect(await find(id)).toMatchObject({ status: 'undone', undone: 2, kept: 3 });
    expect(await byNumber('U-1')).toMatchObject({ familyName: '前', email: null, tags: ['a'] });
    expect(await byNumber('U-2')).toMatchObject({ familyName: '手直し' });
    expect(await byNumber('U-3')).toBeNull();
    expect(await byNumber('U-4')).toMatchObject({ note: '電話あり' });
    expect(await byNumber('U-5')).toMatchObject({ familyName: '新' });
    expect(await crm.customers.findByIdentity('email', 'u1@example.jp')).toBeNull();
    expect((await crm.customers.search({ text: '後' })).total).toBe(0);
    expect(await crm.consent.states(one?.id ?? 0)).toEqual([]);
    expect((await crm.consent.history(one?.id ?? 0)).map(({ source }) => source)).toEqual([
      'import-undo',
      'import',
    ]);
    expect(codeOf(await command(id, 'undo'))).toBe('customers.import.not-now');
  });

  it('takes orders back to what they were', async () => {
    await bring(admin, CUSTOMERS, '会員番号\nUO-1\n');
    const heading = '注文番号,会員番号,注文日,合計金額\n';
    await bring(admin, ORDERS, `${heading}UO-A,UO-1,2026-01-01,1000\n`);
    const rows = `${heading}UO-A,UO-1,2026-01-01,5000\nUO-B,UO-1,2026-01-02,700\n`;
    const run = await start(await upload(rows, 'orders'));
    expect(counts(run)).toEqual([1, 1, 0, 0]);
    await command(run.id, 'undo');
    await idle();
    const orders = await app.strapi.db
      .connection('crm_orders')
      .where('order_number', 'like', 'UO-%')
      .select('order_number', 'total');
    expect(orders.map((row) => [row.order_number, Number(row.total)])).toEqual([['UO-A', 1000]]);
  });
});

describe('what an import kept', () => {
  it('of people in files is gone after ninety days, the run itself stays', async () => {
    const draft = await upload('会員番号,電話番号\nOLD-1,090-1111-2222\nOLD-2,12\n');
    await start(draft);
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
    expect(await find(draft.id)).toMatchObject({ created: 1, failed: 1 });
  });
});

describe('a workbook', () => {
  it('is read like a CSV file: dates as days, the first sheet that is not hidden', async () => {
    const sheet = sheetXml([
      ['会員番号', '氏名', 'メールアドレス', '誕生日', 'メモ'],
      ['X-1', '山田 太郎', 'x1@example.jp', { day: 32964 }, '"引用", 改行\nあり & <記号>'],
      [],
      ['X-2', '＝危険', 'x2@example.jp', '', 12345.5],
    ]);
    const draft = await upload(workbookOf(sheet));
    expect(draft.encoding).toBe('xlsx');
    expect(draft.sample[0]?.[3]).toBe('1990-04-01');
    expect(counts(await start(draft))).toEqual([2, 0, 0, 0]);
    expect(await byNumber('X-1')).toMatchObject({
      familyName: '山田',
      givenName: '太郎',
      birthday: '1990-04-01',
      note: '"引用", 改行\nあり & <記号>',
    });
    expect((await byNumber('X-2'))?.note).toBe('12345.5');
  });

  it('whose rows are broken gives them back by their line', async () => {
    const draft = await upload(
      workbookOf(
        sheetXml([
          ['会員番号', '電話番号'],
          ['X-9', 'abc'],
        ]),
      ),
    );
    const run = await start(draft);
    expect(reasons(run)).toEqual([[2, '電話番号', 'invalid-phone']]);
    const { body } = await admin.get(`/crm/imports/${run.id}/errors?lang=ja`);
    expect(String(body)).toContain('2,電話番号: 電話番号が正しくありません。,X-9,abc');
  });

  const refused = async (file: Buffer) => {
    const { status, body } = await admin.upload('/crm/imports', file, BYTES);
    return [status, (body as { error?: { code: string } }).error?.code];
  };

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
    const quotes = await upload(`会員番号,メモ\n${'"'.repeat(5_000_000)}\nQ-1,ok\n`);
    expect(counts(await start(quotes))).toEqual([1, 0, 0, 1]);
    const line = await upload(`会員番号,メモ\nL-1,${'x'.repeat(20_000_000)}\nL-2,ok\n`);
    const run = await start(line);
    expect(counts(run)).toEqual([1, 0, 0, 1]);
    expect(reasons(run)).toEqual([[2, null, 'line-too-long']]);
  });

  it('with one heading twice takes the first', async () => {
    const draft = await upload('会員番号,姓,姓\nW-1,一,二\n');
    expect(draft.mapping).toEqual(['customerNumber', 'familyName', null]);
    await start(draft);
    expect((await byNumber('W-1'))?.familyName).toBe('一');
  });
});
