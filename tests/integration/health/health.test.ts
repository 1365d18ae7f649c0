/** The health page, the monitor's door, and who is told when something turns red. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { healthSchema, healthSettingsSchema } from '../../../src/plugins/crm/shared/health';
import { adminClient, type AdminClient } from '../../support/admin';
import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { startFakeSmtp, type FakeSmtp } from '../../support/fake-smtp';
import { startSender } from '../../support/sender-process';

type Health = typeof import('../../../src/plugins/crm/server/health');
type Nodes = typeof import('../../../src/plugins/crm/server/kernel/nodes');
type Delivery = typeof import('../../../src/plugins/crm/server/delivery');

const TOKEN = 'monitor-token-of-the-test';
const OPERATOR = 'operator@example.com';
const MINUTE = 60_000;

let smtp: FakeSmtp;
let app: TestApp;
let admin: AdminClient;

beforeAll(async () => {
  smtp = await startFakeSmtp();
  app = await startApp({
    env: {
      SMTP_PORT: String(smtp.port),
      CRM_HEALTH_TOKEN: TOKEN,
      // Nobody listens there: LINE cannot be asked.
      LINE_API_ORIGIN: 'http://127.0.0.1:9',
    },
  });
  // This process is no part of the house: only the nodes of each test are.
  await compiled<Nodes>('kernel/nodes').endPulse(app.strapi);
  admin = await adminClient(app);
});
afterAll(async () => {
  await app.stop();
  await smtp.stop();
});

const db = () => app.strapi.db.connection;
const clock = () => kernel().clock(app.strapi);
const health = () => compiled<Health>('health').healthService(app.strapi);
const delivery = () => compiled<Delivery>('delivery').deliveryService(app.strapi);

/** A house in order: a worker that lives, every schedule in time, LINE that has spoken. */
async function inOrder(): Promise<void> {
  const now = clock().now().getTime();
  await db()('crm_nodes').delete();
  await db()('crm_nodes').insert([
    { id: 'worker', name: 'worker-1:1337', works: true, started_at: now - 1_000, seen_at: now },
  ]);
}

beforeEach(async () => {
  smtp.fault = undefined;
  smtp.clear();
  clock().reset();
  for (const table of ['crm_messages', 'crm_health_incidents', 'crm_rate_limits']) {
    await db()(table).delete();
  }
  await health().saveSettings({ emails: [OPERATOR], people: [], locale: 'ja' });
  await inOrder();
});

const page = async (lang = 'ja') =>
  healthSchema.parse((await admin.get(`/crm/health?lang=${lang}`)).body).data;

const item = async (key: string, lang = 'ja') => {
  const found = (await page(lang)).items.find((one) => one.key === key);
  if (!found) throw new Error(`Nobody looked at ${key}`);
  return found;
};

const monitor = (token?: string) =>
  fetch(`${app.origin}/api/crm/health`, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });

const waitFor = async (message: object) => {
  await db()('crm_messages').insert({
    channel: 'email',
    stream: 'transactional',
    locale: 'ja',
    guard_verdict: 'allow',
    retry_key: 'x',
    created_at: 0,
    due_at: clock().now().getTime(),
    payload: JSON.stringify({ template: 't', subject: 's', html: 'h', text: 't' }),
    address: 'hanako@example.jp',
    status: 'queued',
    unique_key: `health-${Math.random()}`,
    ...message,
  });
};

describe('a worker', () => {
  it('that was killed is red within two minutes, and one that ended is not missed', async () => {
    await db()('crm_nodes').delete();
    const doomed = await startSender({ PORT: '45999' });
    const named = async () =>
      (await page()).nodes.filter(({ name }) => name.endsWith(':45999')).map((node) => node.id);
    const [id] = await named();
    expect((await item('health.workers')).state).toBe('green');
    await doomed.kill();
    clock().advance(2 * MINUTE);
    expect(await item(`health.node:${id}`)).toMatchObject({ state: 'red' });
    expect(await item('health.workers')).toMatchObject({ state: 'red', title: 'ワーカー' });
    expect((await item('health.workers')).says).toMatch(
      /^1台も動いていません。最後の応答は[12]分前/,
    );
    expect((await item('health.workers', 'en')).says).toContain('None is running');
    expect((await monitor(TOKEN)).status).toBe(503);
    // Its place is taken off the list by a person.
    expect((await admin.delete(`/crm/health/nodes/${id}`)).status).toBe(200);
    expect(await named()).toEqual([]);
    expect((await admin.delete(`/crm/health/nodes/${id}`)).status).toBe(404);
  });

  it('that does not fire its schedules is red, and each is named', async () => {
    expect(await item('health.schedules')).toMatchObject({ state: 'green', todo: null });
    clock().advance(2 * MINUTE);
    const late = await item('health.schedules');
    expect(late.state).toBe('red');
    expect(late.says).toContain('delivery.outbox-sweep');
    // The nightly ones are not late yet.
    expect(late.says).not.toContain('delivery.feedback-receipts');
    expect(late.todo).not.toBeNull();
  });
});

describe('what waits', () => {
  it('is green, yellow and red by how long a receipt has been due', async () => {
    await waitFor({});
    const states: string[] = [];
    for (const minutes of [1, 2, 8]) {
      clock().advance(minutes * MINUTE);
      states.push((await item('delivery.queue:direct')).state);
    }
    expect(states).toEqual(['green', 'yellow', 'red']);
    expect((await item('delivery.queue:direct', 'en')).says).toContain('11 minutes');
  });

  it('is a campaign that nobody works on, and none that somebody has in hand', async () => {
    const [campaign]: { id: number }[] = await db()('crm_campaigns')
      .insert({
        document_id: 'health-campaign',
        name: '冬',
        subject: '冬',
        status: 'sending',
        source: JSON.stringify({ uid: 'api::article.article', documentId: 'x', locale: 'ja' }),
        segment: 'x',
        channels: JSON.stringify(['email']),
        channel_rule: 'prefer',
        expanded_at: Date.now(),
        expansion_cursor: 0,
      })
      .returning('id');
    const row = { campaign_id: campaign?.id, stream: 'marketing' };
    await waitFor(row);
    clock().advance(20 * MINUTE);
    expect((await item('delivery.queue:campaigns')).state).toBe('red');
    await waitFor({ ...row, status: 'leased', lease_until: clock().now().getTime() + 30_000 });
    expect((await item('delivery.queue:campaigns')).state).toBe('green');
    await db()('crm_campaigns').where({ document_id: 'health-campaign' }).delete();
  });

  it('is what a dead worker holds, and what a person has to decide', async () => {
    await waitFor({ status: 'leased', lease_owner: 'dead', lease_until: Date.now() - 2 * MINUTE });
    await waitFor({ status: 'unknown' });
    expect(await item('delivery.stuck')).toMatchObject({ state: 'red' });
    expect(await item('delivery.unknown')).toMatchObject({
      state: 'yellow',
      path: 'campaigns/unknown',
    });
    // Also a receipt, which has no report: it stands on the list, and is decided there.
    const list = async () =>
      ((await admin.get('/crm/messages/unknown')).body as { data: { messageId: number }[] }).data;
    const [doubt] = await list();
    expect(doubt).toMatchObject({ address: 'hanako@example.jp', customerId: null });
    const decided = await admin.post(`/crm/messages/${doubt?.messageId}/decide`, {
      decision: 'sent',
    });
    expect(decided.status).toBe(200);
    expect(await list()).toEqual([]);
  });

  it('is a webhook of LINE that was not worked on, and LINE that does not answer', async () => {
    await db()('crm_line_webhook_events').insert({
      webhook_event_id: 'late',
      account: 'main',
      type: 'message',
      occurred_at: Date.now(),
      received_at: Date.now(),
      status: 'pending',
      attempts: 0,
      due_at: Date.now(),
    });
    expect((await item('line.webhook:main')).state).toBe('green');
    clock().advance(6 * MINUTE);
    expect((await item('line.webhook:main')).state).toBe('red');
    expect((await item('line.quota:main')).state).toBe('yellow');
    await db()('crm_line_webhook_events').delete();
  });
});

describe('people are told', () => {
  /** A look, and the queue that was woken by it. */
  const watch = async () => {
    await health().watch();
    await kernel().jobs(app.strapi).idle();
  };
  const subjects = async () =>
    Promise.all(smtp.mails.map(async (mail) => (await mail.parse()).subject ?? ''));

  it('once when it turns red and once when it is over, by the outbox', async () => {
    await waitFor({ status: 'leased', lease_owner: 'dead', lease_until: Date.now() - 2 * MINUTE });
    await watch();
    await watch();
    expect(await subjects()).toEqual([
      '【要対応】縁レコード株式会社：止まったまま回収されていない送信',
    ]);
    expect(smtp.mails[0]?.to).toEqual([OPERATOR]);
    const mail = await smtp.mails[0]?.parse();
    expect(mail?.text).toContain('1件が2分前から止まったままです。');
    expect(mail?.text).toContain('/admin/plugins/crm/health');
    const rows = await db()('crm_messages').where({ address: OPERATOR });
    expect(rows).toMatchObject([
      { stream: 'transactional', guard_verdict: 'allow', status: 'accepted' },
    ]);

    await db()('crm_messages').where({ lease_owner: 'dead' }).delete();
    await watch();
    clock().advance(MINUTE);
    await inOrder();
    await watch();
    expect(smtp.mails).toHaveLength(1);
    clock().advance(MINUTE + 1_000);
    await inOrder();
    await watch();
    await watch();
    expect((await subjects())[1]).toBe(
      '【復旧】縁レコード株式会社：止まったまま回収されていない送信',
    );
    expect(smtp.mails).toHaveLength(2);
    const [incident] = (await page()).incidents;
    expect(incident?.closedAt).not.toBeNull();
  });

  it('in one message for everything at once, however many nodes look', async () => {
    await waitFor({ status: 'leased', lease_owner: 'dead', lease_until: Date.now() - 2 * MINUTE });
    await db()('crm_nodes').delete();
    await Promise.all([watch(), watch(), watch()]);
    expect(await subjects()).toEqual(['【要対応】縁レコード株式会社：ワーカー ほか1件']);
    expect(await db()('crm_health_incidents')).toHaveLength(2);
  });

  it('no more than twenty times an hour', async () => {
    clock().advance(0);
    for (let turn = 0; turn < 22; turn += 1) {
      await db()('crm_health_incidents').delete();
      await waitFor({
        status: 'leased',
        lease_owner: 'dead',
        lease_until: 0,
        address: `${turn}@x`,
      });
      await watch();
    }
    expect(smtp.mails).toHaveLength(20);
  });

  it('and nobody whose address bounced: the guard holds for operators, too', async () => {
    await kernel().inTransaction(app.strapi, (unit) =>
      compiled<typeof import('../../../src/plugins/crm/server/consent')>('consent')
        .consentService(app.strapi)
        .suppress(unit, { channel: 'email', address: OPERATOR, reason: 'hard-bounce' }),
    );
    await db()('crm_nodes').delete();
    await watch();
    expect(smtp.mails).toHaveLength(0);
    const rows = await db()('crm_messages').where({ address: OPERATOR });
    expect(rows).toMatchObject([{ status: 'blocked', guard_reason: 'suppressed' }]);
    await db()('crm_suppressions').delete();
  });

  it('on LINE, too, who is a friend', async () => {
    const userId = `U${'a'.repeat(32)}`;
    const now = Date.now();
    await db()('crm_line_friends').insert({
      account: 'main',
      user_id: userId,
      customer_id: 4711,
      status: 'following',
      status_at: now,
      last_event_at: now,
      linked_at: now,
    });
    await health().saveSettings({ emails: [], people: [4711, 4712], locale: 'ja' });
    await db()('crm_nodes').delete();
    await watch();
    const [row] = await db()('crm_messages');
    expect(row).toMatchObject({ channel: 'line', address: `main:${userId}` });
    const { lineMessages } = JSON.parse(String(row.payload)) as { lineMessages: object[] };
    expect(JSON.stringify(lineMessages)).toContain('【要対応】縁レコード株式会社：ワーカー');
    await db()('crm_line_friends').delete();
  });

  it('as the settings say, and with a test that says so', async () => {
    const saved = await admin.put('/crm/health/settings', {
      emails: [OPERATOR, 'second@example.com'],
      people: [],
      locale: 'en',
    });
    expect(saved.status).toBe(200);
    const body = (await admin.get('/crm/health/settings')).body as { data: unknown };
    expect(healthSettingsSchema.parse(body.data).emails).toHaveLength(2);
    expect((await admin.put('/crm/health/settings', { emails: ['no address'] })).status).toBe(400);
    expect((await admin.post('/crm/health/test-alert')).body).toEqual({ data: { sent: 2 } });
    await delivery().drain();
    expect((await subjects()).every((subject) => subject.startsWith('[Test]'))).toBe(true);
    expect(smtp.mails).toHaveLength(2);
  });
});

describe('the door for monitors', () => {
  it('opens to its token only, says no more than states, and answers 503 when it is red', async () => {
    clock().advance(10_000);
    const answers = await Promise.all([monitor(), monitor('wrong'), monitor(`${TOKEN}x`)]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    await db()('crm_nodes').delete();
    const red = await monitor(TOKEN);
    expect(red.status).toBe(503);
    expect(red.headers.get('cache-control')).toBe('no-store');
    const signal = (await red.json()) as { status: string; checks: object[] };
    expect(signal.status).toBe('red');
    expect(signal.checks).toContainEqual({ key: 'health.workers', state: 'red' });
    expect(JSON.stringify(signal)).not.toMatch(/worker-1|@/);
    await inOrder();
    clock().advance(10_000);
    await inOrder();
    expect((await monitor(TOKEN)).status).toBe(200);
  });

  it('of the page opens to those who may', async () => {
    const stranger = await adminClient(app, ['campaigns.read']);
    expect((await stranger.get('/crm/health')).status).toBe(403);
    const reader = await adminClient(app, ['health.read']);
    expect((await reader.get('/crm/health')).status).toBe(200);
    expect((await reader.put('/crm/health/settings', { emails: [] })).status).toBe(403);
  });
});
