/** Segments that ask about segments, that are picked or imported; their history; and broken rules. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Rule, RuleGroup } from '../../../src/plugins/crm/shared/segments';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { HOUR, NOW } from './people';

type Body = { data: Record<string, unknown> };

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
  const email = `k${number}@example.jp`;
  const created = await kernel().inTransaction(app.strapi, (unit) =>
    customers().create(unit, {
      familyName: '山田',
      email,
      customerNumber: `K${number}`,
      ...fields,
    }),
  );
  if (!created.ok) throw new Error(JSON.stringify(created.refusal));
  return created.value.id;
}

const change = (id: number, fields: Record<string, unknown>) =>
  kernel().inTransaction(app.strapi, (unit) => customers().update(unit, id, fields));

const all = (...rules: Rule[]): RuleGroup => ({ combinator: 'and', rules });
const tierIs = (tier: string): Rule => ({
  field: 'customer.tier',
  operator: 'in',
  value: [tier],
});
const isIn = (...ids: string[]): Rule => ({ field: 'segment.member', operator: 'in', value: ids });

async function newSegment(rule: RuleGroup, kind = 'dynamic', name?: string): Promise<string> {
  number += 1;
  const input = { name: name ?? `K${number}`, rule, kind };
  const { status, body } = await admin.post('/crm/segments', input);
  expect(status, JSON.stringify(body)).toBe(201);
  return (body as { data: { documentId: string } }).data.documentId;
}

const detail = async (documentId: string) =>
  ((await admin.get(`/crm/segments/${documentId}`)).body as Body).data;

describe('who looks after the person', () => {
  it('is asked by id, nobody has none, and what is no id finds no one', async () => {
    const [mine, hers, nobodys] = [
      await newCustomer({ tier: 'owned', owner: 7 }),
      await newCustomer({ tier: 'owned', owner: 2_147_483_647 }),
      await newCustomer({ tier: 'owned' }),
    ];
    const found = async (operator: string, ...value: string[]) => {
      const rule = all(tierIs('owned'), { field: 'customer.owner', operator, value });
      const id = await newSegment(rule);
      const people = [mine, hers, nobodys];
      const inside = await Promise.all(people.map((person) => segments().isMember(id, person)));
      return people.filter((_, index) => inside[index]);
    };
    expect(await found('in', '7')).toEqual([mine]);
    expect(await found('in', '7', "1' or 1=1", '99999999999999999999')).toEqual([mine]);
    expect(await found('in', 'nobody', '0', '-1')).toEqual([]);
    expect(await found('notIn', '7')).toEqual([hers, nobodys]);
  });
});

describe('nested segments', () => {
  it('follow the segment they ask about in the same call, through two floors', async () => {
    const person = await newCustomer({ tier: 'nest' });
    const other = await newCustomer({ tier: 'other' });
    const inner = await newSegment(all(tierIs('nest')));
    const middle = await newSegment(all(isIn(inner)));
    const outer = await newSegment({ combinator: 'and', not: true, rules: [isIn(middle)] });
    expect(await segments().segmentsOf(person)).toEqual(expect.arrayContaining([inner, middle]));
    expect(await segments().isMember(outer, person)).toBe(false);
    expect(await segments().isMember(outer, other)).toBe(true);
    await change(person, { tier: 'other' });
    await change(other, { tier: 'nest' });
    expect(await segments().segmentsOf(person)).toEqual([outer]);
    expect(await segments().segmentsOf(other)).toEqual(expect.arrayContaining([inner, middle]));
    expect(await segments().isMember(outer, other)).toBe(false);
  });

  it('follow a full refresh of the inner one as well', async () => {
    const person = await newCustomer({ tier: 'behind' });
    const inner = await newSegment(all(tierIs('behind')));
    const outer = await newSegment(all(isIn(inner)));
    await db()('crm_customers').where({ id: person }).update({ tier: 'gone' });
    await segments().refresh(inner);
    expect(await segments().isMember(outer, person)).toBe(false);
  });

  it('refuse a circle and name it, and a segment that is not there', async () => {
    const inner = await newSegment(all(tierIs('circle')), 'dynamic', '内');
    const middle = await newSegment(all(isIn(inner)), 'dynamic', '中');
    const outer = await newSegment(all(isIn(middle)), 'dynamic', '外');
    const closing = { name: '内', kind: 'dynamic', rule: all(isIn(outer)) };
    const refused = await admin.put(`/crm/segments/${inner}?lang=ja`, closing);
    expect(refused.status).toBe(409);
    expect(JSON.stringify(refused.body)).toContain('内 → 外 → 中 → 内');
    const self = await admin.put(`/crm/segments/${inner}`, { ...closing, rule: all(isIn(inner)) });
    expect(self.status).toBe(409);
    const missing = { name: 'missing', rule: all(isIn('nowhere')) };
    expect((await admin.post('/crm/segments', missing)).body).toMatchObject({
      error: { code: 'segments.unknown-segment' },
    });
    expect((await detail(inner)).usages).toMatchObject([{ kind: 'segment', title: '中' }]);
    expect((await admin.delete(`/crm/segments/${inner}`)).status).toBe(409);
    expect((await admin.delete(`/crm/segments/${outer}`)).status).toBe(200);
  });
});

describe('segments without a rule of their own', () => {
  it('are picked by hand, and nothing else moves them', async () => {
    const [one, two] = [await newCustomer(), await newCustomer()];
    const documentId = await newSegment(all(), 'static');
    const add = await admin.post(`/crm/segments/${documentId}/members`, {
      customerIds: [one, two, 987_654],
    });
    expect(add.body).toEqual({ data: { entered: 2, left: 0 } });
    await change(one, { tier: 'gold' });
    const remove = await admin.post(`/crm/segments/${documentId}/members/remove`, {
      customerIds: [two],
    });
    expect(remove.body).toEqual({ data: { entered: 0, left: 1 } });
    const members = await admin.get(`/crm/segments/${documentId}/members`);
    expect(members.body).toMatchObject({ data: [{ id: one }] });
    expect(await detail(documentId)).toMatchObject({ kind: 'static', memberCount: 1 });
    const dynamic = await newSegment(all(tierIs('x')));
    const refused = await admin.post(`/crm/segments/${dynamic}/members`, { customerIds: [one] });
    expect(refused.status).toBe(409);
  });

  it('are what the last file says, with the rows that name nobody', async () => {
    const people = [await newCustomer(), await newCustomer(), await newCustomer()];
    const [first, second, third] = await Promise.all(people.map((id) => customers().find(id)));
    const documentId = await newSegment(all(), 'imported');
    const path = `/crm/segments/${documentId}/import?lang=ja`;
    const octets = 'application/octet-stream';
    const file = `番号,会員番号\n1,${first?.customerNumber}\n2,\n3,"${second?.email?.toUpperCase()}"\n4,=1+1\n5,誰か@\n`;
    const imported = await admin.upload(path, file, octets);
    expect(imported.status, JSON.stringify(imported.body)).toBe(200);
    expect(imported.body).toMatchObject({
      data: { rows: 5, members: 2, entered: 2, left: 0, rejected: 3 },
    });
    const { rejections } = (imported.body as { data: { rejections: object[] } }).data;
    expect(rejections).toMatchObject([
      { line: 3, reason: 'empty' },
      { line: 5, value: '=1+1', reason: 'unknown' },
      { line: 6, reason: 'unknown' },
    ]);
    // Without headings, and other people: who is not named leaves.
    const again = await admin.upload(path, `${second?.email}\n${third?.customerNumber}\n`, octets);
    expect(again.body).toMatchObject({ data: { members: 2, entered: 1, left: 1, rejected: 0 } });
    expect(await segments().memberIds(documentId, { limit: 9 })).toEqual(people.slice(1));
    const nobody = await admin.upload(path, 'email\nnobody@example.com\n', octets);
    expect([nobody.status, nobody.body]).toMatchObject([
      400,
      { error: { code: 'segments.import-names-nobody' } },
    ]);
    expect(await segments().memberIds(documentId, { limit: 9 })).toEqual(people.slice(1));
  });

  it('keep a person through a merge, and give them back', async () => {
    const [from, into] = [await newCustomer(), await newCustomer()];
    const documentId = await newSegment(all(), 'static');
    await admin.post(`/crm/segments/${documentId}/members`, { customerIds: [from] });
    const merged = await admin.post('/crm/customers/merges', { into, from });
    expect(merged.status, JSON.stringify(merged.body)).toBeLessThan(300);
    expect(await segments().memberIds(documentId, { limit: 9 })).toEqual([into]);
    expect((await detail(documentId)).memberCount).toBe(1);
    const { id } = (merged.body as { data: { id: number } }).data;
    expect((await admin.post(`/crm/customers/merges/${id}/undo`)).status).toBeLessThan(300);
    expect(await segments().memberIds(documentId, { limit: 9 })).toContain(from);
  });
});

describe('entries and exits', () => {
  it('are kept, shown on the segment and the timeline, and published', async () => {
    const person = await newCustomer({ tier: 'history' });
    const documentId = await newSegment(all(tierIs('history')), 'dynamic', '履歴');
    kernel()
      .clock(app.strapi)
      .set(new Date(NOW + HOUR));
    await change(person, { tier: 'regular' });
    kernel()
      .clock(app.strapi)
      .set(new Date(NOW + 2 * HOUR));
    await change(person, { tier: 'history' });
    const { body } = await admin.get(`/crm/segments/${documentId}/history`);
    expect(body).toMatchObject({
      data: [
        { at: NOW + 2 * HOUR, entered: true, person: { id: person } },
        { at: NOW + HOUR, entered: false, person: { id: person } },
        { at: NOW, entered: true, person: { id: person } },
      ],
    });
    const timeline = await customers().timeline(person, { limit: 20, kinds: ['segment'] });
    expect(
      timeline.entries.filter(({ title }) => title.params?.name === '履歴').map(({ type }) => type),
    ).toEqual(['entered', 'left', 'entered']);
    const events: { type: string; payload: string }[] = await db()('crm_domain_events')
      .where('type', 'like', 'segment.%')
      .orderBy('id')
      .select('type', 'payload');
    const own = events.filter(({ payload }) => payload.includes(documentId));
    expect(own.map(({ type }) => type)).toEqual([
      'segment.entered',
      'segment.left',
      'segment.entered',
    ]);
    expect(JSON.parse(own[0]?.payload ?? '')).toEqual({
      segment: documentId,
      customerIds: [person],
    });
  });
});

describe('a stay', () => {
  it('is forgotten two years after its end, and who is still in stays in', async () => {
    const person = await newCustomer({ tier: 'stay' });
    const documentId = await newSegment(all(tierIs('stay')), 'dynamic', '滞在');
    const at = (hours: number) =>
      kernel()
        .clock(app.strapi)
        .set(new Date(NOW + hours * HOUR));
    at(1);
    await change(person, { tier: 'regular' });
    at(2);
    await change(person, { tier: 'stay' });
    const moves = async () =>
      (await admin.get(`/crm/segments/${documentId}/history`)).body as { data: { at: number }[] };
    at(730 * 24 + 1);
    await kernel().jobs(app.strapi).fire('segments.forget-stays');
    expect((await moves()).data.map((move) => move.at - NOW)).toEqual([2 * HOUR, HOUR, 0]);
    at(730 * 24 + 2);
    await kernel().jobs(app.strapi).fire('segments.forget-stays');
    expect((await moves()).data.map((move) => move.at - NOW)).toEqual([2 * HOUR]);
  });
});

describe('a rule that cannot be used any more', () => {
  it('has no members for anybody until it is mended, and neither has one that asks about it', async () => {
    const person = await newCustomer({ tier: 'broken' });
    const inner = await newSegment(all(tierIs('broken')), 'dynamic', '壊れる');
    const outer = await newSegment(all(isIn(inner)));
    const rule = { combinator: 'and', rules: [{ field: 'customer.gone', operator: 'isEmpty' }] };
    await app.strapi.db
      .query('plugin::crm.segment')
      .update({ where: { documentId: inner }, data: { rule } });
    await kernel().jobs(app.strapi).fire('segments.time-clauses');
    const own = await segments().segmentsOf(person);
    expect([inner, outer].filter((id) => own.includes(id))).toEqual([]);
    expect(await segments().memberIds(inner, { limit: 9 })).toEqual([]);
    expect(await segments().isMember(outer, person)).toBe(false);
    expect(await detail(inner)).toMatchObject({ problem: 'broken-rule', rule });
    expect(await detail(outer)).toMatchObject({ problem: 'broken-nested' });
    const mended = { name: '壊れる', kind: 'dynamic', rule: all(tierIs('broken')) };
    expect((await admin.put(`/crm/segments/${inner}`, mended)).status).toBe(200);
    expect(await segments().segmentsOf(person)).toEqual(expect.arrayContaining([inner, outer]));
    expect(await detail(outer)).toMatchObject({ problem: null });
  });

  it('is refused where it is 50 groups deep or far too large, with a sentence', async () => {
    let deep: RuleGroup = all(tierIs('deep'));
    for (let depth = 0; depth < 50; depth += 1) deep = { combinator: 'and', rules: [deep] };
    const wide = all(...Array.from({ length: 201 }, () => tierIs('wide')));
    for (const rule of [deep, wide]) {
      const { status, body } = await admin.post('/crm/segments/preview?lang=ja', { rule });
      expect(status).toBe(400);
      expect(JSON.stringify(body)).toMatch(/10階層|200個/);
    }
  });
});
