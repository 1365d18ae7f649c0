/** Narrowcasts at LINE's limits: several accounts, many people, a month that is over, cut-off uploads. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { healthSchema } from '../../../src/plugins/crm/shared/health';
import { campaignReportSchema } from '../../../src/plugins/crm/shared/delivery';
import { compiled, kernel } from '../../support/crm';
import { SHOP, startAccountsLab, type AccountsLab } from './accounts-lab';
import { narrowcasting } from './narrowcast-lab';

type Strays = typeof import('../../../src/plugins/crm/server/line/narrowcast/strays');

let lab: AccountsLab;
beforeAll(async () => {
  lab = await startAccountsLab({ LINE_TIMEOUT_MS: '1000' });
});
afterAll(() => lab.world.stop());
beforeEach(() => lab.begin());

const {
  callsTo,
  campaign,
  channel,
  db,
  fault,
  found,
  goOn,
  narrowcasts,
  receivedBy,
  step,
  stored,
} = narrowcasting(() => lab);

const UPLOAD = '/v2/bot/audienceGroup/upload';
const MINUTE_MS = 60_000;
const now = () => kernel().clock(lab.world.app.strapi).now().getTime();

const shop = () => {
  const found = lab.world.emulator.platform.state.channels.get(SHOP.id);
  if (!found) throw new Error('the shop is not there');
  return found;
};

/** Women, as LINE reckons, who follow the first account. */
async function women(count: number): Promise<string[]> {
  const userIds = await lab.friends(count);
  const { users } = lab.world.emulator.platform.state;
  for (const userId of userIds) {
    const user = users.get(userId);
    if (user) user.demographics = { gender: 'female' };
  }
  return userIds;
}

/** They follow the shop instead. */
async function moveToShop(userIds: readonly string[]): Promise<void> {
  for (const userId of userIds) {
    const fresh = { userId, everFriend: true, lastMessageAt: 0, chat: [], received: 0 };
    channel().friendships.set(userId, { ...fresh, status: 'none' });
    shop().friendships.set(userId, { ...fresh, status: 'friend' });
  }
  await db()('crm_line_friends').whereIn('user_id', userIds).update({ account: 'shop' });
}

const idsOf = (body: Readonly<Record<string, unknown>> | null) =>
  z
    .array(z.object({ id: z.string() }))
    .parse(body?.audiences ?? [])
    .map(({ id }) => id);
const uploads = async () =>
  (await callsTo(UPLOAD)).filter(({ method }) => method === 'PUT').map(({ body }) => idsOf(body));

const told = async (id: string) => {
  const { body } = await lab.admin.get(`/crm/campaigns/${id}/report`);
  const { data } = z.object({ data: campaignReportSchema }).parse(body);
  return data.providers.map(({ narrowed }) => narrowed?.outcome);
};
const health = async () => {
  const { body } = await lab.admin.get('/crm/health');
  return healthSchema.parse(body).data.items.find(({ key }) => key === 'line.narrowcast');
};

describe('two official accounts', () => {
  it('have an audience, a call and a retry key each, of their own people', async () => {
    const ofMain = await women(110);
    const ofShop = await women(111);
    await moveToShop(ofShop);
    const id = await campaign();
    expect((await lab.send(id)).status).toBe(200);
    await goOn();
    const parts = (await uploads()).map((part) => new Set(part));
    expect(parts).toHaveLength(2);
    expect(parts).toContainEqual(new Set(ofMain));
    expect(parts).toContainEqual(new Set(ofShop));
    const calls = await narrowcasts();
    expect(calls.map(({ status }) => status)).toEqual([202, 202]);
    expect(new Set(calls.map(({ headers }) => headers['x-line-retry-key'])).size).toBe(2);
    const asked = await callsTo('/v2/bot/message/progress/narrowcast');
    expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([200]));
    expect(receivedBy(ofMain)).toEqual([1]);
    expect(receivedBy(ofShop)).toEqual([0]);
    expect(ofShop.map((each) => shop().friendships.get(each)?.received)).toEqual(
      ofShop.map(() => 1),
    );
    const rows = await lab.world.rows('crm_line_narrowcasts');
    expect(rows.map(({ account, success_count: reached }) => [account, reached]).sort()).toEqual([
      ['main', 110],
      ['shop', 111],
    ]);
    expect([channel().audiences.size, shop().audiences.size]).toEqual([0, 0]);
    expect(await lab.statuses()).toEqual({ 'handed-over': 221 });
  });
});

describe('an upload', () => {
  it('goes in parts of 10,000, and one call to all of them', async () => {
    const many = await women(10_050);
    await lab.send(await campaign());
    await goOn(5);
    expect((await uploads()).map(({ length }) => length)).toEqual([10_000, 50]);
    expect(await narrowcasts()).toHaveLength(1);
    expect(receivedBy(many)).toEqual([1]);
    expect(await stored()).toMatchObject({ state: 'over', success_count: 10_050 });
  }, 120_000);

  it('that was cut off by a crash begins anew, and there is one call and one audience', async () => {
    const people = await women(110);
    await lab.send(await campaign());
    await lab.drain();
    await step();
    // As a killed process leaves it: the part is at LINE, nobody knows, the lease is held.
    await db()('crm_line_narrowcasts').update({
      state: 'uploading',
      is_in_part: true,
      uploaded: 0,
      uploaded_through: 0,
      due_at: 0,
      lease_until: now() + MINUTE_MS,
    });
    // Held back since: the first audience has her, and must not be the one that is sent to.
    const [gone = '', ...others] = people;
    await db()('crm_messages')
      .where({ address: `main:${gone}` })
      .update({ status: 'blocked' });
    await goOn(8);
    expect(await narrowcasts()).toHaveLength(1);
    expect(receivedBy([gone])).toEqual([0]);
    expect(receivedBy(others)).toEqual([1]);
    expect(channel().audiences.size).toBe(0);
    expect(await stored()).toMatchObject({ generation: 2 });
  });

  it.each(['timeout-after-accept', 'error-500', 'rate-limit'])(
    'that ends in %s leaves nobody out and nobody twice',
    async (kind) => {
      const people = await women(110);
      await lab.send(await campaign());
      await lab.world.act('POST', 'faults', { kind, method: 'PUT', path: UPLOAD, count: 2 });
      await goOn(10);
      expect(await narrowcasts()).toHaveLength(1);
      expect(receivedBy(people)).toEqual([1]);
      expect(channel().audiences.size).toBe(0);
    },
  );

  it('is done by one of two that begin at once', async () => {
    const people = await women(110);
    await lab.send(await campaign());
    await lab.drain();
    for (let time = 0; time < 6; time += 1) {
      await Promise.all([step(), step(), step()]);
      await goOn(1);
    }
    expect(await uploads()).toHaveLength(1);
    expect(await narrowcasts()).toHaveLength(1);
    expect(receivedBy(people)).toEqual([1]);
  });
});

describe('the month’s messages', () => {
  const quota = (value: number, used: number) =>
    lab.world.act('PUT', 'quota', { type: 'limited', value, used });

  it('that are too few stop it, and the report says so; nobody is sent to again', async () => {
    const people = await women(110);
    await quota(200, 140);
    const id = await campaign();
    await lab.send(id);
    await goOn();
    expect(receivedBy(people)).toEqual([0]);
    expect(await lab.statuses()).toEqual({ failed: 110 });
    expect(await told(id)).toEqual(['no-quota']);
    expect(await found(id)).toMatchObject({ status: 'sent' });
    expect((await lab.admin.post(`/crm/campaigns/${id}/resend`, {})).body).toMatchObject({
      error: { code: 'delivery.resend-narrowed' },
    });
  });

  it('are used as far as they go, where that was chosen', async () => {
    const people = await women(110);
    await quota(200, 140);
    const id = await campaign({ shortageRule: 'trim-newest' });
    await lab.send(id);
    await goOn();
    const got = people.filter((each) => channel().friendships.get(each)?.received === 1);
    expect(got).toHaveLength(60);
    expect(await told(id)).toEqual(['done']);
    expect(await stored()).toMatchObject({ success_count: 60 });
  });

  it('that are over are waited for a while, named by health, and then it is given up', async () => {
    const people = await women(110);
    const id = await campaign();
    await lab.send(id);
    await fault('monthly-limit', 500);
    await goOn(2);
    expect(await health()).toMatchObject({ state: 'green', todo: null });
    await goOn(1, 20 * MINUTE_MS);
    const name = String((await found(id)).name);
    expect(await health()).toMatchObject({
      state: 'yellow',
      says: expect.stringMatching(new RegExp(`${name}.*縁レコード.*monthly-limit`)),
      path: `campaigns/${id}`,
    });
    expect(await told(id)).toEqual(['waits']);
    await goOn(4, 61 * MINUTE_MS);
    expect(receivedBy(people)).toEqual([0]);
    expect(await lab.statuses()).toEqual({ failed: 110 });
    expect(await told(id)).toEqual(['no-quota']);
    expect(channel().audiences.size).toBe(0);
    expect(await health()).toMatchObject({ state: 'green' });
  });
});

describe('audiences that were left behind', () => {
  it('are taken away: ours, old, and used by nobody', async () => {
    await women(110);
    await lab.send(await campaign());
    await lab.drain();
    await step();
    const [inUse] = [...channel().audiences.values()];
    const platform = lab.world.emulator.platform.clock.now();
    const audience = (audienceGroupId: number, description: string, age: number) =>
      channel().audiences.set(audienceGroupId, {
        audienceGroupId,
        description,
        created: platform - age,
        changedAt: platform - age,
        userIds: new Set<string>(),
      });
    const DAY_MS = 86_400_000;
    for (let id = 1; id <= 45; id += 1) audience(id, `crm ${id} main 1 0123abcd`, 3 * DAY_MS);
    audience(91, 'crm の資料請求', 3 * DAY_MS);
    audience(92, 'crm 92 main 1 0123abcd', DAY_MS);
    if (inUse) inUse.created = platform - 3 * DAY_MS;
    const { deleteStrayAudiences } = compiled<Strays>('line/narrowcast/strays');
    await deleteStrayAudiences(lab.world.app.strapi, platform);
    expect(channel().audiences.size).toBe(45 - 30 + 3);
    await deleteStrayAudiences(lab.world.app.strapi, platform);
    expect([...channel().audiences.keys()].sort()).toEqual([inUse?.audienceGroupId, 91, 92].sort());
  });
});
