/** The report of a campaign: every number is the length of the list behind it, and they add up. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { campaignStates, type CampaignReport } from '../../../src/plugins/crm/shared/delivery';
import { adminClient } from '../../support/admin';
import { insertPeople, startCampaignLab, type CampaignLab } from '../../support/campaign';
import { kernel } from '../../support/crm';

const DAY = 86_400_000;
const PEOPLE = 40;

let lab: CampaignLab;
let id: string;
beforeAll(async () => {
  lab = await startCampaignLab();
  await insertPeople(lab.app, PEOPLE);
  id = await lab.createCampaign({ channels: ['email', 'memory'], channelRule: 'all' });
  expect((await lab.admin.post(`/crm/campaigns/${id}/send`)).status).toBe(200);
  await lab.drain();
  await whatCameOfIt();
}, 120_000);
afterAll(() => lab.stop());

const db = () => lab.db();

interface Sent {
  readonly id: number;
  readonly campaign_id: number;
  readonly customer_id: number;
  readonly channel: string;
}

let sentAt = 0;

/** Every way a message can end, to some people each, on both channels. */
async function whatCameOfIt(): Promise<void> {
  sentAt = kernel().clock(lab.app.strapi).now().getTime();
  const sent: Sent[] = await db()('crm_messages').where({ status: 'accepted' }).orderBy('id');
  expect(sent).toHaveLength(2 * PEOPLE);
  const people = [...new Set(sent.map((row) => row.customer_id))].sort((a, b) => a - b);
  const place = (row: Sent) => people.indexOf(row.customer_id);
  const ends = ['failed', 'unknown', 'cancelled', 'retry'];
  for (const [at, status] of ends.entries()) {
    const row = sent.find((each) => place(each) === 30 + at && each.channel === 'email');
    await db()('crm_messages').where({ id: row?.id }).update({ status });
  }
  // Nobody's channel reached the last two; one channel only did not reach the one before.
  const blocked = { status: 'blocked', guard_reason: 'no-consent' };
  await db()('crm_messages').whereIn('customer_id', people.slice(38)).update(blocked);
  await db()('crm_messages').where({ customer_id: people[37], channel: 'memory' }).update(blocked);

  const event = (row: Sent, type: string, more: object = {}) => ({
    message_id: row.id,
    campaign_id: row.campaign_id,
    customer_id: row.customer_id,
    type,
    at: sentAt,
    is_machine: false,
    ...more,
  });
  const mails = sent.filter(({ channel }) => channel === 'email');
  const memos = sent.filter(({ channel }) => channel === 'memory');
  await db()('crm_message_events').insert([
    ...mails.slice(0, 3).map((row) => event(row, 'bounce')),
    ...mails.slice(2, 5).map((row) => event(row, 'soft-bounce')),
    ...mails.slice(5, 25).map((row) => event(row, 'open')),
    ...mails.slice(20, 30).map((row) => event(row, 'open', { is_machine: true })),
    // Twice is one person.
    ...[0, 1].flatMap(() => mails.slice(5, 15).map((row) => event(row, 'click'))),
    ...memos.slice(10, 20).map((row) => event(row, 'click', { at: sentAt + 1 })),
    ...mails.slice(25, 28).map((row) => event(row, 'click', { is_machine: true })),
    event(mails[5] as Sent, 'unsubscribe'),
    event(mails[6] as Sent, 'complaint'),
    event(mails[7] as Sent, 'reply'),
  ]);
  const order = (at: number, days: number, status = 'paid') => ({
    order_number: `O-${at}-${days}-${status}`,
    customer_id: people[at],
    ordered_at: sentAt + days * DAY,
    status,
    currency: 'JPY',
    total: 1_000,
  });
  await db()('crm_orders').insert([
    // Clicked by mail, and twice; by the other channel only; on both, where the mail was first.
    order(5, 1),
    order(5, 6),
    order(17, 2),
    order(12, 3),
    // Too late, too early, taken back, by nobody who clicked, by a machine's click.
    order(6, 8),
    order(7, -1),
    order(8, 1, 'cancelled'),
    order(24, 1),
    order(26, 1),
  ]);
}

const report = async (): Promise<CampaignReport> =>
  ((await lab.admin.get(`/crm/campaigns/${id}/report`)).body as { data: CampaignReport }).data;

interface Page {
  readonly data: { readonly messageId: number; readonly customerId: number }[];
  readonly page: { readonly next?: string; readonly total: number };
}

/** The whole list behind a number, in small pages. */
async function listOf(state: string, channel?: string) {
  const rows: Page['data'] = [];
  const address = `/crm/campaigns/${id}/recipients?state=${state}&limit=15${channel ? `&channel=${channel}` : ''}`;
  for (let next = ''; ;) {
    const { body } = await lab.admin.get(next ? `${address}&cursor=${next}` : address);
    const { data, page } = body as Page;
    rows.push(...data);
    if (!page.next) {
      expect([state, channel, rows.length]).toEqual([state, channel, page.total]);
      return rows;
    }
    next = page.next;
  }
}

describe('the numbers of a report', () => {
  it('add up to the recipients, in all and by channel', async () => {
    const { total, channels, counts } = await report();
    const where = ['waiting', 'accepted', 'failed', 'unknown', 'blocked', 'cancelled'] as const;
    expect(total).toBe(2 * PEOPLE);
    for (const { channel, counts: own } of channels) {
      const rows: unknown[] = await db()('crm_messages').where({ channel });
      expect([channel, where.reduce((sum, state) => sum + own[state], 0)]).toEqual([
        channel,
        rows.length,
      ]);
    }
    // Three people got it by one channel or by none: two of them by none.
    expect(counts).toMatchObject({ failed: 1, unknown: 1, cancelled: 1, waiting: 1, blocked: 2 });
    expect(counts.accepted).toBe(2 * PEOPLE - 4 - 5);
  });

  it('are as long as the list behind each, whose people nobody is in twice', async () => {
    const { counts, channels } = await report();
    for (const state of campaignStates) {
      const list = await listOf(state);
      expect([state, list.length]).toEqual([state, counts[state]]);
      expect(new Set(list.map(({ messageId }) => messageId)).size).toBe(list.length);
    }
    for (const { channel, counts: own } of channels) {
      for (const state of ['delivered', 'converted', 'clicked', 'bounced'] as const) {
        expect([channel, state, (await listOf(state, channel)).length]).toEqual([
          channel,
          state,
          own[state],
        ]);
      }
    }
  });

  it('tell delivered from sent, and who ordered after clicking, each once', async () => {
    const { counts, revenue, channels } = await report();
    expect(counts).toMatchObject({
      bounced: 5,
      delivered: counts.accepted - 5,
      opened: 20,
      'machine-opened': 10,
      clicked: 20,
      'machine-clicked': 3,
      converted: 3,
      unsubscribed: 1,
      complained: 1,
      replied: 1,
    });
    expect(revenue).toEqual({ orders: 4, amount: 4_000 });
    const by = (key: string) => channels.find(({ channel }) => channel === key)?.counts.converted;
    expect([by('email'), by('memory')]).toEqual([2, 1]);
    const delivered = new Set((await listOf('delivered')).map(({ messageId }) => messageId));
    for (const { messageId } of await listOf('bounced')) expect(delivered).not.toContain(messageId);
  });
});

describe('the file of recipients', () => {
  const file = async (query: string) =>
    (await lab.admin.download(`/crm/campaigns/${id}/recipients/export?${query}`)).toString();

  it('holds who is behind the number, formulas defused, and is written down', async () => {
    const [person] = await listOf('converted', 'memory');
    await db()('crm_customers')
      .where({ id: person?.customerId })
      .update({ family_name: '=HYPERLINK("http://evil.example")' });
    const lines = (await file('state=converted&lang=ja')).trim().split('\r\n');
    expect(lines[0]?.replace('\ufeff', '')).toBe(
      '顧客ID,氏名,フリガナ,チャネル,宛先,状態,届けなかった理由（コード）,エラー,送信日時',
    );
    expect(lines).toHaveLength(4);
    expect(lines.join()).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(lines.join()).toMatch(/,email,person5@example\.jp,送信済み,,,\d{4}-\d\d-\d\d \d\d:/);
    const log = await db()('crm_customer_exports').orderBy('id', 'desc').first();
    expect(log).toMatchObject({ rows: 3, encoding: 'utf8' });
    expect(JSON.parse(String(log.filter))).toEqual({ campaign: id, state: 'converted' });
    expect(Number(log.staff_id)).toBeGreaterThan(0);
    expect(Number(log.finished_at)).toBeGreaterThan(0);
  });

  it('goes on behind a page of rows, each row once', async () => {
    const [row] = await db()('crm_messages').where({ status: 'accepted' }).limit(1);
    const more = 2_300;
    for (let start = 0; start < more; start += 100) {
      await db()('crm_messages').insert(
        Array.from({ length: 100 }, (_, at) => ({
          ...row,
          id: undefined,
          status: 'failed',
          unique_key: `more-${start + at}`,
          address: `more${start + at}@example.jp`,
        })),
      );
    }
    const lines = (await file('state=failed&lang=en')).trim().split('\r\n');
    expect(lines).toHaveLength(1 + 1 + more);
    expect(new Set(lines.map((line) => line.split(',')[4])).size).toBe(lines.length);
    await db()('crm_messages').where('unique_key', 'like', 'more-%').delete();
  });

  it('is for those who may take people out of the house', async () => {
    const reader = await adminClient(lab.app, ['campaigns.read', 'customers.read']);
    const asked = `/crm/campaigns/${id}/recipients/export?state=clicked`;
    expect((await reader.get(`/crm/campaigns/${id}/recipients?state=clicked`)).status).toBe(200);
    expect((await reader.get(asked)).status).toBe(403);
    expect((await lab.admin.get(asked.replace('clicked', 'everybody'))).status).toBe(400);
    expect((await lab.admin.get(asked.replace(id, 'nothing'))).status).toBe(404);
  });
});
