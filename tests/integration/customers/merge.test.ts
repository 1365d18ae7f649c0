import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  duplicateReasons,
  duplicatesSchema,
  mergeAnswerSchema,
  type CustomerMerge,
  type DuplicateReason,
} from '../../../src/plugins/crm/shared/customer-merge';
import type { CustomerInput } from '../../../src/plugins/crm/shared/customers';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled } from '../../support/crm';
import { people } from './people';

type Leaving = typeof import('../../../src/plugins/crm/server/members/leaving');

let app: TestApp;
let admin: AdminClient;
let crm: ReturnType<typeof people>;
beforeAll(async () => {
  app = await startApp();
  crm = people(app);
  admin = await adminClient(app);
});
afterAll(() => app.stop());

async function person(input: CustomerInput): Promise<number> {
  const made = await crm.unit((unit) => crm.customers.create(unit, input));
  if (!made.ok) throw new Error(made.refusal.code);
  return made.value.id;
}
const kana = { familyNameKana: 'ヨシダ', givenNameKana: 'ハナ' };
const order = (orderNumber: string, customerId: number) => ({
  orderNumber,
  customerId,
  orderedAt: new Date('2026-01-01'),
  status: 'paid' as const,
  total: 1000,
  lines: [],
});
const consent = (customerId: number, channel: 'email' | 'postal', granted: boolean) =>
  crm.unit((unit) =>
    crm.consent.record(unit, {
      customerId,
      purpose: 'marketing',
      channel,
      granted,
      source: 'form',
      occurredAt: new Date('2026-01-01'),
    }),
  );
async function merge(from: number, into: number): Promise<CustomerMerge> {
  const { body } = await admin.post('/crm/customers/merges', { from, into });
  return mergeAnswerSchema.parse(body).data;
}
const undo = async (id: number) => (await admin.post(`/crm/customers/merges/${id}/undo`)).status;
const states = async (id: number) =>
  (await crm.consent.states(id)).map(({ channel, granted }) => [channel, granted]);

describe('duplicates', () => {
  it('are found with their reasons, by table and by person, and waved off for good', async () => {
    const a = await person({ ...kana, phone: '090-1111-2222', birthday: '1990-04-01' });
    const b = await person({ ...kana, phone: '09011112222', birthday: '1990-04-01' });
    const c = await person({ ...kana, phone: '090-9999-0000', birthday: '1971-04-01' });
    const found = async (path: string) =>
      duplicatesSchema
        .parse((await admin.get(path)).body)
        .data.map((pair) => [pair.a.id, pair.b.id, [...pair.reasons].sort()]);
    const expected = [[a, b, ['name-birthday', 'phone-name']]];
    expect(await found('/crm/customers/duplicates')).toEqual(expected);
    expect(await found(`/crm/customers/${b}/duplicates`)).toEqual(expected);
    expect(await found(`/crm/customers/${c}/duplicates`)).toEqual([]);
    await admin.post('/crm/customers/duplicates/dismiss', { a: b, b: a });
    expect(await found('/crm/customers/duplicates')).toEqual([]);
    expect(await found(`/crm/customers/${a}/duplicates`)).toEqual([]);
  });
});

describe('duplicates among many people', () => {
  it('are looked for beside the page: it tells how far the look is, then of when the pairs are', async () => {
    const { mergesService } = compiled<
      typeof import('../../../src/plugins/crm/server/customers/merge/contract')
    >('customers/merge/contract');
    const merges = mergesService(app.strapi);
    const look = () => merges.duplicates(0);
    const ended = () =>
      expect.poll(async () => (await look()).progress, { timeout: 60_000 }).toBeNull();
    const of = async (a: number) => (await look()).data.filter((pair) => pair.a.id === a);
    const many = { familyNameKana: 'オオゼイ', givenNameKana: 'イル', phone: '090-4444-5555' };
    const a = await person(many);
    await person(many);
    expect(await look()).toEqual({ data: [], foundAt: null, progress: 0 });
    await ended();
    expect((await look()).foundAt).not.toBeNull();
    expect(await of(a)).toHaveLength(1);
    const later = { ...many, givenNameKana: 'アトカラ' };
    const b = await person(later);
    await person(later);
    expect(await of(b), 'kept for an hour').toEqual([]);
    expect((await admin.post('/crm/customers/duplicates/look', {})).status).toBe(200);
    await ended();
    expect(await of(b)).toHaveLength(1);
    for (const pair of (await look()).data) await merges.dismiss(pair.a.id, pair.b.id);
    expect((await look()).data).toEqual([]);
  });
});

describe('duplicates by each reason', () => {
  const shared: Record<DuplicateReason, CustomerInput> = {
    'phone-name': { phone: '03-3000-1234' },
    'name-birthday': { birthday: '1984-02-29' },
    'name-address': { postalCode: '150-0001', street: '神宮前１丁目２－３' },
  };
  const names: Record<string, readonly [CustomerInput, CustomerInput]> = {
    'read alike': [
      { familyName: '小鳥遊', familyNameKana: 'タカナシ', givenNameKana: 'ソラ' },
      { familyName: '高梨', familyNameKana: 'タカナシ', givenNameKana: 'ソラ' },
    ],
    'written alike, with no reading': [
      { familyName: '渡邊', givenName: '眞澄' },
      { familyName: '渡辺', givenName: '真 澄' },
    ],
    'written alike, with one reading': [
      { familyName: '髙橋', givenName: '一郎' },
      {
        familyName: '高橋',
        givenName: '一郎',
        familyNameKana: 'タカハシ',
        givenNameKana: 'イチロウ',
      },
    ],
  };
  const cases = duplicateReasons.flatMap((reason) =>
    Object.entries(names).map(([how, pair]) => [reason, how, pair] as const),
  );

  it.each(cases)('%s: %s', async (reason, _how, [one, other]) => {
    const a = await person({ ...one, ...shared[reason] });
    const b = await person({ ...other, ...shared[reason] });
    const alone = await person(other);
    const stranger = await person({ familyName: '別', givenName: '人', ...shared[reason] });
    const pairs = async (path: string) =>
      duplicatesSchema
        .parse((await admin.get(path)).body)
        .data.map((pair) => [pair.a.id, pair.b.id, pair.reasons]);
    const expected = [[a, b, [reason]]];
    expect(await pairs('/crm/customers/duplicates')).toEqual(expected);
    expect(await pairs(`/crm/customers/${a}/duplicates`)).toEqual(expected);
    expect(await pairs(`/crm/customers/${b}/duplicates`)).toEqual(expected);
    expect(await pairs(`/crm/customers/${alone}/duplicates`)).toEqual([]);
    expect(await pairs(`/crm/customers/${stranger}/duplicates`)).toEqual([]);
    await admin.post('/crm/customers/duplicates/dismiss', { a, b });
    // The next case has other people of these names and this phone.
    for (const id of [a, b, alone, stranger]) {
      await crm.unit((unit) =>
        crm.customers.update(unit, id, { familyName: `済${id}`, familyNameKana: null }),
      );
    }
  });
});

describe('a merge', () => {
  it('keeps all history and the stricter consent, and is undone', async () => {
    const into = await person({ familyName: '統合', email: 'into@example.jp', tags: ['a'] });
    const from = await person({
      familyName: '消える',
      email: 'from@example.jp',
      city: '渋谷区',
      tags: ['b'],
    });
    await consent(into, 'email', true);
    await consent(from, 'email', false);
    await consent(from, 'postal', true);
    await crm.unit((unit) =>
      crm.commerce.recordOrders(unit, [order('MG-1', into), order('MG-2', from)]),
    );
    const merged = await merge(from, into);
    expect(await crm.customers.find(from)).toBeNull();
    expect(await crm.customers.find(into)).toMatchObject({
      familyName: '統合',
      city: '渋谷区',
      tags: ['a', 'b'],
    });
    // Mail from the second address lands on the same person.
    expect((await crm.customers.findByIdentity('email', 'from@example.jp'))?.id).toBe(into);
    expect(await crm.commerce.totals(into)).toMatchObject({ count: 2, spent: 2000 });
    expect(await states(into)).toEqual([
      ['email', false],
      ['postal', true],
    ]);
    expect((await crm.consent.history(into)).map(({ source }) => source)).toContain('merge');
    expect((await crm.customers.search({ text: '消える' })).total).toBe(0);
    const timeline = await crm.customers.timeline(into, { limit: 20 });
    expect(timeline.entries.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['record', 'order', 'consent']),
    );

    await crm.unit((unit) => crm.customers.update(unit, into, { city: '目黒区' }));
    expect(await undo(merged.id)).toBe(200);
    expect(await crm.customers.find(from)).toMatchObject({ id: from, familyName: '消える' });
    expect(await crm.customers.find(into)).toMatchObject({ city: '目黒区', tags: ['a'] });
    expect((await crm.customers.findByIdentity('email', 'from@example.jp'))?.id).toBe(from);
    expect(await crm.commerce.totals(into)).toMatchObject({ count: 1 });
    expect(await crm.commerce.totals(from)).toMatchObject({ count: 1 });
    expect(await states(into)).toEqual([['email', true]]);
    expect(await states(from)).toEqual([
      ['email', false],
      ['postal', true],
    ]);
    expect((await crm.customers.search({ text: '消える' })).total).toBe(1);
    expect(await undo(merged.id)).toBe(409);
  });

  it('of two logins, of one person with herself, or of nobody is refused', async () => {
    const [a, b] = [await person({ familyName: '甲' }), await person({ familyName: '乙' })];
    await crm.unit(async (unit) => {
      for (const [customerId, value] of [
        [a, '901'],
        [b, '902'],
      ] as const) {
        await crm.customers.attachIdentity(unit, { customerId, kind: 'member', value });
      }
    });
    const status = async (from: number, into: number) =>
      (await admin.post('/crm/customers/merges', { from, into })).status;
    expect(await status(a, b)).toBe(409);
    expect(await status(a, a)).toBe(404);
    expect(await status(999_999, a)).toBe(404);
    const reader = await adminClient(app, ['customers.read']);
    expect((await reader.post('/crm/customers/merges', { from: a, into: b })).status).toBe(403);
  });

  it('moves points; a session opened while merged is not the other person’s when parted', async () => {
    const [from, into] = [
      await person({ familyName: '会員' }),
      await person({ familyName: '別人' }),
    ];
    const db = app.strapi.db.connection;
    await crm.unit((unit) =>
      crm.customers.attachIdentity(unit, { customerId: from, kind: 'member', value: '911' }),
    );
    await db('crm_points').insert({ customer_id: from, points: 30, reference: 'm-1', at: 1 });
    const pointsOf = async (id: number) =>
      db('crm_points').where({ customer_id: id }).pluck('points');
    const merged = await merge(from, into);
    expect(await pointsOf(into)).toEqual([30]);
    const session = { token_hash: 'merged', customer_id: into, user_id: 911 };
    const times = { created_at: 1, last_seen_at: 1, expires_at: 2 };
    await db('crm_member_sessions').insert({ ...session, ...times });
    expect(await undo(merged.id)).toBe(200);
    expect(await pointsOf(from)).toEqual([30]);
    const owners = await db('crm_member_sessions').where({ user_id: 911 }).pluck('customer_id');
    expect(owners).toEqual([from]);
  });

  it('leaves nothing to bring back once she is forgotten', async () => {
    const names = ['忘却一', '忘却二', '忘却三'];
    const [a, b, c] = [
      await person({ familyName: names[0] }),
      await person({ familyName: names[1] }),
      await person({ familyName: names[2] }),
    ];
    await merge(a, b);
    const last = await merge(b, c);
    const { forget } = compiled<Leaving>('members/leaving');
    await forget(app.strapi, c);
    expect(await undo(last.id)).toBe(404);
    const kept = JSON.stringify(await app.strapi.db.connection('crm_customer_merges').select());
    for (const name of names) expect(kept).not.toContain(name);
  });

  it('is undone in order: the later one first', async () => {
    const [a, b, c] = [
      await person({ familyName: '一' }),
      await person({ familyName: '二' }),
      await person({ familyName: '三' }),
    ];
    const first = await merge(a, b);
    const second = await merge(b, c);
    expect(await undo(first.id)).toBe(409);
    expect(await undo(second.id)).toBe(200);
    expect(await undo(first.id)).toBe(200);
    expect(await crm.customers.findMany([a, b, c])).toHaveLength(3);
  });
});
