import { decode } from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  bulkAnswerSchema,
  exportCheckSchema,
  exportFieldsSchema,
} from '../../../src/plugins/crm/shared/customer-work';
import {
  customerOptionsSchema,
  customerSorts,
  type CustomerInput,
  type CustomerSort,
} from '../../../src/plugins/crm/shared/customers';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { bring, CUSTOMERS } from './importing';
import { listing } from './listing';
import { people } from './people';

type Runs = typeof import('../../../src/plugins/crm/server/customers/store/bulk');

let app: TestApp;
let admin: AdminClient;
let crm: ReturnType<typeof people>;
let listed: ReturnType<typeof listing>;
beforeAll(async () => {
  app = await startApp();
  crm = people(app);
  admin = await adminClient(app);
  listed = listing(app, admin);
  const rows = Array.from(
    { length: 6000 },
    (_, index) =>
      `N-${index},${index % 2 ? '佐藤' : '鈴木'},${index % 2 ? 'サトウ' : 'スズキ'},n${index}@example.jp,東京都,渋谷区,神宮前${index % 9}-1,${index % 3 ? 'はい' : ''}`,
  );
  await bring(
    admin,
    CUSTOMERS,
    ['会員番号,姓,セイ,メールアドレス,都道府県,市区町村,番地,メルマガ', ...rows].join('\n'),
  );
});
afterAll(() => app.stop());

const idle = () => kernel().jobs(app.strapi).idle();
const byNumber = (number: string) => crm.customers.findByIdentity('customer-number', number);
const idOf = async (number: string) => (await byNumber(number))?.id ?? 0;
const list = (query: string) => listed.list(query);
const walk = (query: string) => listed.walk(query);
const bulk = (body: object) => listed.bulk(body);
async function change(number: string, patch: CustomerInput): Promise<void> {
  const id = await idOf(number);
  await crm.unit((unit) => crm.customers.update(unit, id, patch));
}
describe('the list', () => {
  it.each(customerSorts)('is walked to its end in every order, nobody twice: %s', async (sort) => {
    const seen = await walk(`sort=${sort}&q=${encodeURIComponent('佐藤')}&consent=email:granted`);
    expect(seen).toHaveLength(2000);
    expect(new Set(seen).size).toBe(2000);
  });

  it('is ordered as it says', async () => {
    const names = async (sort: CustomerSort) =>
      (await list(`sort=${sort}&limit=2`)).data.map((customer) => customer.familyNameKana);
    expect(await names('name')).toEqual(['サトウ', 'サトウ']);
    expect(await names('nameDescending')).toEqual(['スズキ', 'スズキ']);
    const { clock } = kernel();
    clock(app.strapi).advance(60_000);
    await change('N-77', { note: 'いま変えた' });
    expect((await list('sort=changed&limit=1')).data[0]?.customerNumber).toBe('N-77');
  });

  it('is narrowed by many conditions at once, large and small', async () => {
    const q = (text: string) => `q=${encodeURIComponent(text)}`;
    expect((await list(q('渋谷区神宮前3'))).page.total).toBe(667);
    expect((await list(`${q('東京都渋谷区 佐藤')}&consent=email:granted`)).page.total).toBe(2000);
    expect((await list(`${q('n1@')}&consent=email:granted`)).page.total).toBe(1);
    const all = await list(
      `${q('佐藤 渋谷区神宮前4')}&consent=email:granted&tier=regular&sort=name`,
    );
    const meant = Array.from({ length: 6000 }, (_, index) => index).filter(
      (index) => index % 2 === 1 && index % 9 === 4 && index % 3 !== 0,
    );
    expect(all.page.total).toBe(meant.length);
    expect(all.data).toHaveLength(50);
    expect((await list(`${q('渋谷区神宮前３ー１')}&limit=1`)).page.total).toBe(667);
    expect((await list('owner=none&lifecycle=nobody')).page.total).toBe(0);
    expect((await admin.get('/crm/customers?owner=1%20or%201')).status).toBe(400);
  });
});

describe('an action on many', () => {
  const undo = async (id: number) => {
    const { status } = await admin.post(`/crm/customers/bulk/${id}/undo`);
    await idle();
    return status;
  };
  const tagged = async () =>
    (await crm.customers.findMany(await walk('q='))).filter(({ tags }) => tags.includes('招待'));

  it('tags all that a filter shows, and is undone without touching what came since', async () => {
    const action = { kind: 'addTag', value: '招待' };
    await change('N-1', { tags: ['招待'] });
    const run = await bulk({ action, filter: { q: '佐藤' } });
    expect(run).toMatchObject({ status: 'done', total: 3000, done: 3000, changed: 2999 });
    expect(await tagged()).toHaveLength(3000);
    await change('N-3', { tags: ['招待', '来店'] });
    expect(await undo(run.id)).toBe(200);
    const { body } = await admin.get(`/crm/customers/bulk/${run.id}`);
    const undone = bulkAnswerSchema.parse(body).data;
    expect(undone).toMatchObject({ status: 'undone', total: 3000, done: 2999, changed: 2999 });
    expect((await tagged()).map(({ customerNumber }) => customerNumber)).toEqual(['N-1']);
    expect((await byNumber('N-3'))?.tags).toEqual(['来店']);
    expect(await undo(run.id)).toBe(409);
  });

  it('gives people an owner and a stage, which then are filters and options', async () => {
    const { data } = customerOptionsSchema.parse((await admin.get('/crm/customers/options')).body);
    const owner = Number(data.owner[0]?.value);
    const ids = await Promise.all(['N-10', 'N-12', 'N-14'].map(idOf));
    await crm.unit((unit) => crm.customers.update(unit, ids[0] ?? 0, { lifecycleStage: '見込み' }));
    await bulk({ action: { kind: 'setOwner', value: owner }, ids });
    const stage = await bulk({ action: { kind: 'setLifecycle', value: '優良' }, ids });
    expect((await list(`owner=${owner}&lifecycle=${encodeURIComponent('優良')}`)).page.total).toBe(
      3,
    );
    const after = customerOptionsSchema.parse((await admin.get('/crm/customers/options')).body);
    expect(after.data.lifecycle.map(({ value }) => value)).toEqual(['優良']);
    await undo(stage.id);
    expect((await byNumber('N-10'))?.lifecycleStage).toBe('見込み');
    expect((await byNumber('N-12'))?.lifecycleStage).toBeNull();
  });

  it('goes on when its node dies, and that node writes nothing more should it wake up', async () => {
    const runs = compiled<Runs>('customers/store/bulk');
    const { clock, database, jobs } = kernel();
    const db = database(app.strapi);
    const now = () => clock(app.strapi).now().getTime();
    const fire = () => jobs(app.strapi).fire('customers.bulk-sweep');
    const dies = async (id: number) => {
      const run = await runs.claimBulkRun(db, id, now(), now() + 30_000);
      if (!run) throw new Error('The run was not free');
      return { ...run, leaseUntil: now() + 30_000 };
    };
    const ids = await Promise.all(['N-20', 'N-22'].map(idOf));
    const id = await runs.insertBulkRun(db, {
      action: { kind: 'addTag', value: '引き継ぎ' },
      selection: JSON.stringify({ ids }),
      total: 2,
      untilId: Math.max(...ids),
      staffId: null,
      now: now(),
    });
    const status = async () => (await runs.findBulkRun(db, id))?.status;
    const dead = await dies(id);
    await fire();
    await idle();
    expect(await status()).toBe('running');
    clock(app.strapi).advance(30_001);
    await fire();
    await idle();
    expect(await runs.findBulkRun(db, id)).toMatchObject({ status: 'done', done: 2, changed: 2 });
    expect((await byNumber('N-22'))?.tags).toContain('引き継ぎ');

    expect(await runs.holdBulkRun(db, dead, now() + 30_000)).toBe(false);
    await runs.releaseBulkRun(db, dead, 'failed');
    expect(await status()).toBe('done');
    // The same of an undoing, and between two who hold it one after the other.
    expect(await runs.beginBulkUndo(db, id)).toBe(true);
    const slow = await dies(id);
    clock(app.strapi).advance(30_001);
    const quick = await dies(id);
    expect(await runs.holdBulkRun(db, slow, now() + 30_000)).toBe(false);
    await runs.releaseBulkRun(db, slow);
    expect(await runs.holdBulkRun(db, quick, quick.leaseUntil)).toBe(true);
    clock(app.strapi).advance(30_001);
    await fire();
    await idle();
    expect(await status()).toBe('undone');
    expect((await byNumber('N-22'))?.tags).not.toContain('引き継ぎ');
  });

  it('is refused when nobody or everything is wrong, and to staff who may only read', async () => {
    const action = { kind: 'addTag', value: 'x' };
    const status = async (body: object) => (await admin.post('/crm/customers/bulk', body)).status;
    expect(await status({ action, filter: { q: '誰もいない' } })).toBe(409);
    expect(await status({ action })).toBe(400);
    expect(await status({ action, ids: [1], filter: {} })).toBe(400);
    expect(await status({ action: { kind: 'delete', value: 'x' }, ids: [1] })).toBe(400);
    const reader = await adminClient(app, ['customers.read']);
    expect((await reader.post('/crm/customers/bulk', { action, ids: [1] })).status).toBe(403);
    expect((await reader.get('/crm/customers/export')).status).toBe(403);
  });
});

describe('a segment', () => {
  /** A hundred and eleven: N-59, N-590 to N-599 and N-5900 to N-5999. */
  const inside = (number: string | null) => number?.startsWith('N-59') === true;
  const MEMBERS = 111;
  let segment = '';
  beforeAll(async () => {
    const starts = { field: 'customer.customerNumber', operator: 'startsWith', value: 'N-59' };
    const rule = { combinator: 'and', rules: [starts] };
    const { body } = await admin.post('/crm/segments', { name: '五十九', kind: 'dynamic', rule });
    segment = (body as { data: { documentId: string } }).data.documentId;
  });

  it.each(customerSorts)('is the list’s filter in every order: %s', async (sort) => {
    const seen = await crm.customers.findMany(await walk(`segment=${segment}&sort=${sort}`));
    expect(seen).toHaveLength(MEMBERS);
    expect(seen.filter(({ customerNumber }) => !inside(customerNumber))).toEqual([]);
  });

  it('is narrowed by other filters, named beside people, and counted', async () => {
    const both = await list(`segment=${segment}&q=${encodeURIComponent('佐藤')}&limit=100`);
    const odd = ({ customerNumber }: { customerNumber: string | null }) =>
      inside(customerNumber) && Number(customerNumber?.slice(2)) % 2 === 1;
    expect(both.data.filter(odd)).toHaveLength(56);
    expect(both.page).toMatchObject({ total: 56, totalIsEstimate: false });
    expect(both.data[0]?.facts.segments).toMatchObject([{ name: '五十九' }]);
    await change('N-59', { customerNumber: 'M-59' });
    expect((await list(`segment=${segment}`)).page.total).toBe(MEMBERS - 1);
    await change('M-59', { customerNumber: 'N-59' });
    expect((await list(`segment=${segment}`)).page.total).toBe(MEMBERS);
  });

  it('is what an action is done to, and what an export holds', async () => {
    const action = { kind: 'addTag', value: '区分' };
    const run = await bulk({ action, filter: { segment } });
    expect(run).toMatchObject({ status: 'done', total: MEMBERS, changed: MEMBERS });
    const tagged = (await crm.customers.findMany(await walk('q='))).filter(({ tags }) =>
      tags.includes('区分'),
    );
    expect(tagged).toHaveLength(MEMBERS);
    expect(tagged.filter(({ customerNumber }) => !inside(customerNumber))).toEqual([]);
    const path = `/crm/customers/export?segment=${segment}&fields=customerNumber&lang=ja`;
    const rows = String((await admin.get(path)).body)
      .trim()
      .split('\r\n')
      .slice(1);
    expect(rows).toHaveLength(MEMBERS);
    expect(rows.filter((row) => !inside(row))).toEqual([]);
  });
});

describe('an export', () => {
  const bytes = async (query: string) =>
    String((await admin.get(`/crm/customers/export?lang=ja&${query}`)).body);

  it('holds the chosen fields under headings that an import understands, formulas defused', async () => {
    await bring(
      admin,
      CUSTOMERS,
      '会員番号,姓,電話番号,タグ,メルマガ,メモ\nE-1,=cmd|calc,090-1234-5678,"a,b",いいえ,@SUM(A1)\n',
    );
    const keys = exportFieldsSchema.parse((await admin.get('/crm/customers/export/fields')).body);
    expect(keys.data.map(({ key }) => key)).toContain('orderTotal');
    const file = await bytes('q=E-1&fields=customerNumber,familyName,phone,tags,note,consentEmail');
    expect(file.replace('\ufeff', '')).toBe(
      '顧客番号,姓,電話,タグ,メモ,メール配信\r\nE-1,\'=cmd|calc,09012345678,"a,b",\'@SUM(A1),いいえ\r\n',
    );
  });

  it('brought in again changes nothing', async () => {
    const fields =
      'customerNumber,familyName,familyNameKana,email,prefecture,city,street,consentEmail';
    const file = await bytes(`q=${encodeURIComponent('佐藤')}&fields=${fields}`);
    const result = await bring(admin, CUSTOMERS, file);
    expect([result.created, result.updated, result.unchanged, result.failed]).toEqual([
      0, 0, 3000, 0,
    ]);
  });

  it('in CP932 says what it cannot hold, writes 〓 there, and is written down', async () => {
    await bring(admin, CUSTOMERS, '会員番号,姓,会社名\nE-2,𠮷田,喫茶〜🎵\n');
    const check = await admin.get('/crm/customers/export/check?q=E-2&encoding=cp932&lang=ja');
    expect(exportCheckSchema.parse(check.body).data).toMatchObject({
      rows: 1,
      unencodable: 2,
      samples: [{ field: '姓', text: '𠮷田' }, { text: '喫茶〜🎵' }],
    });
    const raw = await admin.download(
      '/crm/customers/export?q=E-2&encoding=cp932&fields=familyName,company',
    );
    expect(decode(raw, 'cp932')).toContain('〓田,喫茶～〓');
    const log = await app.strapi.db
      .connection('crm_customer_exports')
      .orderBy('id', 'desc')
      .first();
    expect(log).toMatchObject({ encoding: 'cp932', rows: 1, unencodable: 2 });
    expect(Number(log.staff_id)).toBeGreaterThan(0);
  });
});
