import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type * as deliveryFeature from '../../../src/plugins/crm/server/delivery';
import { compiled } from '../../support/crm';
import { startLineWorld, type LineWorld } from './world';

let world: LineWorld;
beforeAll(async () => {
  world = await startLineWorld({ env: { LINE_TIMEOUT_MS: '1000' } });
});
afterAll(() => world.stop());
beforeEach(() => world.act('POST', 'reset'));

const friend = async (name?: string) => {
  const created = await world.act('POST', 'users', { displayName: name ?? '花子', friend: true });
  return String(created.id);
};

const channel = () => {
  const { deliveryService } = compiled<typeof deliveryFeature>('delivery');
  const found = deliveryService(world.app.strapi)
    .channels()
    .find(({ key }) => key === 'line');
  if (!found) throw new Error('The LINE channel is not registered');
  return found;
};

const flex = {
  type: 'flex',
  altText: '今週の新着',
  contents: {
    type: 'bubble',
    body: {
      type: 'box',
      layout: 'vertical',
      contents: [{ type: 'text', text: '{{ 波括弧 }} 👍', wrap: true }],
    },
  },
};

let rows = 0;
const message = (
  userId: string,
  change: Partial<deliveryFeature.OutboundMessage> & { lineMessages?: readonly object[] } = {},
): deliveryFeature.OutboundMessage => ({
  id: (rows += 1),
  campaignId: 1,
  customerId: 1,
  address: `main:${userId}`,
  stream: 'marketing',
  locale: 'ja',
  retryKey: randomUUID(),
  attempt: 1,
  firstHandedOverAt: null,
  isSentAgain: false,
  isPersonal: true,
  unsubscribeUrl: null,
  content: {
    subject: '',
    preheader: '',
    html: '',
    text: '',
    altText: '今週の新着',
    lineMessages: change.lineMessages ?? [flex],
  },
  ...change,
});

const send = (...batch: deliveryFeature.OutboundMessage[]) =>
  channel().send(batch, () => Promise.resolve(true));

const fault = (kind: string, more: object = {}) => world.act('POST', 'faults', { kind, ...more });

const pushes = async () => {
  const { requests } = await world.act('GET', 'requests');
  return (requests as { path: string; headers: Record<string, string> }[]).filter(({ path }) =>
    path.endsWith('/message/push'),
  );
};

describe('a push', () => {
  it('reaches the person, with the outbox row’s retry key from the first call on', async () => {
    const userId = await friend();
    const sent = message(userId);
    expect(await send(sent)).toEqual([
      { status: 'accepted', providerMessageId: expect.stringMatching(/^\d+$/) },
    ]);
    expect((await world.inbox(userId)).map((got) => got.message)).toEqual([flex]);
    expect((await pushes()).map(({ headers }) => headers['x-line-retry-key'])).toEqual([
      sent.retryKey,
    ]);
  });

  it.each(['error-500-after-accept', 'timeout-after-accept', 'reset-after-accept'])(
    'that was accepted but answered by %s is accepted, and arrives once',
    async (kind) => {
      const userId = await friend();
      await fault(kind, { path: '/v2/bot/message/push', count: 1 });
      expect(await send(message(userId))).toEqual([
        { status: 'accepted', providerMessageId: expect.stringMatching(/^\d+$/) },
      ]);
      expect(await world.inbox(userId)).toHaveLength(1);
      const keys = (await pushes()).map(({ headers }) => headers['x-line-retry-key']);
      expect(keys).toHaveLength(2);
      expect(new Set(keys).size).toBe(1);
    },
  );

  it('that LINE cannot take now is to be tried again', async () => {
    const userId = await friend();
    await fault('error-500', { path: '/v2/bot/message/push' });
    expect(await send(message(userId))).toEqual([{ status: 'retry', reason: 'server: HTTP 500' }]);
    expect(await world.inbox(userId)).toEqual([]);
  });

  it('told to slow down rests for seconds, out of quota for an hour', async () => {
    const userId = await friend();
    await fault('rate-limit', { path: '/v2/bot/message/push', count: 1 });
    expect(await send(message(userId))).toMatchObject([
      { status: 'unreachable', reason: 'rate-limit', afterSeconds: 5 },
    ]);
    await world.act('PUT', 'quota', { type: 'limited', value: 0 });
    expect(await send(message(userId))).toMatchObject([
      { status: 'unreachable', reason: 'monthly-limit', afterSeconds: 3600 },
    ]);
    expect(await pushes()).toHaveLength(2);
  });

  it('to a person who has blocked the account is accepted by LINE and costs nothing', async () => {
    const userId = await friend();
    await world.act('POST', `users/${userId}/block`);
    expect(await send(message(userId))).toMatchObject([{ status: 'accepted' }]);
    expect(world.emulator.platform.defaultChannel().quota.used).toBe(0);
  });

  it('that LINE would refuse is not sent at all', async () => {
    const userId = await friend();
    const outcomes = await send(
      message(userId, { lineMessages: [] }),
      message(userId, { lineMessages: [{ ...flex, altText: 'x'.repeat(1501) }] }),
      message(userId, { lineMessages: [{ type: 'text', text: '' }] }),
      message(userId, { address: `other:${userId}` }),
    );
    expect(outcomes).toMatchObject([
      { status: 'failed', reason: 'messages count' },
      { status: 'failed', reason: 'messages[0].altText too-long' },
      { status: 'failed', reason: 'messages[0].text empty' },
      { status: 'failed', reason: 'unknown LINE account "other"' },
    ]);
    expect(await pushes()).toEqual([]);
  });

  it('goes to 64 people in one batch', async () => {
    const { userIds } = (await world.act('POST', 'users/bulk', { count: 64 })) as {
      userIds: string[];
    };
    const outcomes = await send(...userIds.map((userId) => message(userId)));
    // A machine that is too busy for the short timeout of this test says "again", never "failed".
    const answers = new Set(outcomes.map(({ status }) => status));
    expect([...answers].filter((status) => status !== 'accepted' && status !== 'retry')).toEqual(
      [],
    );
    const { friendships } = world.emulator.platform.defaultChannel();
    expect(userIds.every((userId) => (friendships.get(userId)?.received ?? 0) <= 1)).toBe(true);
  });
});

describe('content is looked at before it is sent', () => {
  it('by the limits of LINE', () => {
    const { content } = message('U', { lineMessages: [{ ...flex, altText: '' }] });
    expect(channel().lint(content)).toEqual([
      {
        severity: 'error',
        key: 'line.lint.empty',
        params: { path: 'messages[0].altText', limit: 0 },
      },
    ]);
  });
});
