/**
 * The main job on real purchases: import through the product, segment by spend and recency, a
 * campaign by mail and LINE, and every figure compared with sums taken from the file by other means.
 * Names and addresses are made up; who bought what and when is real.
 */
import { readFileSync } from 'node:fs';

import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { convertCdnow, parseCdnow } from '../../tools/demo-data/cdnow';
import { customersCsv, ordersCsv } from '../../tools/demo-data/csv';
import { adminClient, type AdminClient } from '../support/admin';
import { kernel } from '../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../support/fake-smtp';
import { startLineWorld, type LineWorld } from '../integration/line/world';
import { linkMember, sendAll } from '../support/story';
import { bigRecentSpenders, panelPath, panelSums, type PanelFile } from './panel';

/** The day after the panel ends, in Tokyo. */
const TODAY = new Date('1998-07-01T00:00:00+09:00');
const SINCE = 19_980_101;
const MINIMUM_YEN = 20_000;
const LINKED = 12;

const RULE = {
  combinator: 'and',
  rules: [
    { field: 'orders.total', operator: 'gte', value: { amount: MINIMUM_YEN, within: null } },
    { field: 'orders.last', operator: 'withinLast', value: { count: 6, unit: 'months' } },
  ],
};

const imported = z.object({
  data: z.object({ created: z.number(), failed: z.number(), errors: z.array(z.unknown()) }),
});
const withId = z.object({ data: z.looseObject({ documentId: z.string() }) });
const preview = z.object({ data: z.object({ count: z.number() }) });
const report = z.object({
  data: z.object({
    total: z.number(),
    counts: z.record(z.string(), z.number()),
    channels: z.array(z.object({ channel: z.string(), counts: z.record(z.string(), z.number()) })),
    blocked: z.array(z.object({ reason: z.string(), people: z.number() })),
  }),
});

interface Person {
  readonly customerNumber: string;
  readonly email: string;
  readonly consentEmail: string;
}

const PANELS: readonly PanelFile[] = ['CDNOW_sample.txt', 'CDNOW_master.txt'];

describe.each(PANELS)('%s', (file) => {
  let world: LineWorld;
  let smtp: FakeSmtp;
  let admin: AdminClient;
  let people: Map<string, Person>;
  let orders: string;
  const linked = new Map<string, string>();

  beforeAll(async () => {
    smtp = await startFakeSmtp();
    world = await startLineWorld({
      env: { SMTP_PORT: String(smtp.port), SEED_DEMO: 'true' },
    });
    admin = await adminClient(world.app);
    const panel = convertCdnow(parseCdnow(readFileSync(panelPath(file), 'utf8')), { seed: 7 });
    const csv = customersCsv(panel.customers);
    const rows: Person[] = parse(csv, { columns: true });
    people = new Map(rows.map((row) => [row.customerNumber, row]));
    orders = ordersCsv(panel.orders);
    kernel().clock(world.app.strapi).set(TODAY);
    const answer = await admin.upload('/crm/customers/import', csv, 'text/csv');
    expect(imported.parse(answer.body).data).toMatchObject({ created: people.size, failed: 0 });
  }, 300_000);

  afterAll(async () => {
    await world.stop();
    await smtp.stop();
  });

  it('imports every purchase, once, also when the file comes again', async () => {
    const first = await admin.upload('/crm/orders/import', orders, 'text/csv');
    const { purchases } = panelSums(file);
    expect(imported.parse(first.body).data).toMatchObject({ created: purchases, failed: 0 });
    const again = await admin.upload('/crm/orders/import', orders, 'text/csv');
    expect(imported.parse(again.body).data).toMatchObject({ created: 0, failed: 0 });
  }, 300_000);

  it('has the people, purchases and yen of the file', async () => {
    const db = kernel().database(world.app.strapi);
    const [row]: { people: number; purchases: number; yen: number }[] = await db(
      'crm_orders',
    ).select(
      db.raw('count(distinct customer_id) as people'),
      db.raw('count(*) as purchases'),
      db.raw('sum(total) as yen'),
    );
    const ours = Object.fromEntries(
      Object.entries(row ?? {}).map(([key, value]) => [key, Number(value)]),
    );
    expect(ours).toEqual(panelSums(file));
  });

  it('finds exactly the big recent spenders', async () => {
    const expected = bigRecentSpenders(file, MINIMUM_YEN, SINCE);
    expect(expected.size).toBeGreaterThan(20);
    const answer = await admin.post('/crm/segments/preview', { rule: RULE });
    expect(preview.parse(answer.body).data.count).toBe(expected.size);
  });

  it('links some of them with LINE, by their own hands', async () => {
    kernel().clock(world.app.strapi).reset();
    const spenders = [...bigRecentSpenders(file, MINIMUM_YEN, SINCE)]
      .filter((customerNumber) => people.get(customerNumber)?.email)
      .sort()
      .slice(0, LINKED);
    for (const customerNumber of spenders) {
      const email = people.get(customerNumber)?.email ?? '';
      linked.set(customerNumber, await linkMember(world, smtp, email));
    }
    kernel().clock(world.app.strapi).set(TODAY);
    expect(linked.size).toBe(LINKED);
  }, 300_000);

  it('sends one campaign to each of them once, by the channel they allow', async () => {
    const segment = await admin.post('/crm/segments', { name: '大口・最近', rule: RULE });
    const [article] = await world.app.strapi
      .documents('api::article.article')
      .findMany({ locale: 'ja', status: 'published', filters: { slug: { $ne: '' } } });
    const campaign = await admin.post('/crm/campaigns', {
      name: 'CDNOW',
      subject: '{{ customer.familyName | default: "お客" }}様へのご案内',
      source: { uid: 'api::article.article', documentId: article?.documentId, locale: 'ja' },
      segment: withId.parse(segment.body).data.documentId,
      channels: ['line', 'email'],
      channelRule: 'prefer',
    });
    const { documentId } = withId.parse(campaign.body).data;
    smtp.clear();
    const sent = await admin.post(`/crm/campaigns/${documentId}/send`);
    expect(sent.status).toBeLessThan(300);
    await sendAll(world.app);

    const spenders = bigRecentSpenders(file, MINIMUM_YEN, SINCE);
    const byMail = [...spenders].filter(
      (number) => !linked.has(number) && people.get(number)?.consentEmail === 'opted_in',
    );
    const received = smtp.mails.flatMap((mail) => mail.to).sort();
    expect(received).toEqual(byMail.map((number) => people.get(number)?.email).sort());
    for (const user of linked.values()) {
      const pushes = (await world.inbox(user)).filter(({ via }) => via === 'push');
      expect(pushes).toHaveLength(1);
    }

    const answer = report.parse((await admin.get(`/crm/campaigns/${documentId}/report`)).body);
    expect(answer.data.total).toBe(spenders.size);
    expect(answer.data.counts.accepted).toBe(byMail.length + linked.size);
    expect(answer.data.counts.blocked).toBe(spenders.size - byMail.length - linked.size);
    const accepted = Object.fromEntries(
      answer.data.channels.map(({ channel, counts }) => [channel, counts.accepted]),
    );
    expect(accepted).toMatchObject({ email: byMail.length, line: linked.size });
  }, 300_000);
});
