import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { webhookSignature } from './identifiers';
import {
  eventsOf,
  SECRET,
  startReceiver,
  startWorld,
  type Receiver,
  type TestWorld,
} from './test/client';

const messages = [{ type: 'text', text: 'ありがとう' }];
let world: TestWorld;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  world = await startWorld({
    webhookUrl: receiver.url,
    redelivery: true,
    redeliveryDelaysMs: [20, 20],
  });
});
afterAll(async () => {
  await world.emulator.close();
  await receiver.close();
});
beforeEach(async () => {
  await world.admin('POST', 'reset');
  receiver.received.length = 0;
  receiver.answerWith(200);
});

const newUser = async () =>
  String((await world.admin('POST', 'users', { displayName: '太郎' })).json.id);
const lastEvent = () => eventsOf(receiver.received.at(-1)).events[0] ?? {};
const reply = (replyToken: unknown) =>
  world.api('POST', '/v2/bot/message/reply', { replyToken, messages });

describe('signatures', () => {
  it('are those of the published test vector', () => {
    const body = '{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}';
    expect(webhookSignature(body, SECRET)).toBe('GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=');
  });

  it('are of the exact bytes that were sent', async () => {
    const userId = await newUser();
    await world.admin('POST', `users/${userId}/text`, { text: '𠮷野家 👍' });
    const [got] = receiver.received;
    expect(got?.signature).toBe(webhookSignature(got?.body ?? '', SECRET));
  });

  it.each(['wrong', 'tampered', 'missing'])('can be %s on purpose', async (signature) => {
    await world.admin('POST', 'webhooks/send', { signature, events: [{ type: 'follow' }] });
    const [got] = receiver.received;
    expect(got?.signature).not.toBe(webhookSignature(got?.body ?? '', SECRET));
  });
});

describe('events', () => {
  it('tell of a friend, a block and its end', async () => {
    const userId = await newUser();
    for (const path of ['follow', 'block', 'follow']) {
      await world.admin('POST', `users/${userId}/${path}`);
    }
    const events = receiver.received.map((each) => eventsOf(each).events[0]);
    expect(events).toMatchObject([
      { type: 'follow', follow: { isUnblocked: false }, source: { type: 'user', userId } },
      { type: 'unfollow' },
      { type: 'follow', follow: { isUnblocked: true } },
    ]);
    expect(events[1]).not.toHaveProperty('replyToken');
    expect(new Set(events.map((event) => event?.webhookEventId)).size).toBe(3);
  });

  it('are sent again with the same id until they are answered with 200', async () => {
    const userId = await newUser();
    receiver.answerWith(500);
    await world.admin('POST', `users/${userId}/text`, { text: 'もしもし' });
    receiver.answerWith(200);
    await expect.poll(() => receiver.received.length).toBe(2);
    const [first, second] = receiver.received.map((each) => eventsOf(each).events[0]);
    expect(second?.webhookEventId).toBe(first?.webhookEventId);
    expect(first?.deliveryContext).toEqual({ isRedelivery: false });
    expect(second?.deliveryContext).toEqual({ isRedelivery: true });
  });

  it('can come in the wrong order and more than once', async () => {
    const userId = await newUser();
    await world.admin('POST', 'webhooks/hold');
    await world.admin('POST', `users/${userId}/follow`);
    await world.admin('POST', `users/${userId}/block`);
    expect(receiver.received).toHaveLength(0);
    await world.admin('POST', 'webhooks/release', { order: 'reverse' });
    const types = receiver.received.map((each) => eventsOf(each).events[0]?.type);
    expect(types).toEqual(['unfollow', 'follow']);
    await world.admin('POST', 'webhooks/send', { events: [{ type: 'follow', userId }], times: 2 });
    const [, , once, twice] = receiver.received;
    expect(once?.body).toBe(twice?.body);
  });

  it('in standby bring nothing to reply with', async () => {
    const userId = await newUser();
    await world.admin('POST', `users/${userId}/text`, { text: 'やあ', mode: 'standby' });
    expect(lastEvent()).toMatchObject({ mode: 'standby', type: 'message' });
    expect(lastEvent()).not.toHaveProperty('replyToken');
  });
});

describe('a reply token', () => {
  it('works once', async () => {
    const userId = await newUser();
    await world.admin('POST', `users/${userId}/follow`);
    const { replyToken } = lastEvent();
    expect((await reply(replyToken)).status).toBe(200);
    const again = await reply(replyToken);
    expect([again.status, again.json.message]).toEqual([400, 'Invalid reply token']);
    const used = await world.api('GET', '/v2/bot/message/quota/consumption');
    expect(used.json.totalUsage).toBe(0);
    const got = await world.admin('GET', `users/${userId}/messages`);
    expect(got.json.total).toBe(1);
  });

  it('works for one minute', async () => {
    const userId = await newUser();
    await world.admin('POST', `users/${userId}/follow`);
    const { replyToken } = lastEvent();
    await world.admin('POST', 'clock', { advanceMs: 61_000 });
    expect((await reply(replyToken)).status).toBe(400);
  });
});

describe('linking accounts', () => {
  const nonce = 'a-nonce-of-the-site';
  const dialog = async (linkToken: unknown) =>
    (
      await fetch(
        `${world.emulator.origin}/dialog/bot/accountLink?linkToken=${String(linkToken)}&nonce=${nonce}`,
      )
    ).status;
  const linkToken = async (userId: string) =>
    (await world.api('POST', `/v2/bot/user/${userId}/linkToken`)).json.linkToken;

  it('tells the account the nonce, once', async () => {
    const userId = await world.friend();
    const token = await linkToken(userId);
    expect(await dialog(token)).toBe(200);
    expect(lastEvent()).toMatchObject({
      type: 'accountLink',
      link: { result: 'ok', nonce },
      source: { userId },
    });
    expect(await dialog(token)).toBe(400);
    expect(receiver.received).toHaveLength(1);
  });

  it('fails when somebody else opens the link', async () => {
    const token = await linkToken(await world.friend());
    const stranger = await world.friend('他人');
    const response = await fetch(
      `${world.emulator.origin}/dialog/bot/accountLink?linkToken=${String(token)}&nonce=${nonce}`,
      { headers: { cookie: `emulated_line_user=${stranger}` } },
    );
    expect(response.status).toBe(400);
    expect(lastEvent()).toMatchObject({ type: 'accountLink', link: { result: 'failed' } });
    expect(lastEvent()).not.toHaveProperty('replyToken');
    expect(lastEvent().source).toEqual({ type: 'user' });
  });

  it('says nothing about a token older than ten minutes', async () => {
    const token = await linkToken(await world.friend());
    await world.admin('POST', 'clock', { advanceMs: 10 * 60_000 + 1 });
    expect(await dialog(token)).toBe(400);
    expect(receiver.received).toHaveLength(0);
  });
});

describe('the webhook endpoint', () => {
  it('is tested with no events', async () => {
    const answer = await world.api('POST', '/v2/bot/channel/webhook/test', {});
    expect(answer.json).toMatchObject({ success: true, statusCode: 200, reason: 'OK' });
    expect(eventsOf(receiver.received[0]).events).toEqual([]);
    receiver.answerWith(403);
    const refused = await world.api('POST', '/v2/bot/channel/webhook/test', {});
    expect(refused.json).toMatchObject({ success: false, statusCode: 403 });
  });
});
