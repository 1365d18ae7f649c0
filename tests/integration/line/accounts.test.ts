/** Several official accounts: their people, tokens, quotas and webhooks never cross. */
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createArticle, segmentsModule } from '../../support/campaign';
import { SHOP, startAccountsLab, type AccountsLab, type Follows } from './accounts-lab';
import { postWebhook, sign } from './webhook-posts';

let lab: AccountsLab;
beforeAll(async () => {
  lab = await startAccountsLab();
});
afterAll(() => lab.world.stop());
beforeEach(() => lab.begin());

const article = () => createArticle(lab.world.app);
const channelOf = (id: string) => {
  const channel = lab.world.emulator.platform.state.channels.get(id);
  if (!channel) throw new Error(`No channel ${id}`);
  return channel;
};
const statuses = () => lab.world.line().lineService(lab.world.app.strapi).accountStatuses();
/** How many messages each account’s chat brought her. */
const got = async (userId: string) => [
  (await lab.inboxAt('main', userId)).length,
  (await lab.inboxAt('shop', userId)).length,
];
const people = (...follows: Follows[]) =>
  follows.reduce<Promise<string[]>>(
    async (before, each) => [...(await before), await lab.person(each)],
    Promise.resolve([]),
  );

describe('a campaign', () => {
  it('goes to each person from the account she linked last', async () => {
    const [main = '', shop = '', later = '', earlier = ''] = await people(
      ['main'],
      ['shop'],
      ['main', 'shop'],
      ['shop', 'main'],
    );
    await lab.send(await lab.createCampaign(await article()));
    await lab.drain();
    expect(await lab.statuses()).toEqual({ accepted: 4 });
    expect([await got(main), await got(shop), await got(later), await got(earlier)]).toEqual([
      [1, 0],
      [0, 1],
      [0, 1],
      [1, 0],
    ]);
    expect([channelOf('1657000001').quota.used, channelOf(SHOP.id).quota.used]).toEqual([2, 2]);
  });

  it('of one account reaches its friends alone, by multicast and by push', async () => {
    const [main = '', shop = '', both = ''] = await people(['main'], ['shop'], ['shop', 'main']);
    const more = { senders: { line: 'shop' } };
    await lab.send(await lab.createCampaign(await article(), more));
    await lab.drain();
    expect(await lab.calls('push')).toHaveLength(2);
    await lab.send(await lab.createCampaign(await article(), { ...more, linkTracking: 'shared' }));
    await lab.drain();
    expect(await lab.calls('multicast')).toHaveLength(1);
    expect([await got(main), await got(shop), await got(both)]).toEqual([
      [0, 0],
      [0, 2],
      [0, 2],
    ]);
    expect(await lab.statuses()).toEqual({ accepted: 4, blocked: 2 });
    expect(channelOf('1657000001').quota.used).toBe(0);
  });

  it('is measured against the quota of the account it goes from, and priced by it', async () => {
    await people(['main'], ['shop'], ['shop']);
    await lab.world.act('PUT', 'quota', { type: 'limited', value: 0 });
    await lab.world.act('PUT', `quota?channel=${SHOP.id}`, {
      type: 'limited',
      value: 10,
      used: 7,
    });
    const id = await lab.createCampaign(await article(), { senders: { line: 'shop' } });
    const campaign = ((await lab.admin.get(`/crm/campaigns/${id}`)).body as { data: object }).data;
    const reach = await lab.admin.post('/crm/campaigns/audience', { campaign });
    expect(reach.body).toMatchObject({
      data: {
        reached: 2,
        channels: [{ channel: 'line', people: 2, cost: 10 }],
        quotas: [{ sender: SHOP.name, state: { limit: 10, used: 7, left: 3 }, needed: 2 }],
      },
    });
    expect(reach.body).not.toMatchObject({ data: { quotas: [{}, {}] } });
    expect((await lab.send(id)).status).toBe(200);
    const automatic = await lab.send(await lab.createCampaign(await article()));
    expect(automatic).toMatchObject({
      status: 409,
      body: { error: { code: 'delivery.quota-short' } },
    });
  });

  it('is shown to LINE as the account that would send it', async () => {
    await lab.world.act('POST', 'faults', { kind: 'error-500', path: '/v2/bot/message/validate' });
    const campaign = async (senders: object) => {
      const id = await lab.createCampaign(await article(), { senders });
      return ((await lab.admin.get(`/crm/campaigns/${id}`)).body as { data: object }).data;
    };
    const asked = async (senders: object) => {
      const preview = await lab.admin.post('/crm/campaigns/preview', {
        campaign: await campaign(senders),
      });
      const { issues } = (
        preview.body as { data: { issues: { key: string; params: { account?: string } }[] } }
      ).data;
      return issues
        .filter(({ key }) => key === 'line.lint.not-asked')
        .map(({ params }) => params.account);
    };
    expect(await asked({})).toEqual(['縁レコード', SHOP.name]);
    expect(await asked({ line: 'shop' })).toEqual([SHOP.name]);
  });

  it('of an account that is not configured is refused', async () => {
    await people(['main']);
    const id = await lab.createCampaign(await article(), { senders: { line: 'closed' } });
    expect(await lab.send(id)).toMatchObject({
      status: 400,
      body: { error: { code: 'delivery.sender-unknown' } },
    });
  });
});

describe('a webhook', () => {
  const body = (destination: string) => JSON.stringify({ destination, events: [] });
  const post = (account: string, text: string, secret: string) =>
    postWebhook(lab.world.app.origin, { account, body: text, signature: sign(text, secret) });

  it('signed with another account’s secret, or meant for another account, is refused', async () => {
    expect((await statuses()).map(({ problem }) => problem)).toEqual([null, null]);
    const main = channelOf('1657000001');
    const shop = channelOf(SHOP.id);
    expect((await post('main', body(main.botUserId), SHOP.secret)).status).toBe(401);
    expect((await post('shop', body(main.botUserId), SHOP.secret)).status).toBe(400);
    expect((await post('main', body(shop.botUserId), main.secret)).status).toBe(400);
    expect((await post('shop', body(shop.botUserId), SHOP.secret)).status).toBe(200);
    expect((await post('main', body(main.botUserId), main.secret)).status).toBe(200);
    expect(await lab.world.rows('crm_line_webhook_events')).toEqual([]);
  });

  it('makes her a friend of the account it came to, and of no other', async () => {
    const userId = await lab.world.person('花子');
    await lab.world.act('POST', `users/${userId}/follow?channel=${SHOP.id}`);
    await lab.world.drain();
    const friends = await lab.world.rows('crm_line_friends');
    expect(friends).toMatchObject([{ account: 'shop', user_id: userId, status: 'following' }]);
    expect(friends).toHaveLength(1);
    const [[greeting], none] = [
      await lab.inboxAt('shop', userId),
      await lab.inboxAt('main', userId),
    ];
    expect(greeting?.message.text).toContain(SHOP.name);
    expect(none).toEqual([]);
  });
});

describe('a conversation', () => {
  it('stands under its account and is answered from there', async () => {
    const [userId = ''] = await people(['main', 'shop']);
    await lab.world.act('POST', `users/${userId}/text?channel=${SHOP.id}`, {
      text: '営業中ですか',
    });
    await lab.world.drain();
    const chats = async (account: string) =>
      (
        (await lab.admin.get(`/crm/line/chats?account=${account}`)).body as {
          data: { id: number }[];
        }
      ).data;
    expect(await chats('main')).toEqual([]);
    const [chat] = await chats('shop');
    await lab.admin.post(`/crm/line/chats/${chat?.id}/messages`, {
      text: 'はい、20時までです',
      sendKey: randomUUID(),
    });
    expect(await got(userId)).toEqual([0, 1]);
  });
});

describe('an account’s token', () => {
  it('that LINE takes no more is followed by short ones; the other account keeps its own', async () => {
    const { longLivedTokens } = lab.world.emulator.platform.state;
    longLivedTokens.delete(SHOP.token);
    expect((await statuses()).map(({ problem }) => problem)).toEqual([null, null]);
    const { requests } = (await lab.world.act('GET', 'requests')) as {
      requests: { path: string; body: unknown }[];
    };
    const issued = requests.filter(({ path }) => path === '/oauth2/v3/token');
    expect(issued).toHaveLength(1);
    expect(JSON.stringify(issued[0]?.body)).toContain(SHOP.id);
    const [userId = ''] = await people(['shop']);
    await lab.send(await lab.createCampaign(await article()));
    await lab.drain();
    expect(await got(userId)).toEqual([0, 1]);
  });
});

describe('a segment', () => {
  it('asks which account people follow', async () => {
    const { strapi } = lab.world.app;
    await people(['main'], ['shop'], ['main', 'shop']);
    const size = async (operator: string, value: string[]) => {
      const created = (await strapi.documents('plugin::crm.segment' as never).create({
        data: {
          name: `友だち ${randomUUID()}`,
          kind: 'dynamic',
          rule: { combinator: 'and', rules: [{ field: 'line.account', operator, value }] },
        } as never,
      })) as { documentId: string };
      const service = segmentsModule().segmentsService(strapi);
      await service.refresh(created.documentId);
      return (await service.memberIds(created.documentId, { after: 0, limit: 10 })).length;
    };
    expect(await size('in', ['shop'])).toBe(2);
    expect(await size('in', ['main', 'shop'])).toBe(3);
    expect(await size('notIn', ['main'])).toBe(1);
  });
});
