/** Who is told when something turns red, and when it is over. */
import { describe, expect, it } from 'vitest';

import { healthSettingsSchema } from '../../../src/plugins/crm/shared/health';
import { compiled, kernel } from '../../support/crm';
import {
  inHealthWorld,
  admin,
  app,
  clock,
  db,
  delivery,
  health,
  inOrder,
  MINUTE,
  OPERATOR,
  page,
  smtp,
  waitFor,
} from './world';

inHealthWorld();

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
