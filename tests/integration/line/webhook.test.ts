import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { forgeries, friendship, postWebhook, sign } from './webhook-posts';
import { startLineWorld, type LineWorld } from './world';

let world: LineWorld;
beforeAll(async () => {
  world = await startLineWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.act('POST', 'reset');
  const webhookUrl = `${world.app.origin}/api/crm/line/webhook/main`;
  await world.act('PUT', 'channel', { webhookUrl });
  for (const table of ['crm_line_friends', 'crm_line_webhook_events', 'crm_line_messages']) {
    await world.app.strapi.db.connection(table).delete();
  }
});

const post = (body: string | Buffer, signature: string | null, account = 'main') =>
  postWebhook(world.app.origin, { body, signature, account });

const friendOf = async (userId: string) =>
  (await world.rows('crm_line_friends')).find((row) => row.user_id === userId);

const reversed = (body: string) =>
  Object.fromEntries(Object.entries(JSON.parse(body) as object).reverse());

describe('the door', () => {
  const body = JSON.stringify({
    destination: 'U1',
    events: [{ type: 'follow', webhookEventId: '01', timestamp: 1 }],
  });

  it('takes what LINE signed, with spaces and escapes as they came', async () => {
    const odd = `{ "destination":"U1",\n "events":[], "note":"\\u7e01 ${'縁'} 👍" }`;
    expect((await post(odd, sign(odd))).status).toBe(200);
  });

  it.each([
    ['no signature', body, null],
    ['an empty signature', body, ''],
    ['a signature with another secret', body, sign(body, 'other')],
    ['a body changed by one byte', body.replace('"01"', '"02"'), sign(body)],
    ['the same JSON written anew', JSON.stringify(JSON.parse(body), null, 1), sign(body)],
    ['the same JSON in another order', JSON.stringify(reversed(body)), sign(body)],
    ['a signature that is not base64', body, 'not base64 at all'],
  ])('refuses %s and stores nothing', async (_, text, signature) => {
    const answer = await post(text, signature);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { code: 'line.bad-signature' } });
    expect(await world.rows('crm_line_webhook_events')).toEqual([]);
  });

  it('refuses a thousand forgeries, each one bit beside the truth', async () => {
    const forged = forgeries(body, 1000);
    const statuses = new Set<number>();
    for (let start = 0; start < forged.length; start += 50) {
      const answers = await Promise.all(
        forged.slice(start, start + 50).map(({ text, signature }) => post(text, signature)),
      );
      for (const { status } of answers) statuses.add(status);
    }
    expect(statuses.has(200)).toBe(false);
    // Some flips leave no JSON behind: refused as that, and not stored either.
    expect([...statuses].filter((status) => status !== 401 && status !== 400)).toEqual([]);
    expect(await world.rows('crm_line_webhook_events')).toEqual([]);
  });

  it('does not know other accounts, whatever the signature', async () => {
    expect((await post(body, sign(body), 'other')).status).toBe(404);
    expect((await post(body, sign(body), "main'--")).status).toBe(404);
  });

  it('refuses a signed body that is no webhook', async () => {
    expect((await post('[]', sign('[]'))).status).toBe(400);
    expect(await world.rows('crm_line_webhook_events')).toEqual([]);
  });

  it('answers before it works: the event waits in the log', async () => {
    // LINE, or somebody who overheard it, may send it again: it is one event all the same.
    const posts = await Promise.all([1, 2, 3, 4, 5].map(() => post(body, sign(body))));
    expect(posts.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await world.rows('crm_line_webhook_events')).toMatchObject([{ status: 'pending' }]);
    expect(await world.rows('crm_line_friends')).toEqual([]);
  });

  it('stores 500 events of one post well within LINE’s two seconds', async () => {
    const many = JSON.stringify({
      destination: 'U1',
      events: Array.from({ length: 500 }, (_, place) => ({
        type: 'follow',
        webhookEventId: `many-${place}`,
        timestamp: place,
        source: { type: 'user', userId: `U${String(place).padStart(32, '0')}` },
      })),
    });
    const before = performance.now();
    expect((await post(many, sign(many))).status).toBe(200);
    expect(performance.now() - before).toBeLessThan(2000);
    expect(await world.rows('crm_line_webhook_events')).toHaveLength(500);
  });

  it('keeps an event once, however often it comes', async () => {
    await Promise.all(Array.from({ length: 5 }, () => post(body, sign(body))));
    expect(await world.rows('crm_line_webhook_events')).toHaveLength(1);
  });
});

describe('a friend', () => {
  it('is stored with her profile and greeted for free, with a button to link', async () => {
    const userId = await world.person('高橋 花子');
    const { webhook } = await world.act('POST', `users/${userId}/follow`);
    expect(webhook).toMatchObject({ status: 200 });
    await world.drain();

    expect(await friendOf(userId)).toMatchObject({
      status: 'following',
      display_name: '高橋 花子',
      customer_id: null,
    });
    const inbox = await world.inbox(userId);
    expect(inbox.map(({ via }) => via)).toEqual(['reply', 'reply']);
    expect(inbox[0]?.message.text).toContain('高橋 花子さん');
    expect(inbox[1]?.message).toMatchObject({
      type: 'template',
      template: {
        actions: [
          {
            type: 'uri',
            label: '会員とつなぐ',
            uri: expect.stringMatching(/\/m\/line\/link\?linkToken=.{10,}/),
          },
        ],
      },
    });
    const channel = world.emulator.platform.defaultChannel();
    expect(channel.quota.used).toBe(0);
  });

  it('is greeted in English when her app is English', async () => {
    const userId = await world.person('Anna', 'en');
    await world.act('POST', `users/${userId}/follow`);
    await world.drain();
    expect((await world.inbox(userId))[0]?.message.text).toContain('Thank you for adding');
  });

  it('is greeted once, though LINE sends the event again', async () => {
    const userId = await world.person();
    await world.act('POST', `users/${userId}/follow`);
    await world.drain();
    const { webhooks } = await world.act('GET', 'webhooks');
    const [{ id }] = webhooks as [{ id: string }];
    await world.act('POST', `webhooks/${id}/repeat`, { redelivery: true });
    await world.drain();
    expect(await world.inbox(userId)).toHaveLength(2);
    expect(await world.rows('crm_line_webhook_events')).toHaveLength(1);
  });

  it('does not wait long for others: forty people who come at once are greeted in time', async () => {
    const people = await Promise.all(Array.from({ length: 40 }, () => world.person()));
    await world.act('POST', 'faults', { kind: 'slow', path: '/v2/bot/', delayMs: 200 });
    for (const userId of people) await world.act('POST', `users/${userId}/follow`);
    const before = performance.now();
    await world.drain();
    // One after the other, 40 people × 3 calls × 200 ms would be 24 seconds.
    expect(performance.now() - before).toBeLessThan(20_000);
    const greeted = await Promise.all(people.map((userId) => world.inbox(userId)));
    expect(greeted.every((inbox) => inbox.length === 2)).toBe(true);
  });

  it('is a friend also when LINE gives no profile and no link token', async () => {
    const userId = await world.person();
    await world.act('POST', 'faults', { kind: 'error-500', path: '/v2/bot/' });
    await world.act('POST', `users/${userId}/follow`);
    await world.drain();
    expect(await friendOf(userId)).toMatchObject({ status: 'following', display_name: null });
    expect(await world.rows('crm_line_webhook_events')).toMatchObject([{ status: 'done' }]);
  });

  it('who blocks the account is blocked, and a friend again when she unblocks', async () => {
    const userId = await world.person();
    await world.act('POST', `users/${userId}/follow`);
    await world.act('POST', `users/${userId}/block`);
    await world.drain();
    expect(await friendOf(userId)).toMatchObject({ status: 'blocked' });
    await world.act('POST', `users/${userId}/follow`);
    await world.drain();
    expect(await friendOf(userId)).toMatchObject({ status: 'following' });
  });

  it('who unfollowed and followed ends as a friend, though the events came in reverse', async () => {
    const userId = await world.person();
    await world.act('POST', `users/${userId}/follow`);
    await world.drain();
    await world.act('POST', 'webhooks/hold');
    const now = Date.now() + 10_000;
    await world.act('POST', `users/${userId}/block`, { timestamp: now });
    await world.act('POST', `users/${userId}/follow`, { timestamp: now + 1 });
    await world.act('POST', 'webhooks/release', { order: 'reverse' });
    await world.drain();
    expect(await friendOf(userId)).toMatchObject({ status: 'following' });
  });

  it('whose older event arrives a drain later stays as the newer one said', async () => {
    const userId = await world.person();
    await world.act('POST', 'webhooks/hold');
    await world.act('POST', `users/${userId}/follow`, { timestamp: 1_000 });
    await world.act('POST', `users/${userId}/block`, { timestamp: 2_000 });
    await world.act('POST', 'webhooks/release', { order: 'forward' });
    await world.drain();
    await world.act('POST', 'webhooks/send', {
      events: [{ type: 'follow', userId, timestamp: 1_500, mode: 'active' }],
    });
    await world.drain();
    expect(await friendOf(userId)).toMatchObject({ status: 'blocked' });
  });
});

describe('other events', () => {
  it('a message is kept, the keyword brings a fresh button', async () => {
    const userId = await world.person();
    world.emulator.platform.defaultChannel().friendships.set(userId, friendship(userId));
    await world.act('POST', `users/${userId}/text`, { text: '在庫はありますか？ <b>𠮷</b>' });
    await world.act('POST', `users/${userId}/text`, { text: '連携' });
    await world.drain();
    const kept = await world.rows('crm_line_messages');
    expect(kept.map(({ direction, text }) => [direction, text])).toEqual([
      ['in', '在庫はありますか？ <b>𠮷</b>'],
      ['in', '連携'],
      ['out', expect.stringContaining('会員とつなぐと')],
    ]);
    expect(await world.inbox(userId)).toHaveLength(1);
  });

  it('a message taken back loses its text, also in the log of events', async () => {
    const userId = await world.person();
    await world.act('POST', `users/${userId}/text`, { text: '秘密の住所' });
    await world.drain();
    const [{ message_id: messageId }] = (await world.rows('crm_line_messages')) as [
      { message_id: string },
    ];
    await world.act('POST', `users/${userId}/unsend`, { messageId });
    await world.drain();
    const everything = JSON.stringify([
      await world.rows('crm_line_messages'),
      await world.rows('crm_line_webhook_events'),
    ]);
    expect(everything).toContain('unsent_at');
    expect(everything).not.toContain('秘密');
  });

  it('a message taken back before it arrives never shows its text', async () => {
    const userId = await world.person();
    const unsend = { type: 'unsend', userId, unsend: { messageId: 'm1' }, timestamp: 5_000 };
    const message = {
      type: 'message',
      userId,
      message: { id: 'm1', type: 'text', text: '秘密' },
      timestamp: 4_000,
    };
    await world.act('POST', 'webhooks/send', { events: [unsend] });
    await world.drain();
    await world.act('POST', 'webhooks/send', { events: [message] });
    await world.drain();
    expect(await world.rows('crm_line_messages')).toMatchObject([{ message_id: 'm1', text: null }]);
  });

  it('standby: nothing is answered', async () => {
    const userId = await world.person();
    await world.act('POST', `users/${userId}/text`, { text: '連携', mode: 'standby' });
    await world.drain();
    expect(await world.inbox(userId)).toEqual([]);
  });

  it('unknown types, groups and people without an id are let pass', async () => {
    await world.act('POST', 'webhooks/send', {
      events: [
        { type: 'teleport', userId: `U${'b'.repeat(32)}` },
        { type: 'follow' },
        { type: 'message', source: { type: 'group', groupId: 'C1' } },
      ],
    });
    await world.drain();
    const events = await world.rows('crm_line_webhook_events');
    expect(events.map(({ status }) => status)).toEqual(['ignored', 'ignored', 'ignored']);
    expect(await world.rows('crm_line_friends')).toEqual([]);
  });
});
