import { afterAll, beforeAll, expect, it } from 'vitest';

import { kernel } from '../../support/crm';
import { startLineWorld, type LineWorld } from './world';

let world: LineWorld;
beforeAll(async () => {
  world = await startLineWorld({ longLivedToken: false });
});
afterAll(() => world.stop());

const issued = async () => {
  const { requests } = await world.act('GET', 'requests');
  return (requests as { path: string }[]).filter(({ path }) => path === '/oauth2/v3/token').length;
};
const status = async () => (await world.line().lineService(world.app.strapi).accountStatuses())[0];

it('issues a stateless token once, and another when LINE no longer takes it', async () => {
  expect(await status()).toMatchObject({ bot: { displayName: '縁レコード' }, problem: null });
  expect(await status()).toMatchObject({ problem: null });
  expect(await issued()).toBe(1);
  // Fifteen minutes later by LINE's clock only: ours still believes in the token.
  await world.act('POST', 'clock', { advanceMs: 16 * 60_000 });
  expect(await status()).toMatchObject({ bot: { displayName: '縁レコード' }, problem: null });
  expect(await issued()).toBe(2);
});

it('issues another a minute before it ends by our clock, while LINE still takes it, and only one', async () => {
  const clock = kernel().clock(world.app.strapi);
  const refusals = async () => {
    const { requests } = await world.act('GET', 'requests');
    return (requests as { status: number }[]).filter((request) => request.status === 401).length;
  };
  clock.advance(3_600_000);
  await status();
  const [tokens, refused] = [await issued(), await refusals()];
  // LINE says that it is good for 899 seconds.
  clock.advance(838_999);
  expect(await status()).toMatchObject({ problem: null });
  expect(await issued()).toBe(tokens);
  clock.advance(1);
  const all = await Promise.all([status(), status(), status()]);
  expect(all.map((one) => one?.problem)).toEqual([null, null, null]);
  expect(await issued()).toBe(tokens + 1);
  expect(await refusals()).toBe(refused);
  clock.reset();
});

it('tells quota and webhook as they are', async () => {
  await world.act('PUT', 'quota', { type: 'limited', value: 200, used: 150 });
  const userId = await world.person();
  await world.act('POST', `users/${userId}/follow`);
  const seen = await status();
  expect(seen).toMatchObject({
    quota: { limit: 200, used: 150 },
    pendingEvents: 1,
    deadEvents: 0,
    lastWebhookAt: expect.any(Number),
    webhookUrl: expect.stringMatching(/\/api\/crm\/line\/webhook\/main$/),
  });
  await world.act('PUT', 'quota', { type: 'none' });
  expect((await status())?.quota).toMatchObject({ limit: null });
});

it('says what is wrong when LINE cannot be asked', async () => {
  await world.act('POST', 'faults', { kind: 'unauthorized', path: '/v2/bot/info' });
  expect(await status()).toMatchObject({
    bot: null,
    quota: null,
    problem: expect.stringContaining('unauthorized'),
  });
});
