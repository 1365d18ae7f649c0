/** The connections to Redis, and the check of the Redis behind them before anything relies on it. */
import Redis, { type RedisOptions } from 'ioredis';

import { forgetsOnRestart, redisRefusal } from './redis-requirements';

const CONNECT_MS = 5_000;
const AGAIN_MS = 2_000;

const common: RedisOptions = {
  connectTimeout: CONNECT_MS,
  lazyConnect: true,
  retryStrategy: (times) => Math.min(times * 100, AGAIN_MS),
};

/** Fails at once while Redis is away instead of keeping what it was given. */
export const impatientRedis = (url: string): Redis =>
  new Redis(url, { ...common, enableOfflineQueue: false, maxRetriesPerRequest: 0 });

/** Waits for Redis to come back, as long as it takes. */
export const patientRedis = (url: string): Redis =>
  new Redis(url, { ...common, maxRetriesPerRequest: null });

const withoutPassword = (url: string): string => {
  const shown = new URL(url);
  if (shown.password) shown.password = '…';
  return decodeURI(shown.toString());
};

/** Throws what is to be done when this Redis cannot be used; says what a warning should say. */
export async function checkRedis(url: string): Promise<string | null> {
  const redis = new Redis(url, {
    ...common,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    commandTimeout: CONNECT_MS,
  });
  let reason = '';
  redis.on('error', (error: Error) => {
    reason = error.message;
  });
  const where = `crm: the Redis at ${withoutPassword(url)} (CRM_REDIS_URL) cannot be used`;
  try {
    const info = await redis.connect().then(
      () => redis.info(),
      (error: unknown) => {
        throw new Error(`${where}: ${reason || String(error)}. Start it, or correct the address.`);
      },
    );
    const refusal = redisRefusal(info);
    if (refusal) throw new Error(`${where}: ${refusal}`);
    // Managed Redis forbids CONFIG.
    const save = await redis.config('GET', 'save').catch(() => null);
    return forgetsOnRestart(info, Array.isArray(save) ? String(save[1] ?? '') : null)
      ? 'crm: this Redis writes nothing to disk (neither AOF nor RDB): after a restart of it, waiting work is found by the sweeps only, seconds later'
      : null;
  } finally {
    redis.disconnect();
  }
}
