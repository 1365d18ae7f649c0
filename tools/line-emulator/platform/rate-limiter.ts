import type { Clock } from '../clock';
import type { RateLimit, Route } from '../http/route';

export interface RateLimiter {
  /** Takes one request out of the bucket of this channel and route; false when it is empty. */
  allow(channelId: string, route: Route): boolean;
  clear(): void;
}

/** What every endpoint has that has no limit of its own. */
export const DEFAULT_RATE: RateLimit = { requests: 2000, perMilliseconds: 1000 };

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** A token bucket per channel, method and route, filled by the emulator's clock. */
export function createRateLimiter(clock: Clock): RateLimiter {
  const buckets = new Map<string, Bucket>();

  return {
    allow(channelId, route) {
      const limit = route.rateLimit ?? DEFAULT_RATE;
      const key = `${channelId} ${route.method} ${route.template}`;
      const now = clock.now();
      const bucket = buckets.get(key) ?? { tokens: limit.requests, filledAt: now };
      const gained = ((now - bucket.filledAt) * limit.requests) / limit.perMilliseconds;
      bucket.tokens = Math.min(limit.requests, bucket.tokens + Math.max(0, gained));
      bucket.filledAt = now;
      buckets.set(key, bucket);
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
    clear: () => buckets.clear(),
  };
}
