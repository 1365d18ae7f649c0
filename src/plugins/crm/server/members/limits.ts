import type { Core } from '@strapi/strapi';

import { hitRateLimit, success, type RateLimit, type Result } from '../kernel';

const HOUR = 3600;

/** By address: how often one person may be mailed or guessed at. By IP: one machine at many. */
const limits = {
  register: [10 * 60, { ip: 30, address: 5 }],
  login: [15 * 60, { ip: 60, address: 10 }],
  'login-link': [HOUR, { ip: 30, address: 5 }],
  token: [10 * 60, { ip: 60, address: 20 }],
} as const;

/** The same answer whether the address is known or not: attempts are counted, not accounts. */
export async function limitAttempts(
  strapi: Core.Strapi,
  what: keyof typeof limits,
  subject: { ip: string; address: string },
): Promise<Result<true>> {
  const [windowSeconds, counts] = limits[what];
  for (const by of ['ip', 'address'] as const) {
    if (subject[by] === '') continue;
    const rule: RateLimit = { name: `members.${what}.${by}`, limit: counts[by], windowSeconds };
    const hit = await hitRateLimit(strapi, rule, subject[by]);
    if (!hit.ok) return hit;
  }
  return success(true);
}
