import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startWorld, TOKEN, type TestWorld } from './test/client';

const PUSH = '/v2/bot/message/push';
const messages = [{ type: 'text', text: 'こんにちは' }];
const DAY = 24 * 60 * 60 * 1000;

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.emulator.close());
beforeEach(async () => {
  await world.admin('POST', 'reset');
});

const received = async (userId: string) =>
  (await world.admin('GET', `users/${userId}/messages`)).json.total;
const used = async () =>
  (await world.api('GET', '/v2/bot/message/quota/consumption')).json.totalUsage;

describe('a request', () => {
  it('needs a token', async () => {
    const none = await fetch(world.emulator.origin + PUSH, { method: 'POST' });
    expect(none.status).toBe(401);
    const wrong = await world.api('POST', PUSH, {}, { authorization: 'Bearer nonsense' });
    expect(wrong.status).toBe(401);
    expect(wrong.json.message).toMatch(/^Authentication failed due to the following reason: /);
  });

  it('gets a new request id each time, whatever the answer', async () => {
    const ids = await Promise.all(
      [PUSH, '/v2/bot/nowhere', PUSH].map(async (path) =>
        (await world.api('POST', path, {})).headers.get('x-line-request-id'),
      ),
    );
    expect(new Set(ids).size).toBe(3);
    expect(ids).not.toContain(null);
  });

  it('must be JSON, well formed and at most 2 MB', async () => {
    const plain = await world.api('POST', PUSH, 'a', { 'content-type': 'text/plain' });
    expect([plain.status, plain.json.message]).toEqual([
      415,
      'The content type, text/plain, is not supported',
    ]);
    const broken = await world.api('POST', PUSH, '{"to":');
    expect(broken.status).toBe(400);
    expect(broken.json.message).toMatch(/^The request body could not be parsed as JSON/);
    const large = await world.api('POST', PUSH, { to: 'x'.repeat(2 * 1024 * 1024) });
    expect(large.status).toBe(413);
  });

  it('is told what is wrong in the words of LINE', async () => {
    const to = await world.friend();
    const answer = await world.api('POST', PUSH, { to, messages: [{ type: 'text', text: '' }] });
    expect(answer.json).toEqual({
      message: 'The request body has 1 error',
      details: [{ message: 'May not be empty', property: 'messages[0].text' }],
    });
    expect(await received(to)).toBe(0);
  });
});

describe('a retry key', () => {
  it('delivers once, then answers 409 with the first request id and the sent messages', async () => {
    const to = await world.friend();
    const key = { 'x-line-retry-key': randomUUID() };
    const first = await world.api('POST', PUSH, { to, messages }, key);
    const second = await world.api('POST', PUSH, { to, messages }, key);
    expect([first.status, second.status]).toEqual([200, 409]);
    expect(second.headers.get('x-line-accepted-request-id')).toBe(
      first.headers.get('x-line-request-id'),
    );
    expect(second.headers.get('x-line-request-id')).not.toBe(
      first.headers.get('x-line-request-id'),
    );
    expect(second.json).toEqual({
      message: 'The retry key is already accepted',
      sentMessages: first.json.sentMessages,
    });
    expect(await received(to)).toBe(1);
  });

  it('is free again after 24 hours, and after a refusal', async () => {
    const to = await world.friend();
    const key = { 'x-line-retry-key': randomUUID() };
    expect((await world.api('POST', PUSH, { to, messages: [] }, key)).status).toBe(400);
    expect((await world.api('POST', PUSH, { to, messages }, key)).status).toBe(200);
    await world.admin('POST', 'clock', { advanceMs: DAY - 1000 });
    expect((await world.api('POST', PUSH, { to, messages }, key)).status).toBe(409);
    await world.admin('POST', 'clock', { advanceMs: 1000 });
    expect((await world.api('POST', PUSH, { to, messages }, key)).status).toBe(200);
  });

  it('must be a UUID, and is refused on a reply', async () => {
    const to = await world.friend();
    const wrong = await world.api('POST', PUSH, { to, messages }, { 'x-line-retry-key': 'abc' });
    expect(wrong.status).toBe(400);
    const reply = await world.api(
      'POST',
      '/v2/bot/message/reply',
      { replyToken: 'x', messages },
      { 'x-line-retry-key': randomUUID() },
    );
    expect(reply.status).toBe(400);
  });

  it('finds out that a message was delivered although the answer was 500', async () => {
    const to = await world.friend();
    await world.admin('POST', 'faults', { kind: 'error-500-after-accept', path: PUSH, count: 1 });
    const key = { 'x-line-retry-key': randomUUID() };
    const lost = await world.api('POST', PUSH, { to, messages }, key);
    const retry = await world.api('POST', PUSH, { to, messages }, key);
    expect([lost.status, retry.status]).toEqual([500, 409]);
    expect(retry.headers.get('x-line-accepted-request-id')).toBe(
      lost.headers.get('x-line-request-id'),
    );
    expect(await received(to)).toBe(1);
  });

  it('stays free when the failure came before the work', async () => {
    const to = await world.friend();
    await world.admin('POST', 'faults', { kind: 'error-500', path: PUSH, count: 1 });
    const key = { 'x-line-retry-key': randomUUID() };
    const answers = [
      await world.api('POST', PUSH, { to, messages }, key),
      await world.api('POST', PUSH, { to, messages }, key),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([500, 200]);
    expect(await received(to)).toBe(1);
  });
});

describe('the monthly quota', () => {
  it('counts people who are reached, not bubbles, and never replies', async () => {
    const [friend, blocked] = [await world.friend('友'), await world.friend('塞')];
    await world.admin('POST', `users/${blocked}/block`);
    const three = [...messages, ...messages, ...messages];
    expect((await world.api('POST', PUSH, { to: friend, messages: three })).status).toBe(200);
    expect((await world.api('POST', PUSH, { to: blocked, messages })).status).toBe(200);
    expect(await used()).toBe(1);
    expect(await received(blocked)).toBe(0);
  });

  it('refuses what would go beyond it, and starts anew next month in Japan', async () => {
    const to = await world.friend();
    await world.admin('PUT', 'quota', { type: 'limited', value: 1 });
    expect((await world.api('POST', PUSH, { to, messages })).status).toBe(200);
    const over = await world.api('POST', PUSH, { to, messages });
    expect([over.status, over.json.message]).toEqual([429, 'You have reached your monthly limit.']);
    expect(await received(to)).toBe(1);
    await world.admin('POST', 'clock', { advanceMs: 32 * DAY });
    expect((await world.api('POST', PUSH, { to, messages })).status).toBe(200);
  });
});

describe('rate limits', () => {
  it('gives a channel 60 broadcasts an hour, filled up by the clock', async () => {
    await world.friend();
    await world.admin('POST', 'clock', { state: 'frozen' });
    const send = async () =>
      (await world.api('POST', '/v2/bot/message/broadcast', { messages })).status;
    const statuses: number[] = [];
    for (let time = 0; time < 61; time += 1) statuses.push(await send());
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    expect(statuses.at(-1)).toBe(429);
    await world.admin('POST', 'clock', { advanceMs: 60_000 });
    expect([await send(), await send()]).toEqual([200, 429]);
  });
});

describe('recipients', () => {
  it('come at most 500 at a time, each once, unknown ones skipped or refused by setting', async () => {
    const { json } = await world.admin('POST', 'users/bulk', { count: 501 });
    const userIds = Array.isArray(json.userIds) ? json.userIds.map(String) : [];
    const [first = ''] = userIds;
    const send = (to: string[]) => world.api('POST', '/v2/bot/message/multicast', { to, messages });
    expect((await send(userIds)).json.details).toEqual([
      { message: 'Size must be between 1 and 500', property: 'to' },
    ]);
    const unknown = `U${'0'.repeat(32)}`;
    expect((await send([first, first, unknown])).status).toBe(200);
    expect(await received(first)).toBe(1);
    await world.admin('PUT', 'settings', { multicastUnknownUser: 'refuse' });
    const refused = await send([first, unknown]);
    expect(refused.status).toBe(400);
    expect(refused.json.message).toContain('The property, to[1], in the request body is invalid');
    expect(await received(first)).toBe(1);
  });

  it('must exist for a push', async () => {
    const answer = await world.api('POST', PUSH, { to: `U${'0'.repeat(32)}`, messages });
    expect([answer.status, answer.json.message]).toEqual([400, 'Failed to send messages']);
  });
});

describe('narrowcast', () => {
  it('is accepted at once and fails later with fewer than 50 people', async () => {
    await world.friend();
    const accepted = await world.api('POST', '/v2/bot/message/narrowcast', { messages });
    expect(accepted.status).toBe(202);
    const id = accepted.headers.get('x-line-request-id');
    const phase = async () =>
      (await world.api('GET', `/v2/bot/message/progress/narrowcast?requestId=${id}`)).json;
    await world.admin('POST', 'clock', { advanceMs: 5000 });
    expect(await phase()).toMatchObject({ phase: 'failed', errorCode: 2 });
  });
});

describe('stateless tokens', () => {
  it('work for 15 minutes of the clock', async () => {
    const { channelId, channelSecret } = world.emulator.platform.options;
    const response = await fetch(`${world.emulator.origin}/oauth2/v3/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: channelId,
        client_secret: channelSecret,
      }),
    });
    const issued: unknown = await response.json();
    expect(issued).toMatchObject({ token_type: 'Bearer', expires_in: 899 });
    const token = String(Reflect.get(Object(issued), 'access_token'));
    const info = async () =>
      (await world.api('GET', '/v2/bot/info', undefined, { authorization: `Bearer ${token}` }))
        .status;
    expect(await info()).toBe(200);
    await world.admin('POST', 'clock', { advanceMs: 15 * 60_000 });
    expect(await info()).toBe(401);
    expect(token).not.toBe(TOKEN);
  });
});
