import { setTimeout } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type * as ReadRows from '../../../src/plugins/crm/server/customers/import/read-rows';
import { importDraftSchema, type ImportResult } from '../../../src/plugins/crm/shared/imports';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { startSender } from '../../support/sender-process';
import { holdImport } from './held-import';
import { BYTES, bring, codeOf, counts, CUSTOMERS, importJobs, ORDERS, reasons } from './importing';
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
describe('a draft', () => {
  const file =
    'No.,お客様,連絡先,郵便\n1,佐藤 葵,aoi@example.jp,150-0001\n2,鈴木 健,ken@example.jp,\n';

  it('guesses columns by heading, then by what stands in them, and remembers what was chosen', async () => {
    const draft = await imports.upload(file);
    expect(draft.headings).toEqual(['No.', 'お客様', '連絡先', '郵便']);
    expect(draft.mapping).toEqual([null, null, 'email', 'postalCode']);
    expect(draft.sample[0]).toEqual(['1', '佐藤 葵', 'aoi@example.jp', '150-0001']);
    expect(draft.columns).toContainEqual({ key: 'fullName', label: '氏名' });
    const mapping = ['customerNumber', 'fullName', 'email', null];
    expect(counts(await imports.start(draft, { mapping }))).toEqual([2, 0, 0, 0]);
    expect(await byNumber('1')).toMatchObject({ familyName: '佐藤', postalCode: null });
    const again = await imports.upload(file.replace('葵', '楓'));
    expect(again.isRemembered).toBe(true);
    expect(again.mapping).toEqual(mapping);
    // The screen asks for it again: it must say so then, too.
    const shown = importDraftSchema.parse((await admin.get(`/crm/imports/${again.id}/draft`)).body);
    expect(shown.data).toMatchObject({ isRemembered: true, mapping });
  });

  it('is tried without a trace, then started; a broken mapping is refused', async () => {
    const draft = await imports.upload('会員番号,電話番号\nTRY-1,090-1234-5678\nTRY-2,12\n');
    const tried = await imports.start(draft, { dryRun: true });
    expect([tried.status, ...counts(tried)]).toEqual(['draft', 1, 0, 0, 1]);
    expect(reasons(tried)).toEqual([[3, '電話番号', 'invalid-phone']]);
    expect(await byNumber('TRY-1')).toBeNull();
    const done = await imports.start(draft);
    expect([done.status, ...counts(done)]).toEqual(['done', 1, 0, 0, 1]);
    expect(await byNumber('TRY-1')).not.toBeNull();
    const other = await imports.upload('会員番号,電話番号\nTRY-3,\n');
    const refused = async (mapping: unknown) =>
      codeOf(await admin.post(`/crm/imports/${other.id}/start`, { mapping }));
    expect(await refused(['email', 'email'])).toBe('customers.import.broken-mapping');
    expect(await refused(['customerNumber'])).toBe('customers.import.broken-mapping');
    expect(await refused(['password', null])).toBe('customers.import.broken-mapping');
    expect(await refused([null, 'phone'])).toBe('customers.import.missing-columns');
    expect(codeOf(await admin.post('/crm/imports/999999/start', { mapping: [] }))).toBe(
      'customers.import.not-found',
    );
    expect(codeOf(await imports.command(draft.id, 'pause'))).toBe('customers.import.not-now');
    expect(codeOf(await imports.command(draft.id, 'resume'))).toBe('customers.import.file-gone');
  });

  it('says what happens to people who are known', async () => {
    await bring(admin, CUSTOMERS, '会員番号,姓,市区町村\nPO-1,旧姓,\n');
    const rows = '会員番号,姓,市区町村\nPO-1,新姓,渋谷区\nPO-2,初,\n';
    expect(counts(await imports.start(await imports.upload(rows), { policy: 'skip' }))).toEqual([
      1, 0, 1, 0,
    ]);
    expect(await byNumber('PO-1')).toMatchObject({ familyName: '旧姓', city: null });
    expect(counts(await imports.start(await imports.upload(rows), { policy: 'fill' }))).toEqual([
      0, 1, 1, 0,
    ]);
    expect(await byNumber('PO-1')).toMatchObject({ familyName: '旧姓', city: '渋谷区' });
    await imports.start(await imports.upload(rows), { policy: 'update' });
    expect(await byNumber('PO-1')).toMatchObject({ familyName: '新姓' });
  });

  it('leaves the database knowing what its tables look like now', async () => {
    const db = app.strapi.db.connection;
    await bring(admin, CUSTOMERS, '会員番号,姓\nST-1,統計\nST-2,統計\n');
    const [known] =
      process.env.TEST_DATABASE === 'postgres'
        ? await db('pg_class').where({ relname: 'crm_customers' }).where('reltuples', '>', 0)
        : await db('sqlite_stat1').where({ tbl: 'crm_customers' }).whereNotNull('stat');
    expect(known).toBeDefined();
  });

  it.skipIf(process.env.TEST_DATABASE === 'postgres').each([
    ['ST-3', '11 1', false],
    ['ST-4', '9 2', true],
  ])('has SQLite look again after a file of a tenth (%s, %s)', async (number, stat, looks) => {
    const index = { idx: 'crm_customers_number_uq' };
    const known = () => app.strapi.db.connection('sqlite_stat1').where(index);
    await known().update({ stat });
    await bring(admin, CUSTOMERS, `会員番号,姓\n${number},統計\n`);
    expect((await known().first('stat')).stat !== stat).toBe(looks);
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
  const long = (prefix: string, size = SIZE) =>
    ['会員番号,メールアドレス,電話番号']
      .concat(
        Array.from({ length: size }, (_, index) =>
          index % 1000 === 7
            ? `${prefix}-${index},${prefix}${index}@example.jp,12`
            : `${prefix}-${index},${prefix}${index}@example.jp,`,
        ),
      )
      .join('\n');

  /** Begins to import and asks for a pause as soon as something is in; null when that came too late. */
  async function tryToPause(prefix: string): Promise<ImportResult | null> {
    const draft = await imports.upload(long(prefix));
    await admin.post(`/crm/imports/${draft.id}/start`, { mapping: draft.mapping });
    while ((await imports.find(draft.id)).rows === 0);
    const { status } = await imports.command(draft.id, 'pause');
    await imports.idle();
    const paused = await imports.find(draft.id);
    return status === 200 && paused.rows < SIZE ? paused : null;
  }

  /** Stops an import somewhere in its middle; one that was over before is begun anew with others. */
  async function pauseInTheMiddle(name: string): Promise<ImportResult & { prefix: string }> {
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      const prefix = `${name}${attempt}`;
      const paused = await tryToPause(prefix);
      if (!paused) continue;
      expect(paused.status).toBe('paused');
      expect(paused.rows).toBeGreaterThan(0);
      expect(paused.bytesDone).toBeGreaterThan(0);
      return { ...paused, prefix };
    }
    throw new Error('No import could be paused before it was over');
  }

  const whole = async (prefix: string, id: number, size = SIZE) => {
    const done = await imports.find(id);
    const failed = size / 1000;
    const expected = ['done', size, size - failed, 0, 0, failed];
    expect([done.status, done.rows, ...counts(done)]).toEqual(expected);
    const stored = await app.strapi.db
      .connection('crm_customers')
      .where('customer_number', 'like', `${prefix}-%`)
      .count({ count: '*' });
    expect(Number(stored[0]?.count)).toBe(size - failed);
  };

  it('is paused and goes on, every row once', async () => {
    const { id, prefix } = await pauseInTheMiddle('pause');
    await imports.command(id, 'resume');
    await imports.idle();
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
    await imports.idle();
    await whole(prefix, id);
  });

  it('whose process is killed in its middle goes on in another, every row once and whole', async () => {
    const [prefix, size] = ['killed', 5000];
    const draft = await imports.upload(long(prefix, size));
    const { CHUNK } = compiled<typeof ReadRows>('customers/import/read-rows');
    const held = await holdImport(app, { id: draft.id, rows: CHUNK });
    const runs = () => app.strapi.db.connection('crm_imports').where({ id: draft.id });
    // Queued for whoever sweeps first: a process of its own.
    await runs().update({ status: 'queued', started_at: Date.now() });
    const worker = await startSender({});
    const stored = async () =>
      (await runs().first('rows', 'status')) as { rows: number; status: string };
    // Another process writes: there is no event here but its first rows, and no more come.
    while ((await stored()).rows < CHUNK) await setTimeout(20);
    await worker.kill();
    expect(await stored()).toEqual({ rows: CHUNK, status: 'running' });
    await held.release();
    kernel()
      .clock(app.strapi)
      .set(new Date(Date.now() + 60_000));
    await kernel().jobs(app.strapi).fire('customers.imports-sweep');
    await imports.idle();
    kernel().clock(app.strapi).reset();
    await whole(prefix, draft.id, size);
    const db = app.strapi.db.connection;
    const countOf = async (table: string, column: string, pattern: string) =>
      Number((await db(table).where(column, 'like', pattern).count({ count: '*' }))[0]?.count);
    expect(await countOf('crm_identities', 'value', `${prefix}%@example.jp`)).toBe(size - 5);
    const { total } = await crm.customers.search({ text: `${prefix}-` });
    expect(total).toBe(size - 5);
    const errors = await db('crm_import_errors').where({ import_id: draft.id });
    expect(new Set(errors.map((error) => error.line)).size).toBe(5);
    expect(errors).toHaveLength(5);
  }, 120_000);

  it('is cancelled and taken back', async () => {
    const { id, created, prefix } = await pauseInTheMiddle('gone');
    expect(created).toBeGreaterThan(0);
    await imports.command(id, 'cancel');
    expect((await imports.find(id)).status).toBe('cancelled');
    await imports.command(id, 'undo');
    await imports.idle();
    expect(await imports.find(id)).toMatchObject({ status: 'undone', undone: created, kept: 0 });
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
    const { id } = await imports.start(await imports.upload(rows));
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
    await imports.command(id, 'undo');
    await imports.idle();
    expect(await imports.find(id)).toMatchObject({ status: 'undone', undone: 2, kept: 3 });
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
    expect(codeOf(await imports.command(id, 'undo'))).toBe('customers.import.not-now');
  });

  it('takes orders back to what they were', async () => {
    await bring(admin, CUSTOMERS, '会員番号\nUO-1\n');
    const heading = '注文番号,会員番号,注文日,合計金額\n';
    await bring(admin, ORDERS, `${heading}UO-A,UO-1,2026-01-01,1000\n`);
    const rows = `${heading}UO-A,UO-1,2026-01-01,5000\nUO-B,UO-1,2026-01-02,700\n`;
    const run = await imports.start(await imports.upload(rows, 'orders'));
    expect(counts(run)).toEqual([1, 1, 0, 0]);
    await imports.command(run.id, 'undo');
    await imports.idle();
    const orders = await app.strapi.db
      .connection('crm_orders')
      .where('order_number', 'like', 'UO-%')
      .select('order_number', 'total');
    expect(orders.map((row) => [row.order_number, Number(row.total)])).toEqual([['UO-A', 1000]]);
  });
});
