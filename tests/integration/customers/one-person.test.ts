/** One record for a person: her timeline at 100,000 events, a merge that carries all, ten thousand tagged. */
import { afterAll, beforeAll, expect, it } from 'vitest';

import { bulkAnswerSchema } from '../../../src/plugins/crm/shared/customer-work';
import { timelineSchema } from '../../../src/plugins/crm/shared/customers';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';
import { bring, counts, CUSTOMERS, ORDERS } from './importing';
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

const db = () => app.strapi.db.connection;
const START = Date.parse('2026-01-01T00:00:00Z');
const EVENTS = 100_000;

const insert = (table: string, rows: readonly Readonly<Record<string, unknown>>[]) =>
  kernel().insertBulk(db(), { table, columns: Object.keys(rows[0] ?? {}), rows });

const event = (customerId: number, index: number) => ({
  message_id: `e-${customerId}-${index}`,
  type: index % 3 === 0 ? 'page' : 'track',
  name: 'x',
  customer_id: customerId,
  visitor_id: null,
  // Three at each instant, and two hundred at one.
  occurred_at: START + (index < 200 ? 0 : Math.floor(index / 3) * 1000),
  received_at: START,
  properties: '{}',
  is_bot: false,
});

/** One of each kind, between the events. */
async function otherKinds(customerId: number): Promise<void> {
  const at = (hours: number) => START + hours * 3_600_000 + 500;
  await insert('crm_messages', [
    {
      customer_id: customerId,
      channel: 'email',
      stream: 'marketing',
      unique_key: `one-person-${customerId}`,
      locale: 'ja',
      status: 'accepted',
      guard_verdict: 'allow',
      retry_key: 'x',
      due_at: at(1),
      created_at: at(1),
      sent_at: at(1),
      payload: '{}',
    },
  ]);
  const [message] = await db()('crm_messages').where({ customer_id: customerId });
  await insert('crm_message_events', [
    { message_id: message.id, customer_id: customerId, type: 'open', at: at(2), is_machine: false },
  ]);
  await insert('crm_member_events', [
    { customer_id: customerId, type: 'registered', at: at(3), detail: '{}' },
  ]);
  const note = { customer_id: customerId, text: 'x', pinned: false, created_at: at(4) };
  await insert('crm_notes', [note]);
  await insert('crm_tasks', [
    { customer_id: customerId, title: 'x', created_at: at(5), done_at: at(6) },
  ]);
  await crm.unit((unit) =>
    crm.commerce.recordOrders(
      unit,
      (['paid', 'cancelled'] as const).map((status, index) => ({
        orderNumber: `one-person-${status}`,
        customerId,
        orderedAt: new Date(at(7 + index)),
        status,
        total: 100,
        lines: [],
      })),
    ),
  );
  for (const [index, granted] of [true, false].entries()) {
    await crm.unit((unit) =>
      crm.consent.record(unit, {
        customerId,
        purpose: 'marketing',
        channel: 'email',
        granted,
        source: 'form',
        occurredAt: new Date(at(9 + index)),
      }),
    );
  }
}

it('a timeline of 100,000 events and ten other kinds is in true order on every page', async () => {
  const { id } = await crm.create({ familyName: '百千' });
  await insert(
    'crm_events',
    Array.from({ length: EVENTS }, (_, index) => event(id, index)),
  );
  await otherKinds(id);
  const seen = new Set<string>();
  const types = new Set<string>();
  let last = Infinity;
  let before: string | undefined;
  do {
    const page = await crm.customers.timeline(id, { limit: 5_000, before });
    for (const entry of page.entries) {
      expect(entry.at).toBeLessThanOrEqual(last);
      last = entry.at;
      seen.add(entry.id);
      types.add(`${entry.kind} ${entry.type}`);
    }
    before = page.next;
  } while (before !== undefined);
  expect(seen.size).toBe(EVENTS + 10);
  expect([...types].sort()).toEqual([
    'behaviour page',
    'behaviour track',
    'consent granted',
    'consent withdrawn',
    'member registered',
    'message accepted',
    'message open',
    'note written',
    'order cancelled',
    'order paid',
    'task created',
    'task done',
  ]);
  // Small pages through the instant at which two hundred things happened.
  const oldest = new Set<string>();
  for (let cursor = `${START + 1}`; cursor !== '';) {
    const path = `/crm/customers/${id}/timeline?limit=30&before=${cursor}`;
    const { data, page } = timelineSchema.parse((await admin.get(path)).body);
    for (const entry of data) oldest.add(entry.id);
    cursor = page.next ?? '';
  }
  expect(oldest.size).toBe(200);
  const filtered = await crm.customers.timeline(id, { limit: 50, kinds: ['note', 'order'] });
  expect(filtered.entries.map(({ type }) => type)).toEqual(['cancelled', 'paid', 'written']);
});

it('a merge carries every table that names a customer, and the second address leads to her', async () => {
  const from = (await crm.create({ email: 'second@example.jp', familyName: '二' })).id;
  const into = (await crm.create({ email: 'first@example.jp' })).id;
  await insert('crm_events', [event(from, 1)]);
  await crm.commerce.totals(from);
  await admin.post(`/crm/customers/${from}/notes`, { text: 'x' });
  await admin.post(`/crm/customers/${from}/tasks`, { title: 'x' });
  await admin.post(`/crm/customers/${from}/consent-record`, { language: 'ja' });
  await admin.put(`/crm/customers/${from}`, { familyName: '二番' });
  expect((await admin.post('/crm/customers/merges', { from, into })).status).toBe(200);
  // Of itself each table tells whether it names her; origins stay for the undo.
  const tables: string[] = [];
  for (const table of await tablesWithCustomer()) {
    const rows: unknown[] = await db()(table).where({ customer_id: from });
    if (rows.length > 0) tables.push(table);
  }
  expect(tables).toEqual(['crm_field_origins']);
  const found = await crm.customers.findByIdentity('email', 'second@example.jp');
  expect(found?.id).toBe(into);
  // An order told with the second address, and a file that knows her by it, are hers.
  const order =
    '注文番号,メールアドレス,注文日,合計,ステータス\nM-1,second@example.jp,2026-01-02,900,完了';
  expect(counts(await bring(admin, ORDERS, order))).toEqual([1, 0, 0, 0]);
  expect(await crm.commerce.totals(into)).toMatchObject({ count: 1, spent: 900 });
  const file = await bring(admin, CUSTOMERS, 'メールアドレス,会社名\nsecond@example.jp,縁商事');
  expect(counts(file)).toEqual([0, 1, 0, 0]);
  expect(await crm.customers.find(into)).toMatchObject({ company: '縁商事' });
});

async function tablesWithCustomer(): Promise<string[]> {
  const names: string[] = [];
  const all: { name: string }[] =
    process.env.TEST_DATABASE === 'postgres'
      ? await db()('information_schema.tables')
          .where({ table_schema: 'public' })
          .select({ name: 'table_name' })
      : await db()('sqlite_master').where({ type: 'table' }).select('name');
  for (const { name } of all) {
    if (name.startsWith('crm_') && (await db().schema.hasColumn(name, 'customer_id'))) {
      names.push(name);
    }
  }
  return names;
}

it('ten thousand people are tagged in one action, and untagged by its undo', async () => {
  const rows = Array.from({ length: 10_000 }, (_, index) => `T-${index},一万,t${index}@example.jp`);
  await bring(admin, CUSTOMERS, ['会員番号,姓,メールアドレス', ...rows].join('\n'));
  const tagged = async () => {
    const all = await db()('crm_customers').where('customer_number', 'like', 'T-%').select('tags');
    return all.filter(({ tags }) => JSON.stringify(tags).includes('招待')).length;
  };
  const started = await admin.post('/crm/customers/bulk', {
    action: { kind: 'addTag', value: '招待' },
    filter: { q: '一万' },
  });
  const { id } = bulkAnswerSchema.parse(started.body).data;
  const idle = () => kernel().jobs(app.strapi).idle();
  await idle();
  const run = bulkAnswerSchema.parse((await admin.get(`/crm/customers/bulk/${id}`)).body).data;
  expect(run).toMatchObject({ status: 'done', total: 10_000, changed: 10_000 });
  expect(await tagged()).toBe(10_000);
  expect((await admin.post(`/crm/customers/bulk/${id}/undo`)).status).toBe(200);
  await idle();
  expect(await tagged()).toBe(0);
});
