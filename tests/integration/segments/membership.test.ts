import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { RuleGroup } from '../../../src/plugins/crm/shared/segments';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { DAY, HOUR, NOW } from './people';

let app: TestApp;
let admin: AdminClient;

beforeAll(async () => {
  app = await startApp();
  admin = await adminClient(app);
});
afterAll(() => app.stop());
beforeEach(() => kernel().clock(app.strapi).set(new Date(NOW)));

const segments = () =>
  compiled<typeof import('../../../src/plugins/crm/server/segments')>('segments').segmentsService(
    app.strapi,
  );
const customers = () =>
  compiled<typeof import('../../../src/plugins/crm/server/customers')>(
    'customers',
  ).customersService(app.strapi);
const db = () => kernel().database(app.strapi);

let number = 0;
async function newCustomer(fields: Record<string, unknown> = {}): Promise<number> {
  number += 1;
  const created = await kernel().inTransaction(app.strapi, (unit) =>
    customers().create(unit, { familyName: '山田', email: `p${number}@example.jp`, ...fields }),
  );
  if (!created.ok) throw new Error(JSON.stringify(created.refusal));
  return created.value.id;
}

const tierIs = (...tiers: string[]): RuleGroup => ({
  combinator: 'and',
  rules: [{ field: 'customer.tier', operator: 'in', value: tiers }],
});

async function newSegment(rule: RuleGroup, kind = 'dynamic'): Promise<string> {
  number += 1;
  const { status, body } = await admin.post('/crm/segments', { name: `S${number}`, rule, kind });
  expect(status, JSON.stringify(body)).toBe(201);
  return (body as { data: { documentId: string } }).data.documentId;
}

const detail = async (documentId: string) =>
  ((await admin.get(`/crm/segments/${documentId}`)).body as { data: Record<string, unknown> }).data;

describe('membership', () => {
  it('is complete when the segment is made, and follows a change before the call returns', async () => {
    const person = await newCustomer({ tier: 'gold' });
    const documentId = await newSegment(tierIs('gold'));
    expect(await segments().isMember(documentId, person)).toBe(true);
    await kernel().inTransaction(app.strapi, (unit) =>
      customers().update(unit, person, { tier: 'regular' }),
    );
    expect(await segments().isMember(documentId, person)).toBe(false);
    const newcomer = await newCustomer({ tier: 'gold' });
    expect(await segments().segmentsOf(newcomer)).toContain(documentId);
    expect((await detail(documentId)).memberCount).toBe(1);
  });

  it('follows consent in the same call', async () => {
    const person = await newCustomer();
    const documentId = await newSegment({
      combinator: 'and',
      rules: [{ field: 'consent.email', operator: 'in', value: ['granted'] }],
    });
    expect(await segments().isMember(documentId, person)).toBe(false);
    const { consentService } =
      compiled<typeof import('../../../src/plugins/crm/server/consent')>('consent');
    await kernel().inTransaction(app.strapi, (unit) =>
      consentService(app.strapi).record(unit, {
        customerId: person,
        purpose: 'marketing',
        channel: 'email',
        granted: true,
        source: 'form',
      }),
    );
    expect(await segments().isMember(documentId, person)).toBe(true);
  });

  it('writes the difference only', async () => {
    const stay = await newCustomer({ tier: 'silver' });
    const leave = await newCustomer({ tier: 'silver' });
    const documentId = await newSegment(tierIs('silver'));
    const enter = await newCustomer();
    // Behind the plugin's back, as a restore or a script would: only a full refresh sees it.
    await db()('crm_customers').where({ id: leave }).update({ tier: 'regular' });
    await db()('crm_customers').where({ id: enter }).update({ tier: 'silver' });
    kernel()
      .clock(app.strapi)
      .set(new Date(NOW + HOUR));
    expect(await segments().refresh(documentId)).toEqual({
      ok: true,
      value: { entered: 1, left: 1 },
    });
    const rows: { customer_id: number; entered_at: number | string }[] = await db()(
      'crm_segment_members as m',
    )
      .join('crm_segments as s', 's.id', 'm.segment_id')
      .where('s.document_id', documentId)
      .orderBy('m.customer_id')
      .select('m.customer_id', 'm.entered_at');
    expect(rows.map((row) => [row.customer_id, Number(row.entered_at)])).toEqual([
      [stay, NOW],
      [enter, NOW + HOUR],
    ]);
    expect(await segments().refresh(documentId)).toEqual({
      ok: true,
      value: { entered: 0, left: 0 },
    });
  });

  it('lets time move people: days when a day begins, hours every minute', async () => {
    const person = await newCustomer();
    await db()('crm_orders').insert({
      order_number: 'time-1',
      customer_id: person,
      ordered_at: NOW,
      status: 'paid',
      currency: 'JPY',
      total: 100,
    });
    const lastOrder = (count: number, unit: string): RuleGroup => ({
      combinator: 'and',
      rules: [{ field: 'orders.last', operator: 'withinLast', value: { count, unit } }],
    });
    const hours = await newSegment(lastOrder(2, 'hours'));
    const days = await newSegment(lastOrder(1, 'days'));
    const tick = async (instant: number) => {
      kernel().clock(app.strapi).set(new Date(instant));
      await kernel().jobs(app.strapi).fire('segments.time-clauses');
      return Promise.all([hours, days].map((id) => segments().isMember(id, person)));
    };
    expect(await tick(NOW + 2 * HOUR)).toEqual([true, true]);
    expect(await tick(NOW + 2 * HOUR + 60_000)).toEqual([false, true]);
    const endOfTomorrow = Date.parse('2026-11-23T23:59:00+09:00');
    expect(await tick(endOfTomorrow)).toEqual([false, true]);
    expect(await tick(endOfTomorrow + 60_000)).toEqual([false, false]);
  });

  it('never changes a snapshot', async () => {
    const person = await newCustomer({ tier: 'platinum' });
    const documentId = await newSegment(tierIs('platinum'), 'snapshot');
    await kernel().inTransaction(app.strapi, (unit) =>
      customers().update(unit, person, { tier: 'regular' }),
    );
    kernel()
      .clock(app.strapi)
      .advance(2 * DAY);
    await kernel().jobs(app.strapi).fire('segments.time-clauses');
    await segments().refresh(documentId);
    const late = await newCustomer({ tier: 'platinum' });
    expect(await segments().isMember(documentId, person)).toBe(true);
    expect(await segments().isMember(documentId, late)).toBe(false);
  });
});

describe('the admin API', () => {
  it('previews a rule with count, share and sample', async () => {
    const person = await newCustomer({ tier: 'preview' });
    const { body } = await admin.post('/crm/segments/preview', { rule: tierIs('preview') });
    expect(body).toMatchObject({
      data: { count: 1, sample: [{ id: person, familyName: '山田' }] },
    });
  });

  it('lists the fields in the language of the reader', async () => {
    const { body } = await admin.get('/crm/segments/fields?lang=ja');
    const fields = (body as { data: { field: string; label: string; options?: unknown }[] }).data;
    expect(fields.find(({ field }) => field === 'orders.total')).toMatchObject({
      label: '購入金額の合計',
      valueType: 'measure',
      unit: 'yen',
    });
    expect(fields.map(({ field }) => field)).toContain('customer.birthdayMonth');
  });

  it.each([
    ['customer.password', 'is', 'x', 'segments.unknown-field'],
    ['customer.tier; drop table crm_customers', 'in', ['x'], 'segments.unknown-field'],
    ['constructor', 'is', 'x', 'segments.unknown-field'],
    ['customer.tier', 'constructor', ['x'], 'segments.unknown-operator'],
    ['customer.tier', 'like', ['x'], 'segments.unknown-operator'],
    ['customer.tier', 'in', 'platinum', 'segments.invalid-value'],
    ['customer.tier', 'in', [], 'segments.invalid-value'],
    ['customer.familyName', 'is', 'a\u0000b', 'segments.invalid-value'],
    ['customer.familyName', 'is', { $gt: '' }, 'segments.invalid-value'],
    ['orders.total', 'gte', { amount: '1 or 1=1', within: null }, 'segments.invalid-value'],
    ['orders.last', 'withinLast', { count: 1, unit: 'fortnights' }, 'segments.invalid-value'],
    ['customer.birthday', 'on', '2026-02-30', 'segments.invalid-value'],
  ])('refuses %s %s %j', async (field, operator, value, code) => {
    const rule = { combinator: 'and', rules: [{ field, operator, value }] };
    const { status, body } = await admin.post('/crm/segments/preview?lang=en', { rule });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      error: {
        code: 'segments.invalid-rule',
        details: { fields: [{ path: 'rule.rules.0', code }] },
      },
    });
  });

  it('treats hostile values as words', async () => {
    const hostile = [
      "' or '1'='1",
      '"; drop table crm_segments; --',
      '%',
      '_',
      '\\',
      '{{ x }}',
      '<b>',
    ];
    for (const value of hostile) {
      const rule = {
        combinator: 'and',
        rules: [{ field: 'customer.city', operator: 'contains', value }],
      };
      const { body } = await admin.post('/crm/segments/preview', { rule });
      expect(body, value).toMatchObject({ data: { count: 0 } });
    }
  });

  it('refuses an empty rule, a name that is taken and an id that is not there', async () => {
    const empty = { combinator: 'and', rules: [{ combinator: 'or', rules: [] }] };
    const first = await admin.post('/crm/segments', { name: 'Empty', rule: empty });
    expect([first.status, first.body]).toMatchObject([
      400,
      { error: { code: 'segments.empty-rule' } },
    ]);
    await admin.post('/crm/segments', { name: 'Taken', rule: tierIs('x') });
    const again = await admin.post('/crm/segments', { name: 'Taken', rule: tierIs('y') });
    expect([again.status, again.body]).toMatchObject([
      409,
      { error: { code: 'segments.name-taken' } },
    ]);
    expect((await admin.get('/crm/segments/nowhere')).status).toBe(404);
    const why = await admin.post('/crm/segments/why', { rule: tierIs('x'), customerId: 999_999 });
    expect(why.status).toBe(404);
  });

  it('says where a segment is used, and keeps it while it is', async () => {
    const documentId = await newSegment(tierIs('used'));
    const made = await admin.post('/crm/campaigns', { name: '秋の便り', segment: documentId });
    expect(made.status, JSON.stringify(made.body)).toBeLessThan(300);
    expect((await detail(documentId)).usages).toMatchObject([{ title: '秋の便り' }]);
    const refused = await admin.delete(`/crm/segments/${documentId}?lang=ja`);
    expect([refused.status, refused.body]).toMatchObject([
      409,
      { error: { code: 'segments.in-use' } },
    ]);
    expect((await admin.get(`/crm/segments/${documentId}`)).status).toBe(200);
  });

  it('deletes a segment and its members', async () => {
    await newCustomer({ tier: 'gone' });
    const documentId = await newSegment(tierIs('gone'));
    expect((await admin.delete(`/crm/segments/${documentId}`)).status).toBe(200);
    expect((await admin.get(`/crm/segments/${documentId}`)).status).toBe(404);
    const orphans: unknown[] = await db()('crm_segment_members').whereNotIn(
      'segment_id',
      db()('crm_segments').select('id'),
    );
    expect(orphans).toEqual([]);
  });

  it('lets readers read and only editors write', async () => {
    const reader = await adminClient(app, ['segments.read']);
    expect((await reader.get('/crm/segments')).status).toBe(200);
    expect((await reader.post('/crm/segments', { name: 'No', rule: tierIs('x') })).status).toBe(
      403,
    );
    const segment = (await db()('crm_segments').first('document_id')) as { document_id: string };
    for (const part of ['members', 'history']) {
      const answer = await reader.get(`/crm/segments/${segment.document_id}/${part}`);
      expect(answer.status, part).toBe(403);
    }
    const nobody = await adminClient(app, []);
    expect((await nobody.get('/crm/segments')).status).toBe(403);
    expect((await fetch(`${app.origin}/crm/segments`)).status).toBe(401);
  });
});
