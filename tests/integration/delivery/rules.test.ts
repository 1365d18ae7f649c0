import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { adminClient, type AdminClient } from '../../support/admin';
import { deliveryModule, startCampaignLab, type CampaignLab } from '../../support/campaign';
import { campaignSteps, codeOf } from '../../support/campaign-steps';
import { kernel } from '../../support/crm';

let lab: CampaignLab;
let colleague: AdminClient;
let reader: AdminClient;
beforeAll(async () => {
  lab = await startCampaignLab();
  colleague = await adminClient(lab.app, ['campaigns.read', 'campaigns.send']);
  reader = await adminClient(lab.app, ['campaigns.read']);
});
afterAll(() => lab.stop());
beforeEach(async () => {
  await lab.clear();
  await lab.db()('crm_sending_rules').delete();
});

const { clock, tick, rules, people, approve, send, ...steps } = campaignSteps(() => lab);
const act = (id: string, action: string, as = lab.admin) => steps.act(id, action, {}, as);
const receipt = async () => {
  await kernel().inTransaction(lab.app.strapi, (unit) =>
    deliveryModule().deliveryService(lab.app.strapi).enqueueTransactional(unit, {
      channel: 'email',
      address: 'p0@example.jp',
      locale: 'ja',
      template: 'shop.receipt',
      subject: '領収書',
      html: '<p>領収書</p>',
      text: '領収書',
    }),
  );
  await lab.drain();
};

describe('the moment in which sending can be taken back', () => {
  it('sends nothing when it is taken back in time', async () => {
    await people(2);
    await rules({ cancelWindowSeconds: 60 });
    const id = await send();
    expect(await lab.find(id)).toMatchObject({ status: 'scheduled' });
    clock().advance(59_000);
    await tick();
    expect((await act(id, 'cancel')).status).toBe(200);
    clock().advance(3_600_000);
    await tick();
    expect(lab.smtp.mails).toHaveLength(0);
    expect(await lab.find(id)).toMatchObject({ status: 'cancelled' });
  });

  it('sends by itself when it is over', async () => {
    await people(2);
    await rules({ cancelWindowSeconds: 60 });
    const id = await send();
    expect(lab.smtp.mails).toHaveLength(0);
    clock().advance(61_000);
    await tick();
    expect(lab.smtp.mails).toHaveLength(2);
    expect(await lab.find(id)).toMatchObject({ status: 'sent' });
  });
});

describe('a second person', () => {
  it('agrees before a large campaign goes out; nobody to her own', async () => {
    await people(2);
    await rules({ approvalAbove: 1 });
    const id = await send();
    expect(await lab.find(id)).toMatchObject({ status: 'awaiting' });
    expect(codeOf(await approve(id))).toBe('delivery.approval-own');
    expect((await approve(id, reader)).status).toBe(403);
    expect(codeOf(await act(id, 'send', colleague))).toBe('delivery.campaign-is-awaiting');
    await tick();
    expect(lab.smtp.mails).toHaveLength(0);
    expect((await approve(id, colleague)).status).toBe(200);
    await tick();
    expect(lab.smtp.mails).toHaveLength(2);
    expect((await approve(id, colleague)).status).toBe(409);
  });

  it('is not needed for a small one', async () => {
    await people(2);
    await rules({ approvalAbove: 2 });
    await send();
    expect(lab.smtp.mails).toHaveLength(2);
  });

  it('is somebody else than who changed it last', async () => {
    await people(2);
    await rules({ approvalAbove: 1 });
    const id = await lab.createCampaign();
    const scheduledAt = new Date(clock().now().getTime() + 3_600_000).toISOString();
    await colleague.post(`/crm/campaigns/${id}/schedule`, { scheduledAt });
    expect((await approve(id)).status).toBe(200);
    const { source, segment } = await lab.find(id);
    const changed = { name: '別の案内', subject: '変更', source, segment, channels: ['email'] };
    expect((await lab.admin.put(`/crm/campaigns/${id}`, changed)).status).toBe(200);
    clock().advance(3_601_000);
    await tick();
    expect(codeOf(await approve(id))).toBe('delivery.approval-own');
    expect((await approve(id, colleague)).status).toBe(200);
    await tick();
    expect(lab.smtp.mails).toHaveLength(2);
  });

  it('is asked again when the campaign changed after she agreed', async () => {
    await people(2);
    await rules({ approvalAbove: 1 });
    const id = await lab.createCampaign();
    const scheduledAt = new Date(clock().now().getTime() + 3_600_000).toISOString();
    await lab.admin.post(`/crm/campaigns/${id}/schedule`, { scheduledAt });
    expect((await approve(id, colleague)).status).toBe(200);
    expect(await lab.find(id)).toMatchObject({ status: 'scheduled' });
    const { source, segment } = await lab.find(id);
    const changed = { name: '別の案内', subject: '変更', source, segment, channels: ['email'] };
    expect((await lab.admin.put(`/crm/campaigns/${id}`, changed)).status).toBe(200);
    clock().advance(3_601_000);
    await tick();
    expect(lab.smtp.mails).toHaveLength(0);
    expect(await lab.find(id)).toMatchObject({ status: 'awaiting' });
    expect((await act(id, 'reject', colleague)).status).toBe(200);
    expect(await lab.find(id)).toMatchObject({ status: 'draft' });
  });
});

describe('how often', () => {
  it('holds over all channels, for a day; receipts are exempt', async () => {
    await people(1);
    await rules({ dailyCap: 2 });
    await send({ channels: ['memory'] });
    await send();
    const third = await send();
    expect((await lab.verdicts()).map(([, status, reason]) => [status, reason])).toEqual([
      ['accepted', null],
      ['accepted', null],
      ['blocked', 'frequency-cap'],
    ]);
    const report = await lab.admin.get(`/crm/campaigns/${third}/report`);
    expect(report.body).toMatchObject({
      data: { blocked: [{ reason: 'frequency-cap', people: 1 }] },
    });
    await receipt();
    expect(lab.smtp.mails).toHaveLength(2);
    clock().advance(25 * 3_600_000);
    await send();
    expect(lab.smtp.mails).toHaveLength(3);
  });

  it('counts a week apart from a day', async () => {
    await people(1);
    await rules({ weeklyCap: 1 });
    await send();
    clock().advance(6 * 86_400_000);
    await send();
    expect(lab.smtp.mails).toHaveLength(1);
    clock().advance(2 * 86_400_000);
    await send();
    expect(lab.smtp.mails).toHaveLength(2);
  });

  it('is never passed by campaigns that are sent at the same time', async () => {
    await people(20);
    await rules({ dailyCap: 1 });
    const ids = [
      await lab.createCampaign({ channels: ['email'] }),
      await lab.createCampaign({ channels: ['memory'] }),
      await lab.createCampaign({ channels: ['email'] }),
    ];
    await Promise.all(ids.map((id) => act(id, 'send')));
    // Lanes that met make each other wait: they are asked again until nobody waits any more.
    // What is not laid out yet is waited for too: no rows are no verdict.
    const waiting = async () => {
      const open = /queued|retry|leased/;
      const all = await lab.verdicts();
      return all.length < 60 || all.some(([, status]) => open.test(String(status)));
    };
    for (let round = 0; round < 60 && (await waiting()); round += 1) {
      await tick();
      clock().advance(5_000);
    }
    const verdicts = await lab.verdicts();
    const addresses = new Set(verdicts.map(([address]) => address));
    expect(addresses.size).toBe(20);
    for (const person of addresses) {
      const own = verdicts.filter(([address]) => address === person);
      expect(own.filter(([, status]) => status === 'accepted')).toHaveLength(1);
      expect(own.filter(([, , reason]) => reason === 'frequency-cap')).toHaveLength(2);
    }
  });
});

describe('quiet hours', () => {
  const night = new Date('2026-12-01T22:30:00+09:00');

  it('keep a campaign until the morning, and no receipt', async () => {
    await people(2);
    await rules({ quietFrom: '21:00', quietTo: '08:00' });
    clock().set(night);
    const id = await send();
    expect(lab.smtp.mails).toHaveLength(0);
    const morning = Date.parse('2026-12-02T08:00:00+09:00');
    const report = await lab.admin.get(`/crm/campaigns/${id}/report`);
    expect(report.body).toMatchObject({ data: { waitsUntil: morning, counts: { waiting: 2 } } });
    await receipt();
    expect(lab.smtp.mails).toHaveLength(1);
    clock().set(new Date(morning - 1_000));
    await tick();
    expect(lab.smtp.mails).toHaveLength(1);
    clock().set(new Date(morning));
    await tick();
    expect(lab.smtp.mails).toHaveLength(3);
    expect(await lab.find(id)).toMatchObject({ status: 'sent' });
  });
});

describe('the rules', () => {
  it('are kept, and changed only by who may', async () => {
    expect((await reader.put('/crm/sending-rules', { dailyCap: 1 })).status).toBe(403);
    await rules({ dailyCap: 3, approvalAbove: 1000 });
    expect((await reader.get('/crm/sending-rules')).body).toMatchObject({
      data: { dailyCap: 3, weeklyCap: null, approvalAbove: 1000, cancelWindowSeconds: 0 },
    });
  });

  it('refuse nonsense', async () => {
    for (const nonsense of [
      { dailyCap: 0 },
      { dailyCap: 'many' },
      { quietFrom: '25:00', quietTo: '08:00' },
      { quietFrom: '21:00' },
      { cancelWindowSeconds: -1 },
      { approvalAbove: 1.5 },
    ]) {
      expect([nonsense, (await rules(nonsense)).status]).toEqual([nonsense, 400]);
    }
  });
});
