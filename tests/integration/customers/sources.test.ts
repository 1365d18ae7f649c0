import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { mergeAnswerSchema } from '../../../src/plugins/crm/shared/customer-merge';
import {
  fieldSources,
  recordSourcesSchema,
  type RecordSources,
} from '../../../src/plugins/crm/shared/field-sources';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';
import { people, unwrap } from './people';

let app: TestApp;
let admin: AdminClient;
let crm: ReturnType<typeof people>;
beforeAll(async () => {
  app = await startApp();
  crm = people(app);
  admin = await adminClient(app);
});
afterAll(() => app.stop());

interface ImportCounts {
  readonly updated: number;
  readonly unchanged: number;
}

async function importRows(...rows: readonly string[]): Promise<ImportCounts> {
  const file = ['顧客番号,メールアドレス,姓,会社名,電話番号', ...rows].join('\n');
  const answer = await admin.upload('/crm/customers/import?policy=update', file, 'text/csv');
  expect(answer.status).toBe(200);
  return (answer.body as { data: ImportCounts }).data;
}
const sources = async (id: number): Promise<RecordSources> =>
  recordSourcesSchema.parse((await admin.get(`/crm/customers/${id}/sources`)).body).data;
const origins = async (id: number) =>
  Object.fromEntries(
    (await sources(id)).fields.map(({ field, origin }) => [field, origin?.source]),
  );
const idOf = async (email: string) => (await crm.customers.findByIdentity('email', email))?.id ?? 0;

describe('sources', () => {
  it('are shown for every value: who, from where, when', async () => {
    await importRows('S-1,s1@example.jp,山田,縁商事,090-1111-2222');
    const id = await idOf('s1@example.jp');
    expect(await origins(id)).toEqual({
      customerNumber: 'import',
      email: 'import',
      familyName: 'import',
      company: 'import',
      phone: 'import',
    });
    await admin.put(`/crm/customers/${id}`, { company: '縁レコード', givenName: '花子' });
    const { fields, history } = await sources(id);
    const company = fields.find(({ field }) => field === 'company');
    expect(company).toMatchObject({
      value: '縁レコード',
      origin: { source: 'staff', by: 'Admin Test', at: expect.any(Number) },
    });
    expect(history).toMatchObject([
      {
        origin: { source: 'staff' },
        replaced: [{ field: 'company', value: '縁商事', origin: { source: 'import' } }],
        refused: [],
      },
    ]);
    await admin.put(`/crm/customers/${id}`, { note: '要注意' });
    await admin.put(`/crm/customers/${id}`, { note: '' });
    const hers = kernel()
      .personalData.members(app.strapi)
      .find(({ key }) => key === 'customer');
    const copy = await hers?.copy(id);
    expect(copy).toMatchObject({
      changes: expect.arrayContaining([
        expect.objectContaining({ source: 'staff', replaced: { company: '縁商事' } }),
      ]),
    });
    expect(JSON.stringify(copy)).not.toContain('要注意');
  });

  it('decide conflicts: an import does not overwrite what staff typed, and the loser is kept', async () => {
    await importRows('S-2,s2@example.jp,鈴木,旧社名,03-1111-2222');
    const id = await idOf('s2@example.jp');
    await admin.put(`/crm/customers/${id}`, { company: '新社名' });
    const counts = await importRows('S-2,s2@example.jp,鈴木,旧社名,03-9999-8888');
    expect(counts).toMatchObject({ updated: 1, unchanged: 0 });
    expect(await crm.customers.find(id)).toMatchObject({
      company: '新社名',
      phone: '+81399998888',
    });
    const [last] = (await sources(id)).history;
    expect(last).toMatchObject({
      origin: { source: 'import' },
      refused: [{ field: 'company', value: '旧社名' }],
      replaced: [{ field: 'phone', value: '+81311112222' }],
    });
    // All that the file would change is held by staff: nothing changed, and the count says so.
    expect(await importRows('S-2,s2@example.jp,鈴木,旧社名,03-9999-8888')).toMatchObject({
      updated: 0,
      unchanged: 1,
    });
  });

  it('follow the order that the operator sets; half an order is refused', async () => {
    const { id } = await crm.create({ email: 's3@example.jp' });
    const told = (company: string, source: 'form' | 'line' | 'member') =>
      crm.unit(async (unit) =>
        unwrap(await crm.customers.update(unit, id, { company }, undefined, { source })),
      );
    await told('LINEの社名', 'line');
    expect((await told('フォームの社名', 'form')).company).toBe('フォームの社名');
    expect((await told('LINEの新社名', 'line')).company).toBe('フォームの社名');
    const order = ['line', ...fieldSources.filter((source) => source !== 'line')];
    expect((await admin.put('/crm/customers/source-order', { order })).status).toBe(200);
    expect((await told('LINEの新社名', 'line')).company).toBe('LINEの新社名');
    expect((await told('フォームの社名', 'form')).company).toBe('LINEの新社名');
    // A person's own hand is above any order.
    expect((await told('本人の社名', 'member')).company).toBe('本人の社名');
    await admin.put('/crm/customers/source-order', { order: [...fieldSources] });
    for (const wrong of [['line'], [...order, 'line'], order.map(() => 'line')]) {
      expect((await admin.put('/crm/customers/source-order', { order: wrong })).status).toBe(400);
    }
    const reader = await adminClient(app, ['customers.read']);
    expect((await reader.put('/crm/customers/source-order', { order })).status).toBe(403);
  });

  it('follow a merge and its undo', async () => {
    await importRows('S-4,,田中,縁物産,', 'S-5,s5@example.jp,田中,,06-1234-5678');
    const from = await idOf('s5@example.jp');
    const into = (await crm.customers.search({ text: '縁物産' })).customers[0]?.id ?? 0;
    await admin.put(`/crm/customers/${into}`, { company: '縁物産本店' });
    const merged = await admin.post('/crm/customers/merges', { from, into });
    expect(await origins(into)).toMatchObject({ company: 'staff', phone: 'import' });
    const { id } = mergeAnswerSchema.parse(merged.body).data;
    await admin.post(`/crm/customers/merges/${id}/undo`);
    expect(await origins(into)).not.toHaveProperty('phone');
    expect(await origins(from)).toMatchObject({ phone: 'import' });
  });

  it('stay when, after two years, it is forgotten what was before', async () => {
    await importRows('S-7,s7@example.jp,残る,前の社,');
    const id = await idOf('s7@example.jp');
    await admin.put(`/crm/customers/${id}`, { company: '今の社' });
    const after = async (days: number) => {
      const clock = kernel().clock(app.strapi);
      clock.set(new Date(Date.now() + days * 86_400_000));
      await kernel().jobs(app.strapi).fire('customers.forget-history');
      clock.reset();
      return (await sources(id)).history.length;
    };
    expect([await after(729), await after(731)]).toEqual([1, 0]);
    expect(await origins(id)).toMatchObject({ company: 'staff', familyName: 'import' });
  });

  it('are forgotten with the person', async () => {
    await importRows('S-6,s6@example.jp,消える,社,');
    const id = await idOf('s6@example.jp');
    await admin.put(`/crm/customers/${id}`, { company: '別の社' });
    const { personalData, inTransaction } = kernel();
    for (const data of personalData.members(app.strapi)) {
      await inTransaction(app.strapi, (unit) => data.erase(unit, id));
    }
    for (const table of ['crm_field_origins', 'crm_field_history']) {
      const rows = await app.strapi.db.connection(table).where({ customer_id: id });
      expect([table, rows]).toEqual([table, []]);
    }
  });
});
