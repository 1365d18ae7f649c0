import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readIdToken } from './login/id-token';
import { startWorld, type TestWorld } from './test/client';

const REDIRECT = 'http://localhost:1337/callback';
const VERIFIER = 'v'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

let world: TestWorld;
let userId: string;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.emulator.close());
beforeEach(async () => {
  await world.admin('POST', 'reset');
  userId = String(
    (await world.admin('POST', 'users', { displayName: '花子', email: 'hana@example.jp' })).json.id,
  );
});

const options = () => world.emulator.platform.options;

function authorizeUrl(over: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: options().loginChannelId,
    redirect_uri: REDIRECT,
    state: 'the-state',
    scope: 'openid profile email',
    nonce: 'the-nonce',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...over,
  });
  return `${world.emulator.origin}/oauth2/v2.1/authorize?${query}`;
}

const visit = (url: string, init: RequestInit = {}) => fetch(url, { redirect: 'manual', ...init });

async function codeFor(over: Record<string, string> = {}): Promise<URL> {
  const response = await visit(authorizeUrl({ auto: '1', user: userId, ...over }));
  expect(response.status).toBe(302);
  return new URL(response.headers.get('location') ?? '');
}

async function form(path: string, fields: Record<string, string>) {
  const response = await fetch(world.emulator.origin + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
  });
  const json: unknown = await response.json();
  return { status: response.status, json: Object(json) as Record<string, unknown> };
}

const exchange = (code: string | null, over: Record<string, string> = {}) =>
  form('/oauth2/v2.1/token', {
    grant_type: 'authorization_code',
    code: code ?? '',
    redirect_uri: REDIRECT,
    client_id: options().loginChannelId,
    client_secret: options().loginChannelSecret,
    code_verifier: VERIFIER,
    ...over,
  });

describe('LINE Login', () => {
  it('goes from the code to a signed ID token', async () => {
    const back = await codeFor();
    expect(back.searchParams.get('state')).toBe('the-state');
    const { json } = await exchange(back.searchParams.get('code'));
    expect(json).toMatchObject({ token_type: 'Bearer', scope: 'openid profile' });
    const claims = readIdToken(String(json.id_token), options().loginChannelSecret);
    expect(claims).toMatchObject({
      iss: 'https://access.line.me',
      sub: userId,
      aud: options().loginChannelId,
      nonce: 'the-nonce',
      name: '花子',
      email: 'hana@example.jp',
    });
    expect(readIdToken(String(json.id_token), 'another secret')).toBeNull();
  });

  it('takes a code once, for its own address and with its own verifier', async () => {
    const code = (await codeFor()).searchParams.get('code');
    expect((await exchange(code)).status).toBe(200);
    expect((await exchange(code)).json.error).toBe('invalid_grant');
    const mistakes: Record<string, string>[] = [
      { redirect_uri: `${REDIRECT}/other` },
      { code_verifier: 'w'.repeat(43) },
      { client_secret: 'guess' },
    ];
    for (const wrong of mistakes) {
      const fresh = (await codeFor()).searchParams.get('code');
      expect((await exchange(fresh, wrong)).status).toBe(400);
    }
  });

  it('forgets a code after ten minutes', async () => {
    const code = (await codeFor()).searchParams.get('code');
    await world.admin('POST', 'clock', { advanceMs: 10 * 60_000 });
    expect((await exchange(code)).json.error).toBe('invalid_grant');
  });

  it.each([
    ['another channel', { client_id: 'stranger' }],
    ['an address elsewhere', { redirect_uri: 'https://evil.example/' }],
    ['no state', { state: '' }],
    ['an unknown scope', { scope: 'openid everything' }],
  ])('never redirects for %s', async (_name, wrong) => {
    const response = await visit(authorizeUrl({ auto: '1', user: userId, ...wrong }));
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });

  it('asks the person, who can add the account as a friend or refuse', async () => {
    const page = await (await visit(authorizeUrl({ bot_prompt: 'normal' }))).text();
    const request = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? '';
    expect(page).toContain('花子');
    const allowed = await visit(`${world.emulator.origin}/oauth2/v2.1/authorize/consent`, {
      method: 'POST',
      body: new URLSearchParams({ request, user: userId, decision: 'allow', friend: 'on' }),
    });
    const back = new URL(allowed.headers.get('location') ?? '');
    expect(back.searchParams.get('friendship_status_changed')).toBe('true');
    expect((await world.admin('GET', `users/${userId}`)).json.status).toBe('friend');
    const second = await (await visit(authorizeUrl({ prompt: 'consent' }))).text();
    const again = /name="request" value="([^"]+)"/.exec(second)?.[1] ?? '';
    const denied = await visit(`${world.emulator.origin}/oauth2/v2.1/authorize/consent`, {
      method: 'POST',
      body: new URLSearchParams({ request: again, decision: 'deny' }),
    });
    expect(denied.headers.get('location')).toContain('error=access_denied');
  });

  it('escapes what people call themselves', async () => {
    await world.admin('POST', 'users', { displayName: '<script>alert(1)</script>' });
    const page = await (await visit(authorizeUrl())).text();
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('verifies ID tokens and says what is wrong with them', async () => {
    const { json } = await exchange((await codeFor()).searchParams.get('code'));
    const id_token = String(json.id_token);
    const client_id = options().loginChannelId;
    const verify = async (over: Record<string, string>) =>
      (await form('/oauth2/v2.1/verify', { id_token, client_id, ...over })).json;
    expect(await verify({ nonce: 'the-nonce' })).toMatchObject({ sub: userId });
    expect((await verify({ nonce: 'x' })).error_description).toBe('Invalid IdToken Nonce.');
    expect((await verify({ client_id: 'x' })).error_description).toBe('Invalid IdToken Audience.');
    const tampered = `${id_token.slice(0, -2)}xx`;
    expect((await verify({ id_token: tampered })).error_description).toBe('Invalid IdToken.');
    await world.admin('POST', 'clock', { advanceMs: 3_600_000 });
    expect((await verify({})).error_description).toBe('IdToken expired.');
  });

  it('tells profile and friendship to the bearer, until the token is revoked', async () => {
    const { json } = await exchange((await codeFor()).searchParams.get('code'));
    const access_token = String(json.access_token);
    const read = (path: string) =>
      world.api('GET', path, undefined, { authorization: `Bearer ${access_token}` });
    expect((await read('/v2/profile')).json).toMatchObject({ userId, displayName: '花子' });
    expect((await read('/oauth2/v2.1/userinfo')).json).toMatchObject({ sub: userId });
    expect((await read('/friendship/v1/status')).json).toEqual({ friendFlag: false });
    await world.admin('POST', `users/${userId}/follow`);
    expect((await read('/friendship/v1/status')).json).toEqual({ friendFlag: true });
    await form('/oauth2/v2.1/revoke', { access_token, client_id: options().loginChannelId });
    expect((await read('/v2/profile')).status).toBe(401);
  });
});
