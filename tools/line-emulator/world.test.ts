import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allowsFraming } from './admin/frameable';
import { recordedRequest } from './openapi/replay';
import { startWorld, TOKEN, type TestWorld } from './test/client';

const messages = [{ type: 'text', text: 'こんにちは' }];
let world: TestWorld;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'line-emulator-'));
  world = await startWorld({ stateFile: join(folder, 'state.json') });
});
afterEach(async () => {
  await world.emulator.close();
  await rm(folder, { recursive: true });
});

/** The first bytes of a PNG are all that its size is read from. */
function png(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(33);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(bytes);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

const upload = async (richMenuId: string, bytes: Buffer) => {
  const response = await fetch(`${world.emulator.origin}/v2/bot/richmenu/${richMenuId}/content`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'image/png' },
    body: new Uint8Array(bytes),
  });
  const answer: unknown = await response.json();
  return [response.status, Reflect.get(Object(answer), 'message')];
};

async function newMenu(): Promise<string> {
  const { json } = await world.api('POST', '/v2/bot/richmenu', {
    size: { width: 1200, height: 405 },
    selected: false,
    name: '会員',
    chatBarText: 'メニュー',
    areas: [
      { bounds: { x: 0, y: 0, width: 600, height: 405 }, action: { type: 'message', text: '店' } },
    ],
  });
  return String(json.richMenuId);
}

describe('rich menus', () => {
  it('need one picture of their own size before anybody sees them', async () => {
    const userId = await world.friend();
    const menu = await newMenu();
    const link = () => world.api('POST', `/v2/bot/user/${userId}/richmenu/${menu}`);
    expect((await link()).status).toBe(400);
    expect(await upload(menu, png(1200, 400))).toEqual([
      400,
      'The image size is not allowed for richmenu',
    ]);
    expect((await upload(menu, png(1200, 405)))[0]).toBe(200);
    expect(await upload(menu, png(1200, 405))).toEqual([
      400,
      'An image has already been uploaded to the richmenu',
    ]);
    expect((await link()).status).toBe(200);
    expect((await world.api('GET', `/v2/bot/user/${userId}/richmenu`)).json.richMenuId).toBe(menu);
  });

  it('are linked in bulk a moment later, and switched by alias', async () => {
    const userId = await world.friend();
    const menu = await newMenu();
    await upload(menu, png(1200, 405));
    const accepted = await world.api('POST', '/v2/bot/richmenu/bulk/link', {
      richMenuId: menu,
      userIds: [userId],
    });
    expect(accepted.status).toBe(202);
    const linked = async () =>
      (await world.api('GET', `/v2/bot/user/${userId}/richmenu`)).json.richMenuId;
    await expect.poll(linked).toBe(menu);
    const alias = (richMenuAliasId: string) =>
      world.api('POST', '/v2/bot/richmenu/alias', { richMenuAliasId, richMenuId: menu });
    expect((await alias('Not allowed')).status).toBe(400);
    expect((await alias('tab-1')).status).toBe(200);
    expect((await alias('tab-1')).status).toBe(400);
  });
});

describe('followers', () => {
  it('are listed for verified accounts, with a place to go on from for 24 hours', async () => {
    await world.admin('POST', 'users/bulk', { count: 3 });
    const list = (query: string) => world.api('GET', `/v2/bot/followers/ids?${query}`);
    const first = await list('limit=2');
    expect(first.json.userIds).toHaveLength(2);
    const next = `limit=2&start=${String(first.json.next)}`;
    const second = await list(next);
    expect(second.json.userIds).toHaveLength(1);
    expect(second.json).not.toHaveProperty('next');
    await world.admin('POST', 'clock', { advanceMs: 24 * 3_600_000 + 1 });
    expect((await list(next)).status).toBe(400);
    await world.admin('PUT', 'channel', { verified: false });
    expect((await list('limit=2')).status).toBe(403);
  });
});

describe('a state file', () => {
  it('keeps friends and chats between starts', async () => {
    const userId = await world.friend('次郎');
    await world.api('POST', '/v2/bot/message/push', { to: userId, messages });
    const { botUserId } = world.emulator.platform.defaultChannel();
    await world.emulator.close();
    world = await startWorld({ stateFile: join(folder, 'state.json') });
    expect(world.emulator.platform.defaultChannel().botUserId).toBe(botUserId);
    expect((await world.admin('GET', `users/${userId}`)).json).toMatchObject({
      displayName: '次郎',
      status: 'friend',
      received: 1,
    });
  });
});

describe('the request log', () => {
  it('has every API request in a form that can be replayed, and no token', async () => {
    const userId = await world.friend();
    await world.api('POST', '/v2/bot/message/push', { to: userId, messages });
    await world.api('GET', `/v2/bot/profile/${userId}`);
    const response = await fetch(`${world.emulator.origin}/__emu/requests?format=jsonl`);
    const text = await response.text();
    const entries = text
      .trim()
      .split('\n')
      .map((line) => recordedRequest.parse(JSON.parse(line)));
    expect(entries.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v2/bot/message/push',
      `GET /v2/bot/profile/${userId}`,
    ]);
    expect(entries[0]?.body).toEqual({ to: userId, messages });
    expect(text).not.toContain(TOKEN);
  });
});

describe('the admin API', () => {
  it('says what is wrong with what it is given', async () => {
    const answer = await world.admin('POST', 'faults', { kind: 'earthquake', path: 'x' });
    expect(answer.status).toBe(400);
    expect(answer.json.details).toHaveLength(2);
    expect((await world.admin('POST', 'users', { displayName: ' ' })).status).toBe(400);
    expect((await world.admin('POST', `users/U${'0'.repeat(32)}/text`, { text: 'a' })).status).toBe(
      404,
    );
  });

  it('refuses other sites and other host names', async () => {
    const { origin } = world.emulator;
    const foreign = await fetch(`${origin}/__emu/reset`, {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
    });
    expect(foreign.status).toBe(403);
  });
});

describe('files of the phone page', () => {
  it('are served from their folder and from nowhere else', async () => {
    const status = async (path: string) => (await fetch(world.emulator.origin + path)).status;
    expect(await status('/')).toBe(200);
    expect(await status('/phone/js/main.js')).toBe(200);
    expect(await status('/phone/..%2findex.ts')).toBe(404);
    expect(await status('/phone/../index.ts')).toBe(404);
  });

  it('name no text that a language lacks', async () => {
    const { TEXTS } = await import('./phone/js/texts.js');
    expect(Object.keys(TEXTS.en)).toEqual(Object.keys(TEXTS.ja));
    const page = await readFile(join(__dirname, 'phone/index.html'), 'utf8');
    const used = [...page.matchAll(/data-(?:text|label|placeholder)="([^"]+)"/g)];
    expect(used.map((match) => match[1]).filter((key) => !key || !(key in TEXTS.ja))).toEqual([]);
  });
});

describe('framing', () => {
  it.each([
    [{}, true],
    [{ 'x-frame-options': 'SAMEORIGIN' }, false],
    [{ 'content-security-policy': "default-src 'self'; frame-ancestors 'self'" }, false],
    [{ 'content-security-policy': 'frame-ancestors http://localhost:4010' }, true],
    [{ 'content-security-policy': 'frame-ancestors *', 'x-frame-options': 'DENY' }, true],
  ])('%j', (headers, allowed) => {
    expect(allowsFraming(new Headers(headers), 'http://localhost:4010')).toBe(allowed);
  });
});
