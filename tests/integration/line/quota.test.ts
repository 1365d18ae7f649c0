import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { healthSchema } from '../../../src/plugins/crm/shared/health';
import { createArticle, deliveryModule } from '../../support/campaign';
import { kernel } from '../../support/crm';
import { startLineLab, type LineLab } from './campaign-lab';

let lab: LineLab;
beforeAll(async () => {
  lab = await startLineLab({ LINE_PRICE_PER_MESSAGE: '3' });
});
afterAll(() => lab.world.stop());
beforeEach(() => lab.clear());

const db = () => lab.world.app.strapi.db.connection;
const quota = (value: number, used = 0) =>
  lab.world.act('PUT', 'quota', { type: 'limited', value, used });
const campaign = async (more: object = {}) =>
  lab.createCampaign(await createArticle(lab.world.app), more);
const found = async (id: string) =>
  ((await lab.admin.get(`/crm/campaigns/${id}`)).body as { data: Record<string, unknown> }).data;
const reachOf = async (id: string) => {
  const { data } = (await lab.admin.post('/crm/campaigns/audience', { campaign: await found(id) }))
    .body as { data: { quotas: unknown[] } };
  return data.quotas;
};

describe('the month’s messages of an official account', () => {
  it('stand beside what the campaign takes and costs, before it is sent', async () => {
    await lab.friends(12);
    await quota(5_000, 3_760);
    expect(await reachOf(await campaign())).toEqual([
      {
        channel: 'line',
        sender: '縁レコード',
        state: { limit: 5_000, used: 3_760, reserved: 0, left: 1_240 },
        needed: 12,
        cost: 36,
      },
    ]);
  });

  it('that are too few stop the campaign before anybody gets it', async () => {
    await lab.friends(6);
    await quota(5);
    const id = await campaign();
    const refused = await lab.send(id);
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      error: { code: 'delivery.quota-short', message: expect.stringContaining('5通') },
    });
    await lab.drain();
    expect(await found(id)).toMatchObject({ status: 'draft' });
    expect(await lab.calls('push')).toEqual([]);
  });

  it.each([
    ['trim-spend', [1, 4]],
    ['trim-newest', [5, 4]],
    ['trim-longest', [0, 1]],
  ])('that are too few are used in the order chosen: %s', async (shortageRule, chosen) => {
    const friends = await lab.friends(6);
    await spend([0, 9_000, 0, 1_000, 5_000, 0]);
    await quota(2);
    expect((await lab.send(await campaign({ shortageRule }))).status).toBe(200);
    await lab.drain();
    const rows: { address: string; status: string; guard_reason: string | null }[] =
      await db()('crm_messages').orderBy('id');
    const got = rows.filter(({ status }) => status === 'accepted').map(({ address }) => address);
    expect(got.sort()).toEqual(chosen.map((index) => `main:${friends[index]}`).sort());
    const others = rows.filter(({ status }) => status !== 'accepted');
    expect(others.map(({ status, guard_reason }) => [status, guard_reason])).toEqual(
      Array(4).fill(['blocked', 'quota']),
    );
  });

  it('that nobody can count hold the campaign, until somebody goes on', async () => {
    const friends = await lab.friends(3);
    await lab.world.act('POST', 'faults', { kind: 'error-500', path: '/v2/bot/message/quota' });
    const id = await campaign();
    expect((await lab.send(id)).status).toBe(200);
    await lab.drain();
    expect(await found(id)).toMatchObject({ status: 'paused', holdReason: 'quota-unknown' });
    await quota(2);
    await lab.world.act('DELETE', 'faults');
    await lab.admin.post(`/crm/campaigns/${id}/resume`);
    await lab.drain();
    expect(await found(id)).toMatchObject({ status: 'paused', holdReason: 'quota-short' });
    expect(await lab.calls('push')).toEqual([]);
    await quota(3);
    await lab.admin.post(`/crm/campaigns/${id}/resume`);
    await lab.drain();
    expect(await found(id)).toMatchObject({ status: 'sent', holdReason: null });
    expect(await lab.calls('push')).toHaveLength(friends.length);
  });
});

describe('the health page', () => {
  afterEach(() => kernel().clock(lab.world.app.strapi).reset());
  /** LINE is asked every five minutes, however often somebody looks. */
  const look = async () => {
    kernel()
      .clock(lab.world.app.strapi)
      .advance(6 * 60_000);
    const { data } = healthSchema.parse((await lab.admin.get('/crm/health?lang=ja')).body);
    return data.items.find(({ key }) => key === 'line.quota:main');
  };

  it('is green, yellow and red by what is left of the month', async () => {
    const states: unknown[] = [];
    for (const used of [0, 800, 801, 999, 1_000, 1_001]) {
      await quota(1_000, used);
      states.push((await look())?.state);
    }
    expect(states).toEqual(['green', 'green', 'yellow', 'yellow', 'red', 'red']);
    await quota(5_000, 4_321);
    expect(await look()).toMatchObject({ state: 'yellow', says: expect.stringContaining('679') });
    await lab.world.act('PUT', 'quota', { type: 'none' });
    expect(await look()).toMatchObject({ state: 'green' });
    await lab.world.act('POST', 'faults', { kind: 'error-500', path: '/v2/bot/message/quota' });
    expect(await look()).toMatchObject({ state: 'yellow' });
    await lab.world.act('DELETE', 'faults');
  });
});

describe('LINE itself', () => {
  const validate = async (lineMessages: readonly object[]) => {
    const line = deliveryModule()
      .deliveryService(lab.world.app.strapi)
      .channels()
      .find(({ key }) => key === 'line');
    const empty = { subject: '', preheader: '', html: '', text: '', altText: '' };
    return line?.validate?.({ ...empty, lineMessages }, Date.now());
  };

  it('is asked about the content before a campaign is planned', async () => {
    await lab.friends(1);
    const id = await campaign();
    const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
    expect((await lab.admin.post(`/crm/campaigns/${id}/schedule`, { scheduledAt })).status).toBe(
      200,
    );
    const { requests } = await lab.world.act('GET', 'requests');
    expect((requests as { path: string }[]).map(({ path }) => path)).toContain(
      '/v2/bot/message/validate/push',
    );
  });

  it('says what it would refuse, and its silence stops nothing', async () => {
    const buttons = (text: string) => ({
      type: 'template',
      altText: '選択',
      template: {
        type: 'buttons',
        text,
        actions: [{ type: 'message', label: 'はい', text: 'はい' }],
      },
    });
    expect(await validate([buttons('どうしますか')])).toEqual([]);
    expect(await validate([buttons('長'.repeat(161))])).toMatchObject([
      { severity: 'error', key: 'line.lint.refused' },
    ]);
    await lab.world.act('POST', 'faults', { kind: 'error-500', path: '/v2/' });
    expect(await validate([buttons('どうしますか')])).toEqual([
      {
        severity: 'warning',
        key: 'line.lint.not-asked',
        params: { account: '縁レコード' },
      },
    ]);
  });
});

describe('a push that waits for more than a day', () => {
  const HOUR = 3_600_000;
  const hoursPass = async (hours: number) => {
    kernel()
      .clock(lab.world.app.strapi)
      .advance(hours * HOUR);
    await lab.drain();
  };
  const failing = (kind: string, more: object = {}) =>
    lab.world.act('POST', 'faults', { kind, path: '/v2/bot/message/push', ...more });
  const begun = async () => {
    await lab.friends(1);
    expect((await lab.send(await campaign())).status).toBe(200);
    await lab.drain();
  };

  it('goes out when LINE had refused it all the while', async () => {
    await failing('rate-limit');
    await begun();
    await hoursPass(13);
    await hoursPass(13);
    expect(await lab.statuses()).toEqual({ retry: 1 });
    await lab.world.act('DELETE', 'faults');
    await hoursPass(1);
    expect(await lab.statuses()).toEqual({ accepted: 1 });
  });

  it('that LINE may have since the day before is for a person, who sends it as another', async () => {
    await failing('error-500', { count: 3 });
    await begun();
    const asked = await lab.calls('push');
    expect(await lab.statuses()).toEqual({ retry: 1 });
    await hoursPass(24);
    expect(await lab.statuses()).toEqual({ unknown: 1 });
    const { id } = (await db()('crm_messages').first('id')) as { id: number };
    const decided = await lab.admin.post(`/crm/messages/${id}/decide`, { decision: 'resend' });
    expect(decided.status).toBe(200);
    await lab.drain();
    expect(await lab.statuses()).toEqual({ accepted: 1 });
    const [key, ...others] = (await lab.calls('push')).map(
      ({ headers }) => headers['x-line-retry-key'],
    );
    expect(others).toHaveLength(asked.length);
    expect(others.filter((other) => other !== key)).toHaveLength(1);
  });

  it('that a worker held when it died two days ago is for a person as well', async () => {
    await failing('rate-limit');
    await begun();
    const asked = await lab.calls('push');
    const at = kernel().clock(lab.world.app.strapi).now().getTime();
    await db()('crm_messages').update({
      status: 'leased',
      lease_owner: 'dead',
      lease_until: at,
      handed_over_at: at,
      first_handed_over_at: at,
    });
    await lab.world.act('DELETE', 'faults');
    await hoursPass(48);
    expect(await lab.statuses()).toEqual({ unknown: 1 });
    expect(await lab.calls('push')).toHaveLength(asked.length);
  });
});

/** An order each, in the order of the friends. */
async function spend(amounts: readonly number[]): Promise<void> {
  await db()('crm_orders').delete();
  const customers: { id: number }[] = await db()('crm_customers').orderBy('id').select('id');
  const orders = customers.flatMap(({ id }, index) =>
    amounts[index]
      ? [
          {
            order_number: `Q-${id}`,
            customer_id: id,
            ordered_at: Date.now(),
            status: 'paid',
            currency: 'JPY',
            total: amounts[index],
          },
        ]
      : [],
  );
  await db()('crm_orders').insert(orders);
}
