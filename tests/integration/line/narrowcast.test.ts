import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { campaignReportSchema } from '../../../src/plugins/crm/shared/delivery';
import { createArticle, paragraph } from '../../support/campaign';
import { startLineLab, type LineLab } from './campaign-lab';
import { NARROWED, narrowcasting } from './narrowcast-lab';

let lab: LineLab;
beforeAll(async () => {
  lab = await startLineLab({ LINE_TIMEOUT_MS: '1000' });
});
afterAll(() => lab.world.stop());
beforeEach(() => lab.clear());

const {
  db,
  peopleOf,
  campaign,
  channel,
  receivedBy,
  callsTo,
  narrowcasts,
  goOn,
  step,
  stored,
  found,
  fault,
  withdraw,
} = narrowcasting(() => lab);

describe('a campaign that LINE narrows down', () => {
  it('reaches who is in both: the segment’s people whom the guard let through, and LINE’s', async () => {
    const women = await peopleOf(60, 'female');
    const men = await peopleOf(60, 'male');
    const [gone = '', ...others] = women;
    const [outsider = ''] = (
      (await lab.world.act('POST', 'users/bulk', {
        count: 1,
        demographics: { gender: 'female' },
      })) as { userIds: string[] }
    ).userIds;
    await withdraw(gone);
    const id = await campaign();
    expect((await lab.send(id)).status).toBe(200);
    await lab.drain();
    expect(await lab.statuses()).toEqual({ gathered: 119, blocked: 1 });
    expect(await found(id)).toMatchObject({ status: 'sending' });
    await goOn();
    expect(receivedBy(others)).toEqual([1]);
    expect(receivedBy([...men, gone, outsider])).toEqual([0]);
    expect(await lab.statuses()).toEqual({ 'handed-over': 119, blocked: 1 });
    expect(await found(id)).toMatchObject({ status: 'sent' });
    expect(await stored()).toMatchObject({ state: 'over', target_count: 59, success_count: 59 });
    const uploads = await callsTo('/v2/bot/audienceGroup/upload');
    expect(JSON.stringify(uploads)).not.toContain(gone);
    expect(await narrowcasts()).toMatchObject([
      {
        status: 202,
        body: {
          filter: { demographic: { type: 'gender', oneOf: ['female'] } },
          limit: { upToRemainingQuota: true, forbidPartialDelivery: true },
        },
      },
    ]);
    expect(channel().audiences.size).toBe(0);
    expect(await lab.calls('multicast')).toEqual([]);
    expect(await lab.calls('push')).toEqual([]);
  });

  it('leaves out who withdrew while LINE worked on the audience', async () => {
    const women = await peopleOf(110, 'female');
    const [gone = '', ...others] = women;
    await lab.send(await campaign());
    await lab.drain();
    await step();
    expect([...channel().audiences.values()][0]?.userIds.has(gone)).toBe(true);
    await withdraw(gone);
    await goOn();
    expect(receivedBy([gone])).toEqual([0]);
    expect(receivedBy(others)).toEqual([1]);
    expect(await lab.statuses()).toEqual({ 'handed-over': 109, blocked: 1 });
  });

  it('says so where LINE finds too few', async () => {
    await peopleOf(110, 'male');
    const id = await campaign();
    await lab.send(id);
    await goOn();
    expect(await lab.statuses()).toEqual({ failed: 110 });
    expect(await stored()).toMatchObject({
      state: 'over',
      problem: expect.stringContaining('(2)'),
    });
    expect(await found(id)).toMatchObject({ status: 'sent' });
  });

  it('asks LINE for nothing more once it is cancelled, and nobody stays kept', async () => {
    await peopleOf(110, 'female');
    const id = await campaign();
    await lab.send(id);
    await goOn(1);
    expect(await lab.statuses()).toEqual({ gathered: 110 });
    expect((await lab.admin.post(`/crm/campaigns/${id}/cancel`)).status).toBe(200);
    await goOn(6);
    expect(await narrowcasts()).toEqual([]);
    expect(await lab.statuses()).toEqual({ cancelled: 110 });
    expect(await stored()).toMatchObject({ state: 'over' });
  });

  it('is refused where not everybody would get the same words', async () => {
    await lab.friends(1);
    const gated = await createArticle(lab.world.app, {
      blocks: [
        paragraph('みなさまへ'),
        paragraph('ゴールド会員様へ', { type: 'tiers', keys: ['gold'] }),
      ],
    });
    const merged = await createArticle(lab.world.app, {
      blocks: [paragraph('{{ customer.familyName }}様へ')],
    });
    for (const article of [gated, merged]) {
      const refused = await lab.send(await lab.createCampaign(article, NARROWED));
      expect(refused.body).toMatchObject({ error: { code: 'delivery.narrowing-personal' } });
    }
    const personal = await lab.send(await campaign({ linkTracking: 'personal' }));
    expect(personal.body).toMatchObject({ error: { code: 'delivery.narrowing-alone' } });
    const both = await lab.send(await campaign({ channels: ['line', 'email'] }));
    expect(both.body).toMatchObject({ error: { code: 'delivery.narrowing-alone' } });
    expect(await lab.statuses()).toEqual({});
  });
});

describe('one narrowcast', () => {
  it.each([
    'error-500',
    'error-500-after-accept',
    'timeout',
    'timeout-after-accept',
    'reset-after-accept',
    'rate-limit',
  ])('is what it stays where calls end in %s', async (kind) => {
    const women = await peopleOf(110, 'female');
    await lab.send(await campaign());
    await fault(kind, 2);
    await goOn(10);
    const calls = await narrowcasts();
    expect(calls).toHaveLength(3);
    expect(new Set(calls.map(({ headers }) => headers['x-line-retry-key'])).size).toBe(1);
    expect(receivedBy(women)).toEqual([1]);
    expect(await lab.statuses()).toEqual({ 'handed-over': 110 });
    expect(await stored()).toMatchObject({ state: 'over', success_count: 110 });
  });

  it('tells in the report how many fitted and were reached, and before that that it does not know', async () => {
    await peopleOf(110, 'female');
    const id = await campaign();
    await lab.send(id);
    const told = async () => {
      const { body } = await lab.admin.get(`/crm/campaigns/${id}/report`);
      const { data } = z.object({ data: campaignReportSchema }).parse(body);
      return data.providers.map(({ narrowed }) => narrowed);
    };
    await goOn(1);
    expect(await told()).toEqual([{ fitting: null, reached: null, outcome: 'waits' }]);
    await goOn(10);
    expect(await told()).toEqual([{ fitting: 110, reached: 110, outcome: 'done' }]);
  });

  it('is gone on with, and not made again, by whoever comes after a crash', async () => {
    const women = await peopleOf(110, 'female');
    await lab.send(await campaign());
    await fault('error-500-after-accept', 1);
    await goOn(2);
    expect(await narrowcasts()).toHaveLength(1);
    // As the process left it: LINE has the message, nobody wrote the answer down, the lease is held.
    await db()('crm_line_narrowcasts').update({ due_at: 0, lease_until: Date.now() + 200_000 });
    expect(await stored()).toMatchObject({ state: 'calling', request_id: null });
    await goOn(8);
    const calls = await narrowcasts();
    expect(calls.map(({ status }) => status)).toEqual([500, 409]);
    expect(receivedBy(women)).toEqual([1]);
    expect(await stored()).toMatchObject({ state: 'over', success_count: 110 });
  });

  it('is not asked for again where LINE has forgotten the key', async () => {
    await peopleOf(110, 'female');
    await lab.send(await campaign());
    await fault('timeout', 50);
    await goOn(2);
    await goOn(1, 24 * 3_600_000);
    const { length } = await narrowcasts();
    await goOn(3);
    expect(await narrowcasts()).toHaveLength(length);
    expect(await lab.statuses()).toEqual({ unknown: 110 });
  });
});
