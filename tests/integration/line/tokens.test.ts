import { afterAll, beforeAll, expect, it } from 'vitest';

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
