import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Knex } from 'knex';
import knex from 'knex';

import type * as lineClients from '../../../src/plugins/crm/server/line/client';
import type * as deliveryFeature from '../../../src/plugins/crm/server/delivery';
import { createArticle, deliveryModule, paragraph } from '../../support/campaign';
import { compiled, kernel } from '../../support/crm';
import { startLineLab, type LineLab } from './campaign-lab';

const PER_SECOND = 100;

let lab: LineLab;
beforeAll(async () => {
  lab = await startLineLab({
    LINE_PUSHES_PER_SECOND: String(PER_SECOND),
    LINE_TIMEOUT_MS: '1000',
  });
});
afterAll(() => lab.world.stop());
beforeEach(() => lab.clear());

/** No click is told apart, so that everybody's message reads the same. */
const SAME = { linkTracking: 'shared' };
/** How many messages each of them got: the different numbers among all. */
const receivedBy = (userIds: readonly string[]) => {
  const { friendships } = lab.world.emulator.platform.defaultChannel();
  return [...new Set(userIds.map((userId) => friendships.get(userId)?.received))];
};

describe('a campaign to friends', () => {
  it('with the same words for everybody makes ⌈n ÷ 500⌉ calls', async () => {
    const friends = await lab.friends(1_240);
    expect(
      (await lab.send(await lab.createCampaign(await createArticle(lab.world.app), SAME))).status,
    ).toBe(200);
    await lab.drain();
    const calls = await lab.calls('multicast');
    expect(calls.map(({ body }) => body.to?.length)).toEqual([500, 500, 240]);
    expect(new Set(calls.map(({ headers }) => headers['x-line-retry-key'])).size).toBe(3);
    expect(await lab.calls('push')).toEqual([]);
    expect(receivedBy(friends)).toEqual([1]);
    expect(await lab.statuses()).toEqual({ accepted: 1_240 });
  });

  it.each([SAME, {}])(
    'holds no block meant for others, in a group or alone (%j)',
    async (links) => {
      const [gold = ''] = await lab.friends(1, { tier: 'gold' });
      const [regular = ''] = await lab.friends(1);
      await lab.registered(gold);
      const audience = { type: 'tiers', keys: ['gold'] };
      const mixed = await createArticle(lab.world.app, {
        blocks: [paragraph('みなさまへ'), paragraph('ゴールド会員様へ', audience)],
      });
      const gated = await createArticle(lab.world.app, {
        title: '秘密の入荷',
        access: { audience, otherwise: 'deny' },
      });
      for (const article of [mixed, gated]) {
        await lab.send(await lab.createCampaign(article, links));
        await lab.drain();
      }
      const got = async (userId: string) => JSON.stringify(await lab.world.inbox(userId));
      expect(await got(gold)).toMatch(/ゴールド会員様へ.*秘密の入荷/);
      expect(await got(regular)).toContain('みなさまへ');
      expect(await got(regular)).not.toMatch(/ゴールド|秘密/);
      expect(await lab.statuses()).toEqual({ accepted: 3, blocked: 1 });
    },
  );

  it('is pushed where links are each person’s own, at most so many a second', async () => {
    const friends = await lab.friends(2 * PER_SECOND + 20);
    const campaign = await lab.createCampaign(await createArticle(lab.world.app));
    const begun = performance.now();
    await lab.send(campaign);
    await lab.drain();
    expect(performance.now() - begun).toBeGreaterThan(2_000);
    // A slow machine may ask twice for one: the same key, and so the same message.
    const keys = (await lab.calls('push')).map(({ headers }) => headers['x-line-retry-key']);
    expect(new Set(keys).size).toBe(friends.length);
    expect(await lab.calls('multicast')).toEqual([]);
    expect(receivedBy(friends)).toEqual([1]);
  });

  it.each([
    'error-500',
    'error-500-after-accept',
    'timeout',
    'timeout-after-accept',
    'reset',
    'reset-after-accept',
    'rate-limit',
    'monthly-limit',
  ])('reaches each friend once where 30 %% of the calls end in %s', async (kind) => {
    const friends = await lab.friends(10);
    const others = await lab.friends(10, { tier: 'gold' });
    const campaigns = [
      await lab.createCampaign(await createArticle(lab.world.app), SAME),
      await lab.createCampaign(await createArticle(lab.world.app)),
    ];
    await lab.world.act('POST', 'faults', {
      kind,
      path: '/v2/bot/message/',
      method: 'POST',
      probability: 0.3,
    });
    for (const campaign of campaigns) {
      expect((await lab.send(campaign)).status).toBe(200);
    }
    await lab.drainForHours(20);
    expect(await lab.statuses()).toEqual({ accepted: 40 });
    expect(receivedBy([...friends, ...others])).toEqual([2]);
  });
});

describe('a call that has to be repeated', () => {
  const withdraw = (userId: string) =>
    lab.world.app.strapi.db
      .connection('crm_consent_states')
      .whereIn('customer_id', (query) => {
        void query.from('crm_customers').where({ document_id: userId }).select('id');
      })
      .update({ granted: false });

  it.each([
    ['was refused', 'error-500', 0, 0],
    ['was refused, though her own row waits longer', 'error-500', 1_800_000, 0],
    ['went through unheard', 'error-500-after-accept', 0, 1],
  ] as const)('leaves out who withdrew since it %s', async (_, kind, waits, received) => {
    const [gone = '', ...others] = await lab.friends(4);
    await lab.world.act('POST', 'faults', { kind, path: '/v2/bot/message/multicast', count: 3 });
    await lab.send(await lab.createCampaign(await createArticle(lab.world.app), SAME));
    await lab.drain();
    expect(await lab.statuses()).toEqual({ retry: 4 });
    await withdraw(gone);
    await lab.world.app.strapi.db
      .connection('crm_messages')
      .where({ address: `main:${gone}` })
      .increment('due_at', waits);
    await lab.drainForHours(20);
    expect(await lab.statuses()).toEqual({ accepted: 3, blocked: 1 });
    expect(receivedBy(others)).toEqual([1]);
    expect(receivedBy([gone])).toEqual([received]);
    const last = (await lab.calls('multicast')).at(-1);
    expect([...(last?.body.to ?? [])].sort()).toEqual([...others].sort());
  });
});

const channel = () => {
  const { strapi } = lab.world.app;
  const found = deliveryModule()
    .deliveryService(strapi)
    .channels()
    .find(({ key }) => key === 'line');
  if (!found) throw new Error('The LINE channel is not registered');
  return found;
};

const shared = (id: number, userId: string): deliveryFeature.OutboundMessage => ({
  id,
  campaignId: 1,
  customerId: id,
  address: `main:${userId}`,
  stream: 'marketing',
  locale: 'ja',
  retryKey: randomUUID(),
  attempt: 1,
  firstHandedOverAt: null,
  isSentAgain: false,
  isPersonal: false,
  unsubscribeUrl: null,
  content: {
    subject: '',
    preheader: '',
    html: '',
    text: '',
    altText: '',
    lineMessages: [{ type: 'text', text: '新着のお知らせ' }],
  },
});

const send = (...batch: deliveryFeature.OutboundMessage[]) =>
  channel().send(batch, () => Promise.resolve(true));
const statuses = (outcomes: readonly { status: string }[]) => outcomes.map(({ status }) => status);

describe('who goes with whom', () => {
  it('stays as it was at the first attempt, whoever makes the next one', async () => {
    const [a = '', b = '', c = '', late = ''] = await lab.friends(4);
    const [first, second, third] = [shared(1, a), shared(2, b), shared(3, c)];
    await lab.world.act('POST', 'faults', {
      kind: 'error-500-after-accept',
      path: '/v2/bot/message/multicast',
      count: 3,
    });
    expect(statuses(await send(first, second, third))).toEqual(['retry', 'retry', 'retry']);
    // The process died here: only two of them come back at first, together with somebody new.
    expect(statuses(await send(second, third, shared(4, late)))).toEqual([
      'accepted',
      'accepted',
      'accepted',
    ]);
    expect(statuses(await send(first))).toEqual(['accepted']);
    expect(receivedBy([a, b, c, late])).toEqual([1]);
    const calls = await lab.calls('multicast');
    for (const { body } of calls) expect(body.to).toEqual([a, b, c]);
    expect(new Set(calls.map(({ headers }) => headers['x-line-retry-key'])).size).toBe(1);
  });

  it('keeps one who went alone alone: her key is known to LINE', async () => {
    const [a = '', b = ''] = await lab.friends(2);
    const alone = shared(1, a);
    await lab.world.act('POST', 'faults', {
      kind: 'timeout-after-accept',
      path: '/v2/bot/message/push',
      count: 3,
    });
    expect(statuses(await send(alone))).toEqual(['retry']);
    expect(statuses(await send(alone, shared(2, b)))).toEqual(['accepted', 'accepted']);
    expect(receivedBy([a, b])).toEqual([1]);
    expect(await lab.calls('multicast')).toEqual([]);
  });

  it('leaves out the one whom LINE does not know, and nobody else', async () => {
    const [a = '', b = ''] = await lab.friends(2);
    await lab.world.act('PUT', 'settings', { multicastUnknownUser: 'refuse' });
    const outcomes = await send(shared(1, a), shared(2, `U${'0'.repeat(32)}`), shared(3, b));
    expect(statuses(outcomes)).toEqual(['accepted', 'failed', 'accepted']);
    expect(receivedBy([a, b])).toEqual([1]);
  });

  it('is not asked again where LINE has forgotten the key', async () => {
    const [a = '', b = ''] = await lab.friends(2);
    const batch = [shared(1, a), shared(2, b)];
    await lab.world.act('POST', 'faults', { kind: 'error-500', path: '/v2/', count: 3 });
    expect(statuses(await send(...batch))).toEqual(['retry', 'retry']);
    const since = (hours: number) => ({
      attempt: 2,
      firstHandedOverAt: Date.now() - hours * 3_600_000,
    });
    const later = (hours: number) => batch.map((one) => ({ ...one, ...since(hours) }));
    expect(statuses(await send(...later(24)))).toEqual(['unknown', 'unknown']);
    expect(statuses(await send({ ...shared(3, a), ...since(24) }))).toEqual(['unknown']);
    // Sent again by a person one goes alone; the other may have hers.
    const again = { ...shared(1, a), isSentAgain: true };
    expect(statuses(await send(again))).toEqual(['accepted']);
    expect(receivedBy([a])).toEqual([1]);
    expect(receivedBy([b])).toEqual([0]);
    // Planned long ago, and first tried an hour ago: LINE knows the key.
    await lab.world.app.strapi.db.connection('crm_line_multicasts').update({ created_at: 0 });
    expect(statuses(await send(...later(1)))).toEqual(['accepted', 'accepted']);
    expect(receivedBy([b])).toEqual([1]);
  });
});

describe.runIf(process.env.TEST_DATABASE === 'postgres')('two nodes on one database', () => {
  const EACH = 150;

  it('push at once, and LINE sees the limit in no second exceeded', async () => {
    const { strapi } = lab.world.app;
    const friends = await lab.friends(2 * EACH);
    const [account] = kernel().crmConfig(strapi).line.accounts;
    if (!account) throw new Error('No account is configured');
    const { lineClient } = compiled<typeof lineClients>('line/client');
    // Another node as the database sees it: a pool of its own, and nothing shared in memory.
    const { config } = strapi.db.connection.client as { config: Knex.Config };
    const pool = knex({ ...config, pool: { min: 0, max: 4 } });
    const database = Object.create(strapi.db, { connection: { value: pool } }) as typeof strapi.db;
    const other = Object.create(strapi, { db: { value: database } }) as typeof strapi;
    const text = [{ type: 'text', text: '新着のお知らせ' }];
    const answers = await Promise.all(
      [strapi, other].flatMap((node, place) =>
        friends
          .slice(place * EACH, (place + 1) * EACH)
          .map((userId) => lineClient(node, account).push(userId, text, randomUUID())),
      ),
    );
    await pool.destroy();
    expect(answers.every(({ ok }) => ok)).toBe(true);
    const calls = await lab.calls('push');
    expect(calls.map(({ status }) => status).filter((status) => status === 429)).toEqual([]);
    const times = calls.map(({ at }) => at).sort((a, b) => a - b);
    const busiest = times.map((from) => times.filter((at) => at >= from && at < from + 1_000));
    expect(Math.max(...busiest.map(({ length }) => length))).toBeLessThanOrEqual(PER_SECOND);
    expect(receivedBy(friends)).toEqual([1]);
  });
});
