/** Counts of attempts are kept as long as they count, and no longer. */
import { afterAll, beforeAll, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { kernel } from '../../support/crm';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

it('forgets windows that are over, and only those', async () => {
  const clock = kernel().clock(app.strapi);
  clock.set(new Date('2026-11-22T10:00:00+09:00'));
  const minute = { name: 'test.minute', limit: 1, windowSeconds: 60 };
  const hour = { name: 'test.hour', limit: 1, windowSeconds: 3600 };
  const hit = async (rule: typeof hour) =>
    (await kernel().hitRateLimit(app.strapi, rule, '192.0.2.1')).ok;
  const sweep = () => kernel().jobs(app.strapi).fire('kernel.rate-limit-sweep');
  const kept = async () => {
    const keys: string[] = await kernel().database(app.strapi)('crm_rate_limits').pluck('key');
    return keys.filter((key) => key.startsWith('test.')).map((key) => key.split(':')[0]);
  };
  expect([await hit(minute), await hit(hour)]).toEqual([true, true]);
  await sweep();
  expect([await hit(minute), await hit(hour)]).toEqual([false, false]);
  clock.advance(60_000);
  await sweep();
  expect(await kept()).toEqual(['test.hour']);
  expect([await hit(minute), await hit(hour)]).toEqual([true, false]);
});
