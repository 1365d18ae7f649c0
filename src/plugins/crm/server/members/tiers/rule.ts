/** The rule that is in force, and whether everybody already stands where it puts them. */
import type { Core } from '@strapi/strapi';

import { DEFAULT_TIER_RULE, tierRuleSchema, type TierRule } from '../../../shared/tiers';
import { clock, crmConfig, database, randomToken } from '../../kernel';
import { lastPeriod } from '../../segments';
import { replaceStored } from './store';

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

/** Of this save only, in one step: one that came in between has yet to reach everybody. */
export const endApplying = (strapi: Core.Strapi, save: string): Promise<void> =>
  replaceStored(database(strapi), { key: APPLYING, was: save, becomes: false });

/** The first instant that counts: calendar months where the site is. */
export function sinceOf(strapi: Core.Strapi, { months }: TierRule): number {
  if (months === null) return 0;
  const now = clock(strapi).now().getTime();
  return lastPeriod({ count: months, unit: 'months' }, now, crmConfig(strapi).timeZone).from;
}
