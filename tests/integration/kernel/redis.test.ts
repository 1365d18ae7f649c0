/** Which Redis is taken at boot, and what is said of one that is not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '../../support/app';
import { compiled, kernel } from '../../support/crm';
import { startRedisServer, type RedisServer } from '../../support/redis-server';

let app: TestApp;
let redis: RedisServer;

beforeAll(async () => {
  redis = await startRedisServer();
  app = await startApp();
});
afterAll(async () => {
  await app.stop();
  await redis.stop();
});

describe('a Redis that would lose work', () => {
  const check = (url: string) =>
    compiled<typeof import('../../../src/plugins/crm/server/kernel/redis')>(
      'kernel/redis',
    ).checkRedis(url);

  it('is refused at boot with what to do, and its password is not told', async () => {
    await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
    await expect(check(redis.url)).rejects.toThrow(/CRM_REDIS_URL.*maxmemory-policy to noeviction/);
    await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
    const nobody = check('redis://:s3cret@127.0.0.1:1');
    await expect(nobody).rejects.toThrow(/ECONNREFUSED.*Start it, or correct the address/);
    await expect(nobody).rejects.not.toThrow('s3cret');
  });

  it('is warned of when it forgets everything on a restart', async () => {
    expect(await check(redis.url)).toContain('neither AOF nor RDB');
    await redis.command('CONFIG', 'SET', 'appendonly', 'yes');
    expect(await check(redis.url)).toBeNull();
    await redis.command('CONFIG', 'SET', 'appendonly', 'no');
  });

  it('stops the boot, as SQLite under BullMQ does', async () => {
    const { checkJobs } =
      compiled<typeof import('../../../src/plugins/crm/server/kernel/jobs-engine')>(
        'kernel/jobs-engine',
      );
    const { jobs } = kernel().crmConfig(app.strapi);
    const configured = { ...jobs };
    Object.assign(jobs, { engine: 'bullmq', redis: 'redis://127.0.0.1:1' });
    const reason =
      process.env.TEST_DATABASE === 'postgres' ? /ECONNREFUSED/ : /Set DATABASE_CLIENT=postgres/;
    await expect(checkJobs(app.strapi)).rejects.toThrow(reason);
    Object.assign(jobs, configured, { redis: configured.redis });
  });
});
