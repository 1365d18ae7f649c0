/** The health page and the monitor's door. */
import { describe, expect, it } from 'vitest';

import { adminClient } from '../../support/admin';
import { startSender } from '../../support/sender-process';
import {
  inHealthWorld,
  admin,
  app,
  clock,
  db,
  inOrder,
  item,
  MINUTE,
  monitor,
  page,
  TOKEN,
  waitFor,
} from './world';

inHealthWorld();

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
    // Whoever has just taken over is given the time to run them.
    const now = clock().now().getTime();
    const fresh = { id: 'fresh', name: 'worker-2:1337', works: true };
    await db()('crm_nodes').insert({ ...fresh, started_at: now, seen_at: now });
    expect(await item('health.schedules')).toMatchObject({ state: 'green' });
    // Alive, and still not running them: this is what the row is for.
    clock().advance(2 * MINUTE);
    const seen_at = clock().now().getTime();
    await db()('crm_nodes').where({ id: 'fresh' }).update({ seen_at });
    expect(await item('health.schedules')).toMatchObject({ state: 'red' });
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
