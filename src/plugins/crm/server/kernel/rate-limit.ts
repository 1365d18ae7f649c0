import type { Core } from '@strapi/strapi';

import { clock } from './clock';
import { database } from './database';
import { sha256 } from './crypto';
import { refuse, success, type Result } from './result';

export interface RateLimit {
  /** What is counted, for example `members.login`. */
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
}

/**
 * Counts one hit in a fixed window kept in the database, so the limit holds over all nodes. The
 * subject (an address, an IP) is stored hashed.
 */
export async function hitRateLimit(
  strapi: Core.Strapi,
  rule: RateLimit,
  subject: string,
): Promise<Result<true>> {
  const now = clock(strapi).now().getTime();
  const window = Math.floor(now / (rule.windowSeconds * 1000));
  const endsAt = (window + 1) * rule.windowSeconds * 1000;
  const key = `${rule.name}:${sha256(subject).slice(0, 32)}`;
  const rows: { hits: number }[] = await database(strapi)('crm_rate_limits')
    .insert({ key, window, hits: 1, expires_at: endsAt })
    .onConflict(['key', 'window'])
    .merge({ hits: database(strapi).raw('crm_rate_limits.hits + 1') })
    .returning('hits');
  if (Number(rows[0]?.hits) <= rule.limit) return success(true);
  const seconds = Math.ceil((endsAt - now) / 1000);
  return refuse('kernel.too-many-requests', 429, { params: { seconds } });
}

/** Windows that are over count nothing any more. Index `crm_rate_limits_expiry`. */
export async function forgetRateLimits(strapi: Core.Strapi): Promise<void> {
  const now = clock(strapi).now().getTime();
  await database(strapi)('crm_rate_limits').where('expires_at', '<=', now).delete();
}
