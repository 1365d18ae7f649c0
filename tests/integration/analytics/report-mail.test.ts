/** The report that comes every Monday at nine: once, whoever was away, and however many write it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { reportMailAnswerSchema } from '../../../src/plugins/crm/shared/report-mail';
import { adminClient } from '../../support/admin';
import { insertPeople, startCampaignLab, type CampaignLab } from '../../support/campaign';
import { kernel } from '../../support/crm';
import { startNode, type NodeProcess } from '../../support/node-process';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Monday, 9:00 in Tokyo. */
const NINE = Date.parse('2026-11-23T00:00:00Z');
const READERS = ['boss@example.jp', 'shop@example.jp'];

let lab: CampaignLab;
let other: NodeProcess;
beforeAll(async () => {
  lab = await startCampaignLab();
  other = await startNode();
}, 120_000);
afterAll(async () => {
  await other.stop();
  await lab.stop();
});

const at = (moment: number) => kernel().clock(lab.app.strapi).set(new Date(moment));
const REPORT = 'analytics.report-mail';
const tick = () => kernel().jobs(lab.app.strapi).fire(REPORT);
const save = (more: object = {}) => lab.admin.put('/crm/report-mail', { emails: READERS, ...more });
/** Whom a report was written to so far. */
const written = async (): Promise<string[]> =>
  (await lab.db()('crm_messages').where('unique_key', 'like', 'direct:report:%').orderBy('id')).map(
    ({ address }: { address: string }) => address,
  );

beforeEach(async () => {
  await lab.clear();
  for (const table of ['crm_report_mails', 'crm_report_mail_settings', 'crm_orders']) {
    await lab.db()(table).delete();
  }
  at(NINE - 3 * DAY);
  expect((await save()).status).toBe(200);
});

describe('the weekly report', () => {
  it('comes on Monday at nine, once', async () => {
    at(NINE - 1_000);
    await tick();
    expect(await written()).toEqual([]);
    at(NINE);
    await tick();
    expect(await written()).toEqual(READERS);
    for (const moment of [NINE + 60_000, NINE + 2 * DAY, NINE + 7 * DAY - 1_000]) {
      at(moment);
      await tick();
    }
    expect(await written()).toEqual(READERS);
    at(NINE + 7 * DAY);
    await tick();
    expect(await written()).toEqual([...READERS, ...READERS]);
  });

  it('is made up for by whoever was away at nine', async () => {
    at(NINE + 5 * HOUR + 17 * 60_000);
    await tick();
    await tick();
    expect(await written()).toEqual(READERS);
    const view = reportMailAnswerSchema.parse((await lab.admin.get('/crm/report-mail')).body).data;
    expect(view).toMatchObject({ nextAt: NINE + 7 * DAY, last: { recipients: 2 } });
  });

  it('is written by one of two nodes that are at it at once', async () => {
    const weeks = [0, 1, 2, 3].map((week) => NINE + week * 7 * DAY);
    for (const moment of weeks) {
      at(moment);
      await Promise.all([tick(), other.fire(REPORT, moment), tick()]);
    }
    expect(await written()).toEqual(weeks.flatMap(() => READERS));
    expect(await lab.db()('crm_report_mails')).toHaveLength(weeks.length);
    await lab.drain();
    // Some were taken by the other node, which sends them by itself.
    const waiting = async () =>
      (await lab.db()('crm_messages').whereNot({ status: 'accepted' })).length;
    await expect.poll(waiting, { interval: 50, timeout: 300_000 }).toBe(0);
    const got = lab.smtp.mails.map(({ to }) => to[0]).sort();
    expect(got).toEqual(weeks.flatMap(() => READERS).sort());
  });

  it('is not that of a week before anybody asked for it, and ends when nobody does', async () => {
    at(NINE + 1);
    await lab.db()('crm_report_mail_settings').delete();
    await save();
    await tick();
    expect(await written()).toEqual([]);
    at(NINE + 7 * DAY);
    await save({ emails: [] });
    await tick();
    expect(await written()).toEqual([]);
  });

  it('tells of the seven days before, and of what came of their campaigns', async () => {
    at(NINE - 2 * DAY);
    await insertPeople(lab.app, 3);
    const id = await lab.createCampaign({ name: '<b>冬</b>の案内' });
    await lab.admin.post(`/crm/campaigns/${id}/send`);
    await lab.drain();
    const [mail] = await lab.db()('crm_messages').where({ status: 'accepted' }).orderBy('id');
    const event = {
      message_id: mail.id,
      campaign_id: mail.campaign_id,
      customer_id: mail.customer_id,
      is_machine: false,
      at: NINE - 2 * DAY,
    };
    await lab
      .db()('crm_message_events')
      .insert([
        { ...event, type: 'open' },
        { ...event, type: 'click' },
      ]);
    const order = (number: number, moment: number, total: number) => ({
      order_number: `W-${number}`,
      customer_id: mail.customer_id,
      ordered_at: moment,
      status: 'paid',
      currency: 'JPY',
      total,
    });
    await lab
      .db()('crm_orders')
      .insert([order(1, NINE - DAY, 12_300), order(2, NINE - 8 * DAY, 500)]);
    lab.smtp.clear();
    at(NINE);
    await tick();
    await lab.drain();
    const letter = await lab.smtp.mails[0]?.parse();
    expect(letter?.subject).toMatch(/^【週報】.+：11月16日\(月\)〜11月22日\(日\)$/);
    const text = letter?.text ?? '';
    expect(text).toContain('売上: 12,300円（前の週は500円）');
    expect(text).toContain('<b>冬</b>の案内');
    for (const line of ['配信数: 3', '届いた数: 3', '開封した方: 1', '購入した方: 1']) {
      expect(text).toContain(`  ${line}\n`);
    }
    expect(text).toContain(`/admin/plugins/crm/campaigns/${id}`);
    expect(String(letter?.html)).toContain('&lt;b&gt;冬&lt;/b&gt;の案内');
    expect(String(letter?.html)).not.toContain('<b>冬');
  });

  it('is tried out in English by whoever sets it, and that counts as none', async () => {
    at(NINE - 1_000);
    const tried = await lab.admin.post('/crm/report-mail/trial?lang=en');
    const { to } = (tried.body as { data: { to: string } }).data;
    await lab.drain();
    const [mail] = lab.smtp.mails;
    expect(mail?.to).toEqual([to]);
    const letter = await mail?.parse();
    expect(letter?.subject).toContain('your week, Mon 9 November to Sun 15 November');
    expect(letter?.text).toContain('No campaign began this week.');
    at(NINE);
    await tick();
    expect(await written()).toEqual(READERS);
  });

  it('is set by those who may, for addresses', async () => {
    const reader = await adminClient(lab.app, ['home.read']);
    expect((await reader.get('/crm/report-mail')).status).toBe(403);
    expect((await reader.post('/crm/report-mail/trial')).status).toBe(403);
    expect((await save({ emails: ['nobody'] })).status).toBe(400);
    expect((await save({ weekday: 7 })).status).toBe(400);
  });
});
