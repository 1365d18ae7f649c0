import { describe, expect, it } from 'vitest';

import { forgetsOnRestart, redisRefusal } from './redis-requirements';

const info = (changes: Readonly<Record<string, string>> = {}) => {
  const fields = {
    redis_version: '7.0.15',
    redis_mode: 'standalone',
    maxmemory: '0',
    maxmemory_policy: 'noeviction',
    aof_enabled: '0',
    role: 'master',
    ...changes,
  };
  const lines = Object.entries(fields).map(([key, value]) => `${key}:${value}`);
  return ['# Server', ...lines, ''].join('\r\n');
};

describe('a Redis for the queues', () => {
  it('may be any of 6.2 and newer, Valkey included', () => {
    expect(redisRefusal(info())).toBeNull();
    expect(redisRefusal(info({ redis_version: '6.2.0' }))).toBeNull();
    expect(redisRefusal(info({ redis_version: '7.2.4', valkey_version: '8.1.0' }))).toBeNull();
    expect(redisRefusal(info({ redis_version: '10.0.1' }))).toBeNull();
  });

  it.each([
    [{ redis_version: '6.0.16' }, /6\.0\.16 is too old\. Use Redis 6\.2/],
    [{ redis_version: '5.0.7' }, /too old/],
    [{ maxmemory_policy: 'allkeys-lru' }, /"allkeys-lru".*Set maxmemory-policy to noeviction/],
    [{ maxmemory_policy: 'volatile-ttl' }, /noeviction/],
    [{ role: 'slave' }, /address of the primary/],
    [{ redis_mode: 'cluster' }, /Redis Cluster/],
  ])('is refused with %o', (changes, because) => {
    expect(redisRefusal(info(changes))).toMatch(because);
  });

  it('is known to forget only when neither log nor snapshot is on', () => {
    expect(forgetsOnRestart(info(), '')).toBe(true);
    expect(forgetsOnRestart(info(), '3600 1 300 100')).toBe(false);
    expect(forgetsOnRestart(info({ aof_enabled: '1' }), '')).toBe(false);
    expect(forgetsOnRestart(info(), null), 'CONFIG forbidden: nothing is known').toBe(false);
  });
});
