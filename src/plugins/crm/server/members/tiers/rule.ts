/** The rule that is in force, and whether everybody already stands where it puts them. */
import type { Core } from '@strapi/strapi';

import { DEFAULT_TIER_RULE, tierRuleSchema, type TierRule } from '../../../shared/tiers';
import { clock, crmConfig, randomToken } from '../../kernel';
import { lastPeriod } from '../../segments';

const RULE = 'members-tier-rule';
const APPLYING = 'members-tiers-applying';

const own = (strapi: Core.Strapi) => strapi.store({ type: 'plugin', name: 'crm' });

export async function currentRule(strapi: Core.Strapi): Promise<TierRule> {
  const stored: unknown = await own(strapi).get({ key: RULE });
  return tierRuleSchema.safeParse(stored).data ?? DEFAULT_TIER_RULE;
}

export const saveRule = (strapi: Core.Strapi, rule: TierRule): Promise<unknown> =>
  Promise.resolve(own(strapi).set({ key: RULE, value: rule }));

/**
 * Which save has not reached everybody yet; null when all stand where the rule puts them. Kept in
 * the database: a node that dies half-way is taken over by the nightly sweep.
 */
export async function applying(strapi: Core.Strapi): Promise<string | null> {
  const stored: unknown = await own(strapi).get({ key: APPLYING });
  return typeof stored === 'string' ? stored : null;
}

export const beginApplying = (strapi: Core.Strapi): Promise<unknown> =>
  Promise.resolve(own(strapi).set({ key: APPLYING, value: randomToken() }));

/** Of this save only: one that came in between has yet to reach everybody. */
export async function endApplying(strapi: Core.Strapi, save: string): Promise<void> {
  if ((await applying(strapi)) !== save) return;
  await own(strapi).set({ key: APPLYING, value: false });
}

/** The first instant that counts: calendar months where the site is. */
export function sinceOf(strapi: Core.Strapi, { months }: TierRule): number {
  if (months === null) return 0;
  const now = clock(strapi).now().getTime();
  return lastPeriod({ count: months, unit: 'months' }, now, crmConfig(strapi).timeZone).from;
}
